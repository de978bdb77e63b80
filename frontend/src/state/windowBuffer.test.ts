import { describe, expect, it } from "vitest";
import { makeWindows } from "@/testing/runs";
import { WindowBuffer } from "./windowBuffer";

const indexes = (buffer: WindowBuffer) => buffer.list().map((window) => window.index);

describe("the windows of a run", () => {
  it("come together from both sides without gaps and without doubles", () => {
    const buffer = new WindowBuffer();
    buffer.add(makeWindows(5, 8));
    expect(buffer.contiguousTo).toBe(-1);
    buffer.add(makeWindows(0, 6));
    buffer.add(makeWindows(9, 9));
    expect(indexes(buffer)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(buffer.contiguousTo).toBe(9);
  });

  it("says up to where nothing is missing", () => {
    const buffer = new WindowBuffer();
    expect(buffer.contiguousTo).toBe(-1);
    buffer.add(makeWindows(0, 3));
    buffer.add(makeWindows(6, 7));
    expect(buffer.contiguousTo).toBe(3);
  });

  it("keep their array when nothing new came", () => {
    const buffer = new WindowBuffer();
    expect(buffer.add(makeWindows(0, 3))).toBe(true);
    const before = buffer.list();
    expect(buffer.add(makeWindows(1, 2))).toBe(false);
    expect(buffer.list()).toBe(before);
  });

  it("let the oldest go when there are too many, and do not take them back", () => {
    const buffer = new WindowBuffer(4);
    buffer.add(makeWindows(0, 5));
    expect(indexes(buffer)).toEqual([2, 3, 4, 5]);
    expect(buffer.dropped).toBe(2);
    expect(buffer.contiguousTo).toBe(5);
    expect(buffer.add(makeWindows(0, 1))).toBe(false);
  });
});
