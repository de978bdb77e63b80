import { expect, test } from "vitest";
import type { Rect } from "@/state/graph";
import { routeEdges } from "./edgeGeometry";
import { roundedPath } from "./polyline";

function card(x: number, y: number): Rect {
  return { x, y, width: 168, height: 64 };
}

const edge = (id: string, source: string, target: string) => ({ id, source, target });

test("two cards in a row are joined by one straight line from right to left", () => {
  const routes = routeEdges(
    new Map([
      ["a", card(0, 0)],
      ["b", card(300, 0)],
    ]),
    [edge("e", "a", "b")],
  );
  expect(routes.get("e")?.points).toEqual([
    { x: 168, y: 32 },
    { x: 300, y: 32 },
  ]);
});

test("a card below is reached from bottom to top", () => {
  const routes = routeEdges(
    new Map([
      ["a", card(0, 0)],
      ["b", card(0, 200)],
    ]),
    [edge("e", "a", "b")],
  );
  expect(routes.get("e")).toMatchObject({ sourceSide: "bottom", targetSide: "top" });
});

test("a card to the left is reached from left to right", () => {
  const routes = routeEdges(
    new Map([
      ["a", card(600, 0)],
      ["b", card(0, 0)],
    ]),
    [edge("e", "a", "b")],
  );
  expect(routes.get("e")).toMatchObject({ sourceSide: "left", targetSide: "right" });
});

test("parallel edges between the same cards keep apart", () => {
  const routes = routeEdges(
    new Map([
      ["a", card(0, 0)],
      ["b", card(300, 0)],
    ]),
    [edge("e1", "a", "b"), edge("e2", "a", "b"), edge("e3", "b", "a")],
  );
  const starts = [...routes.values()].map((route) => route.points[0]?.y);
  expect(new Set(starts).size).toBe(3);
});

test("a line goes round a card in its way when it can", () => {
  const rects = new Map([
    ["a", card(0, 0)],
    ["wall", card(300, 0)],
    ["b", card(600, 0)],
  ]);
  const points = routeEdges(rects, [edge("e", "a", "b")]).get("e")?.points ?? [];
  const runsThrough = points.some((point, index) => {
    const next = points[index + 1];
    return (
      next &&
      point.y === next.y &&
      point.y > 0 &&
      point.y < 64 &&
      Math.min(point.x, next.x) < 300 &&
      Math.max(point.x, next.x) > 468
    );
  });
  expect(runsThrough).toBe(false);
});

test("cards that nearly line up are joined straight", () => {
  const routes = routeEdges(
    new Map([
      ["a", card(0, 0)],
      ["b", card(300, 12)],
    ]),
    [edge("e", "a", "b")],
  );
  expect(routes.get("e")?.points).toHaveLength(2);
});

test("a card can call itself", () => {
  const route = routeEdges(new Map([["a", card(0, 0)]]), [edge("e", "a", "a")]).get("e");
  expect(route?.points.length).toBeGreaterThanOrEqual(4);
});

test("with a memory, an edge whose ends stay keeps its way although something moved into it", () => {
  const memory = new Map();
  const ends: [string, Rect][] = [
    ["a", card(0, 0)],
    ["b", card(600, 0)],
  ];
  const before = routeEdges(new Map([...ends, ["c", card(0, 900)]]), [edge("e", "a", "b")], memory);
  const after = routeEdges(new Map([...ends, ["c", card(300, 0)]]), [edge("e", "a", "b")], memory);
  expect(after.get("e")?.path).toBe(before.get("e")?.path);
});

test("an edge whose end is missing has no route", () => {
  expect(routeEdges(new Map([["a", card(0, 0)]]), [edge("e", "a", "gone")]).size).toBe(0);
});

test("corners are rounded by at most half a stretch", () => {
  const path = roundedPath([
    { x: 0, y: 0 },
    { x: 8, y: 0 },
    { x: 8, y: 100 },
  ]);
  expect(path).toBe("M0 0L4 0Q8 0 8 4L8 100");
});
