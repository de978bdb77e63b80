import { describe, expect, it } from "vitest";
import { makeRun } from "@/testing/runs";
import { clockText, progressOf } from "./runWords";

describe("how far a run is", () => {
  it("is told in simulated time", () => {
    expect(clockText(makeRun(), 72)).toBe("1:12 of 5:00");
    expect(clockText(makeRun({ status: "finished" }), 300)).toBe("5:00");
    expect(clockText(makeRun({ status: "cancelled" }), 60)).toBe("1:00 of 5:00");
  });

  it("says when a run ended before its time", () => {
    expect(clockText(makeRun({ status: "finished" }), 100)).toBe("1:40 of 5:00");
  });

  it("follows whatever is ahead, the status or the windows", () => {
    expect(progressOf(makeRun({ progress: 0.2 }), 150)).toBe(0.5);
    expect(progressOf(makeRun({ progress: 0.8 }), 150)).toBe(0.8);
  });
});
