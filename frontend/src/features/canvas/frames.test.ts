import { expect, test } from "vitest";
import { CLOSED } from "@/state/designStore";
import type { DesignEdge, DesignNode, Group } from "@/state/graph";
import { chipsOf, isAttached, withFailurePath } from "./chips";
import { parentChanges } from "./dragging";
import { depthOf, frameOfCard, parentOf } from "./frames";
import { layoutFrom, nested } from "./tidy";

const frame = (
  id: string,
  kind: string,
  x: number,
  y: number,
  width: number,
  height: number,
  parent?: string,
): Group => ({
  id,
  kind,
  label: id,
  x,
  y,
  width,
  height,
  ...(parent ? { parent } : {}),
});
const VPC = frame("vpc", "vpc", 0, 0, 800, 400);
const SUBNET = frame("subnet", "private_subnet", 24, 40, 400, 300, "vpc");
const GROUPS = new Map([VPC, SUBNET].map((group) => [group.id, group]));
const node = (id: string, change: Partial<DesignNode> = {}): DesignNode => ({
  id,
  service: "lambda",
  label: id,
  parameters: {},
  ...change,
});

test("a card lies in the innermost frame that holds its middle", () => {
  expect(frameOfCard(GROUPS, { x: 100, y: 100 })?.id).toBe("subnet");
  expect(frameOfCard(GROUPS, { x: 500, y: 100 })?.id).toBe("vpc");
  expect(frameOfCard(GROUPS, { x: 1000, y: 100 })).toBeUndefined();
});

test("a frame lies in the innermost frame that holds all of it, never in one that lies in it", () => {
  expect(parentOf(GROUPS, SUBNET)?.id).toBe("vpc");
  expect(parentOf(GROUPS, VPC)).toBeUndefined();
  expect(parentOf(GROUPS, { ...SUBNET, x: 600 })).toBeUndefined();
  expect(depthOf(GROUPS, SUBNET)).toBe(1);
});

test("a frame that is dragged out of another one leaves it, and one that is dragged in joins", () => {
  const design = { ...CLOSED, groups: GROUPS };
  expect(parentChanges(design, new Map([["subnet", { x: 2000, y: 0 }]]))).toEqual(
    new Map([["subnet", { parent: undefined }]]),
  );
  expect(parentChanges(design, new Map([["subnet", { x: 30, y: 50 }]])).size).toBe(0);
  const apart = new Map(GROUPS).set("subnet", { ...frame("subnet", "private_subnet", 2000, 0, 400, 300) });
  expect(parentChanges({ ...CLOSED, groups: apart }, new Map([["subnet", { x: 24, y: 40 }]]))).toEqual(
    new Map([["subnet", { parent: "vpc" }]]),
  );
});

test("a frame that moves along with the one around it stays in it", () => {
  const moved = new Map([
    ["vpc", { x: 5000, y: 0 }],
    ["subnet", { x: 5024, y: 40 }],
  ]);
  expect(parentChanges({ ...CLOSED, groups: GROUPS }, moved).size).toBe(0);
});

test("a card says that it is attached to a VPC, by its setting or by its frame", () => {
  expect(isAttached(node("f"), GROUPS)).toBe(false);
  expect(isAttached(node("f", { parameters: { in_vpc: true } }), GROUPS)).toBe(true);
  expect(isAttached(node("f", { group: "subnet" }), GROUPS)).toBe(true);
  expect(isAttached(node("b", { service: "s3", group: "subnet" }), GROUPS)).toBe(false);
});

test("a card says that its failures are kept", () => {
  const edge = (id: string, source: string, mode: DesignEdge["mode"]): [string, DesignEdge] => [
    id,
    { id, source, target: "q", connection: "unknown", mode, flow: "async", parameters: {} },
  ];
  const edges = new Map([edge("a", "f", "failure"), edge("b", "g", "delivery")]);
  expect([...withFailurePath(edges)]).toEqual(["f"]);
  expect(withFailurePath(edges)).toBe(withFailurePath(edges));
  expect(chipsOf(true, true).map((chip) => chip.text)).toEqual(["VPC", "DLQ"]);
});

test("tidying lays cards out inside their frames and gives back places on the canvas", () => {
  const design = {
    ...CLOSED,
    groups: GROUPS,
    nodes: new Map([
      ["in", node("in", { group: "subnet" })],
      ["free", node("free")],
    ]),
  };
  const cards = ["in", "free"].map((id) => ({ id, width: 168, height: 64 }));
  const [vpc, free] = nested(design, cards);
  expect(vpc?.children?.map((child) => child.id)).toEqual(["subnet"]);
  expect(vpc?.children?.[0]?.children?.map((child) => child.id)).toEqual(["in"]);
  expect(free?.id).toBe("free");
  const laidOut = {
    id: "design",
    children: [
      {
        id: "vpc",
        x: 12,
        y: 12,
        width: 400,
        height: 300,
        children: [{ id: "subnet", x: 24, y: 52, width: 240, height: 140, children: [{ id: "in", x: 24, y: 52 }] }],
      },
      { id: "free", x: 500, y: 12 },
    ],
  };
  const { cards: places, frames } = layoutFrom(design, laidOut, { x: 100, y: 0 });
  expect(frames.get("vpc")).toEqual({ x: 100, y: 0, width: 400, height: 300 });
  expect(frames.get("subnet")).toEqual({ x: 124, y: 52, width: 240, height: 140 });
  expect(places.get("in")).toEqual({ x: 148, y: 104 });
  expect(places.get("free")).toEqual({ x: 588, y: 0 });
});
