import { beforeEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { type DocumentMaps, documentMaps } from "./documentMaps";
import type { DesignDocument, DesignEdge, PlacedNode } from "./graph";
import { type DocumentPart, mirrorDocument } from "./mirror";
import { applyOperations, type Operation, OperationError } from "./operations";

const node = (id: string, change: Partial<PlacedNode> = {}): PlacedNode => ({
  id,
  service: "lambda",
  label: id,
  parameters: {},
  x: 0,
  y: 0,
  ...change,
});
const edge = (id: string, source: string, target: string, change: Partial<DesignEdge> = {}): DesignEdge => ({
  id,
  source,
  target,
  connection: "lambda.lambda.invoke",
  mode: "synchronous",
  flow: "sync",
  parameters: {},
  ...change,
});

let maps: DocumentMaps;
let seen: DocumentPart;
const apply = (...operations: Operation[]) => applyOperations(maps, operations, "test");

function follow(): void {
  seen = {} as DocumentPart;
  mirrorDocument(maps, (part) => {
    seen = { ...seen, ...part };
  });
}

beforeEach(() => {
  maps = documentMaps(new Y.Doc());
  follow();
  apply({ op: "add_node", node: node("a") }, { op: "add_node", node: node("b", { x: 300 }) });
});

test("a node arrives with its position apart", () => {
  expect(seen.nodes.get("b")).toEqual({ id: "b", service: "lambda", label: "b", parameters: {} });
  expect(seen.positions.get("b")).toEqual({ x: 300, y: 0 });
});

test("moving a node renews no node", () => {
  const before = seen.nodes;
  apply({ op: "move_node", node_id: "a", x: 5, y: 6 });
  expect(seen.positions.get("a")).toEqual({ x: 5, y: 6 });
  expect(seen.nodes).toBe(before);
});

test("a change renews the thing that it is about and no other", () => {
  const other = seen.nodes.get("b");
  apply({ op: "set_node_parameter", node_id: "a", parameter: "timeout_s", value: 20 });
  expect(seen.nodes.get("a")?.parameters).toEqual({ timeout_s: 20 });
  expect(seen.nodes.get("b")).toBe(other);
});

test("a parameter set to null goes back to its default", () => {
  apply({ op: "set_node_parameter", node_id: "a", parameter: "timeout_s", value: 20 });
  apply({ op: "set_node_parameter", node_id: "a", parameter: "timeout_s", value: null });
  expect(seen.nodes.get("a")?.parameters).toEqual({});
});

test("removing a node removes its edges and its position", () => {
  apply({ op: "add_edge", edge: edge("e", "a", "b") });
  apply({ op: "remove_node", node_id: "b" });
  expect(seen.edges.size).toBe(0);
  expect(seen.positions.has("b")).toBe(false);
});

test("another meaning drops the parameters that are not given", () => {
  apply({ op: "add_edge", edge: edge("e", "a", "b", { parameters: { weight: 2, calls_per_request: 3 } }) });
  apply({
    op: "set_edge_connection",
    edge: edge("e", "a", "b", { connection: "x.y.z", mode: "asynchronous", flow: "async", parameters: { weight: 2 } }),
  });
  expect(seen.edges.get("e")).toMatchObject({ connection: "x.y.z", flow: "async", parameters: { weight: 2 } });
});

test("frames and notes come and go", () => {
  const group = { id: "g", kind: "vpc", label: "VPC", x: 0, y: 0, width: 10, height: 10 };
  apply({ op: "add_group", group }, { op: "add_note", note: { id: "t", text: "hi", x: 0, y: 0, width: 1, height: 1 } });
  expect(seen.groups.get("g")).toEqual(group);
  apply({ op: "remove_group", group_id: "g" }, { op: "remove_note", note_id: "t" });
  expect(seen.groups.size + seen.notes.size).toBe(0);
});

describe("operations that do not fit change nothing at all", () => {
  const misfits: [string, Operation[]][] = [
    ["a node that is gone", [{ op: "relabel_node", node_id: "gone", label: "x" }]],
    ["an id that is taken", [{ op: "add_node", node: node("a") }]],
    ["an edge without its end", [{ op: "add_edge", edge: edge("e", "a", "gone") }]],
    [
      "the second of two",
      [
        { op: "remove_node", node_id: "a" },
        { op: "remove_node", node_id: "a" },
      ],
    ],
    [
      "an edge that went with its node",
      [
        { op: "add_edge", edge: edge("e", "a", "b") },
        { op: "remove_node", node_id: "a" },
        { op: "remove_edge", edge_id: "e" },
      ],
    ],
    ["an unknown operation", [{ op: "explode" } as unknown as Operation]],
  ];
  test.each(misfits)("%s", (_what, operations) => {
    const before = JSON.stringify(maps.doc.toJSON());
    expect(() => apply(...operations)).toThrow(OperationError);
    expect(JSON.stringify(maps.doc.toJSON())).toBe(before);
  });
});

test("several operations are one transaction and one undo", () => {
  const undo = new Y.UndoManager([maps.nodes, maps.positions, maps.edges], {
    trackedOrigins: new Set(["test"]),
    captureTimeout: 0,
  });
  apply(
    { op: "add_node", node: node("queue") },
    { op: "add_edge", edge: edge("e", "a", "queue") },
    { op: "set_node_parameter", node_id: "a", parameter: "memory_mb", value: 256 },
  );
  undo.undo();
  expect([...seen.nodes.keys()]).toEqual(["a", "b"]);
  expect(seen.edges.size).toBe(0);
  expect(seen.nodes.get("a")?.parameters).toEqual({});
  undo.redo();
  expect(seen.edges.get("e")?.target).toBe("queue");
});

test("undo leaves what others did alone", () => {
  const undo = new Y.UndoManager([maps.nodes], { trackedOrigins: new Set(["test"]), captureTimeout: 0 });
  apply({ op: "relabel_node", node_id: "a", label: "mine" });
  applyOperations(maps, [{ op: "relabel_node", node_id: "b", label: "theirs" }], "remote");
  undo.undo();
  expect(seen.nodes.get("a")?.label).toBe("a");
  expect(seen.nodes.get("b")?.label).toBe("theirs");
});

interface Case {
  name: string;
  before: DesignDocument;
  operations: Operation[];
  after: DesignDocument;
}

const fixture = import.meta.glob<Case[]>("../../../tests/fixtures/operations.json", { eager: true, import: "default" });
const cases = Object.values(fixture)[0] ?? [];

describe.skipIf(cases.length === 0)("the browser applies operations as the server does", () => {
  test.each(cases)("$name", ({ before, operations, after }) => {
    maps = documentMaps(new Y.Doc());
    follow();
    apply(...asOperations(before));
    apply(...operations);
    const expected = documentMaps(new Y.Doc());
    applyOperations(expected, asOperations(after), "test");
    expect(maps.doc.toJSON()).toEqual(expected.doc.toJSON());
  });
});

function asOperations(document: DesignDocument): Operation[] {
  return [
    ...(document.groups ?? []).map((group) => ({ op: "add_group" as const, group })),
    ...document.nodes.map((item) => ({ op: "add_node" as const, node: item })),
    ...document.edges.map((item) => ({ op: "add_edge" as const, edge: item })),
    ...(document.notes ?? []).map((note) => ({ op: "add_note" as const, note })),
  ];
}
