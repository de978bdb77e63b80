import { expect, test } from "vitest";
import type { SaveState } from "./designStore";
import { countsAsUpdate, StoredCounter } from "./storedCounter";

function counting() {
  const shown: SaveState[] = [];
  const counter = new StoredCounter((state) => shown.push(state));
  return { counter, last: () => shown.at(-1) };
}

test("a change is saved once the server has stored it", () => {
  const { counter, last } = counting();
  counter.connected();
  expect(last()).toBe("saved");
  counter.sent();
  counter.sent();
  expect(last()).toBe("saving");
  counter.stored(1);
  expect(last()).toBe("saving");
  expect(counter.unsaved).toBe(true);
  counter.stored(2);
  expect(last()).toBe("saved");
  expect(counter.unsaved).toBe(false);
});

test("what was not stored when the connection broke stays unsaved until it went again", () => {
  const { counter, last } = counting();
  counter.connected();
  counter.sent();
  counter.lost();
  expect(last()).toBe("offline");
  counter.connected();
  expect(counter.unsaved).toBe(true);
  counter.sent();
  counter.stored(1);
  expect(last()).toBe("saved");
});

test("an edit made offline is unsaved although nothing was sent", () => {
  const { counter } = counting();
  counter.connected();
  counter.lost();
  expect(counter.unsaved).toBe(false);
  counter.edited();
  expect(counter.unsaved).toBe(true);
});

test("only messages with content count", () => {
  expect(countsAsUpdate(new Uint8Array([0, 2, 3, 1, 2, 3]))).toBe(true);
  expect(countsAsUpdate(new Uint8Array([0, 1, 4, 1, 2, 3, 4]))).toBe(true);
  expect(countsAsUpdate(new Uint8Array([0, 1, 2, 0, 0]))).toBe(false);
  expect(countsAsUpdate(new Uint8Array([0, 0, 1, 0]))).toBe(false);
  expect(countsAsUpdate(new Uint8Array([1, 5, 1]))).toBe(false);
});
