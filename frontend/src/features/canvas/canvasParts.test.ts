import { afterEach, expect, test } from "vitest";
import { CLOSED, useDesign } from "@/state/designStore";
import type { DesignNode } from "@/state/graph";
import { freeLabel, freePlace } from "./connecting";
import { dotsFor } from "./FlowLayer";
import { roomFor, unknownText } from "./importing";
import { placesFrom } from "./tidy";

afterEach(() => useDesign.setState(CLOSED));

test("a new card takes the wanted place, or one beside what lies there", () => {
  expect(freePlace({ x: 0, y: 0 }, [])).toEqual({ x: 0, y: 0 });
  const place = freePlace({ x: 0, y: 0 }, [{ x: 10, y: 10 }]);
  expect(Math.abs(place.y - 10)).toBeGreaterThanOrEqual(64);
});

test("a new card's name is not taken yet", () => {
  const named = (id: string, label: string): [string, DesignNode] => [
    id,
    { id, service: "sqs_standard", label, parameters: {} },
  ];
  useDesign.setState({ nodes: new Map([named("1", "queue"), named("2", "queue 2")]) });
  expect(freeLabel("queue")).toBe("queue 3");
  expect(freeLabel("topic")).toBe("topic");
});

test("a layout is moved to where the cards lay, on the grid", () => {
  const children = [
    { id: "a", x: 12, y: 12 },
    { id: "b", x: 252.7, y: 40.2 },
  ];
  expect(placesFrom({ id: "d", children }, { x: 100, y: 200 })).toEqual(
    new Map([
      ["a", { x: 100, y: 200 }],
      ["b", { x: 340, y: 228 }],
    ]),
  );
});

test("an imported piece does not cover what is there", () => {
  const piece = {
    nodes: [{ id: "a", service: "s3", label: "a", parameters: {}, x: 0, y: 0 }],
    edges: [],
    groups: [],
    notes: [],
  };
  useDesign.setState({ positions: new Map([["x", { x: 0, y: 0 }]]) });
  expect(roomFor(piece, { x: 900, y: 900 })).toEqual({ x: 900, y: 900 });
  expect(roomFor(piece, { x: 80, y: 30 }).y).toBeGreaterThan(64 + 32);
});

test("the report names each unknown type once", () => {
  expect(unknownText([])).toBe("");
  const text = unknownText([{ type: "AWS::A::B" }, { type: "AWS::A::B" }, { type: "AWS::C::D" }]);
  expect(text).toBe("3 of types that are not modelled yet, kept as plain nodes: AWS::A::B, AWS::C::D.");
});

test("more dots mean a higher rate, up to a limit", () => {
  expect(dotsFor(0)).toBe(0);
  expect(dotsFor(0.01)).toBe(1);
  expect(dotsFor(100)).toBeGreaterThan(dotsFor(10));
  expect(dotsFor(1e9)).toBe(8);
});
