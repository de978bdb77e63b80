import { expect, test } from "vitest";
import { CLOSED, type DesignState } from "@/state/designStore";
import type { DesignNode, Group } from "@/state/graph";
import { frameChanges, withMembers } from "./dragging";

const node = (id: string, group?: string): DesignNode => ({
  id,
  service: "lambda",
  label: id,
  parameters: {},
  ...(group ? { group } : {}),
});
const frame = (id: string, x: number, width: number, parent?: string): Group => ({
  id,
  kind: "plain",
  label: id,
  x,
  y: 0,
  width,
  height: 400,
  ...(parent ? { parent } : {}),
});
const design: DesignState = {
  ...CLOSED,
  nodes: new Map([
    ["free", node("free")],
    ["member", node("member", "inner")],
  ]),
  positions: new Map([
    ["free", { x: 2000, y: 0 }],
    ["member", { x: 100, y: 100 }],
  ]),
  groups: new Map([
    ["outer", frame("outer", 0, 1000)],
    ["inner", frame("inner", 50, 400, "outer")],
  ]),
};

test("a frame takes along all that it holds, frames in it included", () => {
  const places = withMembers(design, [{ id: "outer", position: { x: 10, y: 20 } }]);
  expect(Object.fromEntries(places)).toEqual({
    outer: { x: 10, y: 20 },
    inner: { x: 60, y: 20 },
    member: { x: 110, y: 120 },
  });
});

test("a card dropped into a frame joins the innermost one", () => {
  expect(frameChanges(design, new Map([["free", { x: 100, y: 50 }]]))).toEqual(new Map([["free", "inner"]]));
  expect(frameChanges(design, new Map([["free", { x: 700, y: 50 }]]))).toEqual(new Map([["free", "outer"]]));
});

test("a card dragged out of its frame leaves it", () => {
  expect(frameChanges(design, new Map([["member", { x: 3000, y: 0 }]]))).toEqual(new Map([["member", null]]));
});

test("a card that moves with its frame stays in it", () => {
  const places = withMembers(design, [{ id: "inner", position: { x: 5000, y: 0 } }]);
  expect(frameChanges(design, places).size).toBe(0);
});
