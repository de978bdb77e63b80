import { expect, test } from "vitest";
import { CLOSED, type DesignState } from "@/state/designStore";
import type { DesignEdge, DesignNode } from "@/state/graph";
import { pasteOperations, pieceFromText, pieceOf, pieceToText } from "./clipboard";

const node = (id: string, group?: string): DesignNode => ({
  id,
  service: "lambda",
  label: id,
  parameters: { memory_mb: 512 },
  ...(group ? { group } : {}),
});
const edge = (id: string, source: string, target: string): DesignEdge => ({
  id,
  source,
  target,
  connection: "lambda.lambda.invoke",
  mode: "synchronous",
  flow: "sync",
  parameters: {},
});

const design: DesignState = {
  ...CLOSED,
  nodes: new Map([node("a"), node("b"), node("c", "g1")].map((item) => [item.id, item])),
  positions: new Map([
    ["a", { x: 0, y: 0 }],
    ["b", { x: 300, y: 0 }],
    ["c", { x: 600, y: 0 }],
  ]),
  edges: new Map([edge("ab", "a", "b"), edge("bc", "b", "c")].map((item) => [item.id, item])),
  groups: new Map([["g1", { id: "g1", kind: "vpc", label: "VPC", x: 580, y: -20, width: 220, height: 120 }]]),
};
const chosen = (nodes: string[], groups: string[] = []) => ({
  nodes: new Set(nodes),
  edges: new Set<string>(),
  groups: new Set(groups),
  notes: new Set<string>(),
});

function counter() {
  let count = 0;
  return (prefix: string) => {
    count += 1;
    return `${prefix}${count}`;
  };
}

test("copying takes the chosen nodes and the edges between them only", () => {
  const piece = pieceOf(design, chosen(["a", "b"]));
  expect(piece.nodes.map((item) => item.id)).toEqual(["a", "b"]);
  expect(piece.edges.map((item) => item.id)).toEqual(["ab"]);
});

test("copying a frame takes what it holds", () => {
  expect(pieceOf(design, chosen([], ["g1"])).nodes.map((item) => item.id)).toEqual(["c"]);
});

test("pasting renews every id and keeps the edges between the copies", () => {
  const pasted = pasteOperations(pieceOf(design, chosen(["a", "b"])), { offset: { x: 10, y: 20 } }, counter());
  expect(pasted.nodes).toEqual(["n1", "n2"]);
  expect(pasted.operations).toEqual([
    { op: "add_node", node: { ...node("a"), id: "n1", x: 10, y: 20 } },
    { op: "add_node", node: { ...node("b"), id: "n2", x: 310, y: 20 } },
    { op: "add_edge", edge: edge("e3", "n1", "n2") },
  ]);
});

test("a copied member of a frame that is not copied stands alone", () => {
  const pasted = pasteOperations(pieceOf(design, chosen(["c"])), { offset: { x: 0, y: 0 } }, counter());
  expect(pasted.operations[0]).not.toHaveProperty("node.group");
});

test("pasting at a place puts the middle of the piece there", () => {
  const pasted = pasteOperations(pieceOf(design, chosen(["a"])), { at: { x: 500, y: 500 } }, counter());
  expect(pasted.operations[0]).toMatchObject({ node: { x: 416, y: 468 } });
});

test("the text of a piece is read back whole, across designs", () => {
  const piece = pieceOf(design, chosen(["a", "b"], ["g1"]));
  expect(pieceFromText(pieceToText(piece))).toEqual(piece);
});

test.each(["plain words", "{}", '{"format":"windtunnel-clipboard","version":99}', "{broken"])(
  "text that is no piece of a design is left alone: %s",
  (text) => {
    expect(pieceFromText(text)).toBeNull();
  },
);
