import { describe, expect, it } from "vitest";
import { announced } from "./presence";

describe("what is announced to the others", () => {
  it("is everything as long as it fits into a presence message", () => {
    expect(announced(["orders", "table"], (id) => id)).toEqual(["orders", "table"]);
  });

  it("is the first part of a selection of thousands", () => {
    const ids = Array.from({ length: 3_000 }, (_, number) => `node-${number}`);
    const kept = announced(ids, (id) => id);
    expect(kept).toEqual(ids.slice(0, kept.length));
    expect(kept.length).toBeGreaterThan(100);
    expect(JSON.stringify(kept).length).toBeLessThanOrEqual(5_000);
  });
});
