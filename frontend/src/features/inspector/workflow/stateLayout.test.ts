import { expect, test } from "vitest";
import type { StateBox, StateLine } from "@/api/workflows";
import { layoutStates } from "./stateLayout";

const box = (id: string, more: Partial<StateBox> = {}): StateBox => ({
  id,
  name: id,
  type: "Pass",
  detail: "",
  inside: "",
  lane: 0,
  line: 1,
  begins: false,
  ends: false,
  ...more,
});
const line = (origin: string, target: string, kind: StateLine["kind"] = "next"): StateLine => ({
  origin,
  target,
  kind,
  text: "",
});

function places(boxes: StateBox[], lines: StateLine[]) {
  const picture = layoutStates(boxes, lines);
  return { picture, at: new Map(picture.boxes.map((placed) => [placed.box.id, placed])) };
}

test("each state lies below those that lead to it, and ways out of a choice side by side", () => {
  const { at } = places(
    [box("ask", { begins: true }), box("yes"), box("no"), box("end")],
    [line("ask", "yes", "choice"), line("ask", "no", "default"), line("yes", "end"), line("no", "end")],
  );
  expect(at.get("yes")?.y).toBe(at.get("no")?.y);
  expect(at.get("yes")?.x).not.toBe(at.get("no")?.x);
  expect(at.get("end")?.y).toBeGreaterThan(at.get("yes")?.y ?? 0);
  expect(at.get("yes")?.y).toBeGreaterThan(at.get("ask")?.y ?? 0);
});

test("a way back up goes round at the side and moves nothing down", () => {
  const { picture, at } = places(
    [box("wait", { begins: true }), box("ask"), box("done")],
    [line("wait", "ask"), line("ask", "wait", "default"), line("ask", "done", "choice")],
  );
  expect(at.get("wait")?.y).toBe(0);
  expect([...at.values()].map((placed) => placed.y)).toEqual([0, 76, 152]);
  expect(picture.lines).toHaveLength(3);
});

test("branches lie side by side inside their state", () => {
  const { at } = places(
    [
      box("both", { begins: true, type: "Parallel" }),
      box("left", { inside: "both" }),
      box("right", { inside: "both", lane: 1 }),
    ],
    [],
  );
  const outer = at.get("both");
  for (const id of ["left", "right"]) {
    const inner = at.get(id);
    expect(inner?.x).toBeGreaterThan(outer?.x ?? 0);
    expect((inner?.x ?? 0) + (inner?.width ?? 0)).toBeLessThan((outer?.x ?? 0) + (outer?.width ?? 0));
    expect((inner?.y ?? 0) + (inner?.height ?? 0)).toBeLessThan((outer?.y ?? 0) + (outer?.height ?? 0));
  }
  expect(at.get("left")?.y).toBe(at.get("right")?.y);
});

test("no two states overlap", () => {
  const boxes = Array.from({ length: 12 }, (_, number) => box(`s${number}`, { begins: number === 0 }));
  const lines = boxes.slice(1).map(({ id }, number) => line(`s${Math.floor(number / 2)}`, id, "choice"));
  const placed = layoutStates(boxes, lines).boxes;
  for (const a of placed) {
    for (const b of placed) {
      if (a === b) continue;
      expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true);
    }
  }
});

test("nothing gives an empty picture", () => {
  expect(layoutStates([], [])).toMatchObject({ boxes: [], lines: [], width: 0, height: 0 });
});
