import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { CLOSED, useDesign } from "./designStore";
import { whenStored } from "./stored";

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  useDesign.setState(CLOSED);
});

function waiting(): { done: boolean } {
  const state = { done: false };
  void whenStored().then(() => {
    state.done = true;
  });
  return state;
}

it("goes on at once when everything is stored", async () => {
  const state = waiting();
  await vi.advanceTimersByTimeAsync(0);
  expect(state.done).toBe(true);
});

it("waits until the last edit is stored", async () => {
  useDesign.setState({ save: "saving" });
  const state = waiting();
  await vi.advanceTimersByTimeAsync(500);
  expect(state.done).toBe(false);
  useDesign.setState({ save: "saved" });
  await vi.advanceTimersByTimeAsync(0);
  expect(state.done).toBe(true);
});

it("does not wait for ever", async () => {
  useDesign.setState({ save: "saving" });
  const state = waiting();
  await vi.advanceTimersByTimeAsync(1_500);
  expect(state.done).toBe(true);
});
