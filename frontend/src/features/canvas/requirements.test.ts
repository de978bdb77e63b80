import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Requirement } from "@/state/catalog";
import { setCatalog } from "@/state/catalogStore";
import { CLOSED, useDesign } from "@/state/designStore";
import type { DesignNode, Group } from "@/state/graph";
import { CATALOG, connection, parameter, service } from "@/testing/catalog";
import { drawing, outcomeBetween, setWithEdge } from "./connecting";
import { holds, liesInVpc } from "./requirements";

type Case = Pick<Requirement, "comparison" | "values"> & { value: string | number | boolean | null; holds: boolean };

const fixture = import.meta.glob<Case[]>("../../../../tests/fixtures/requirements.json", {
  eager: true,
  import: "default",
});
const cases = Object.values(fixture)[0] ?? [];

test("the shared fixture has cases of every comparison", () => {
  expect(new Set(cases.map(({ comparison }) => comparison)).size).toBe(5);
});

describe("a value meets a requirement as the server has it", () => {
  test.each(cases)("$comparison $values: $value is $holds", (one) => {
    expect(holds(one, one.value)).toBe(one.holds);
  });
});

const STREAM: Requirement = {
  end: "source",
  parameter: "stream",
  comparison: "none_of",
  values: ["none"],
  message: "the table's stream is on",
  fix: "NEW_IMAGE",
  certain: true,
};
const TABLE = service({
  id: "dynamodb",
  parameters: [
    parameter({
      id: "stream",
      label: "Stream",
      kind: "choice",
      default: "none",
      choices: [
        { value: "none", label: "Off" },
        { value: "NEW_IMAGE", label: "New items" },
      ],
    }),
    parameter({ id: "in_vpc", kind: "boolean", default: false }),
  ],
});
const READ = connection({
  id: "dynamodb.lambda.mapping",
  source: "dynamodb",
  requirements: [STREAM, { ...STREAM, end: "edge", parameter: "start", values: ["LATEST"], fix: "TRIM_HORIZON" }],
  parameters: [parameter({ id: "start", label: "Start", kind: "text", default: "LATEST" })],
});
const OTHER = connection({ id: "dynamodb.lambda.other", source: "dynamodb", preferred: false });
const node = (id: string, kind: string, parameters: DesignNode["parameters"] = {}): DesignNode => ({
  id,
  service: kind,
  label: id,
  parameters,
});
const orders = node("orders", "dynamodb");
const reader = node("reader", "lambda");

beforeEach(() => {
  setCatalog({ ...CATALOG, services: [TABLE, service({})], connections: [READ] });
  useDesign.setState({ nodes: new Map([orders, reader].map((one) => [one.id, one])) });
});
afterEach(() => useDesign.setState(CLOSED));

test("an arrow is drawn with the settings that it needs, in one list of operations", () => {
  const outcome = outcomeBetween(orders, reader);
  expect(outcome.kind === "allowed" && outcome.unmet.map(({ parameter: id }) => id)).toEqual(["stream", "start"]);
  expect(setWithEdge(outcome, "orders", "reader")).toEqual([
    "“Stream” set to New items at orders",
    "“Start” set to TRIM_HORIZON",
  ]);
  const { id, operations } = drawing(outcome, "orders", "reader");
  expect(operations.map(({ op }) => op)).toEqual(["add_edge", "set_node_parameter", "set_edge_parameter"]);
  expect(operations[1]).toEqual({
    op: "set_node_parameter",
    node_id: "orders",
    parameter: "stream",
    value: "NEW_IMAGE",
  });
  expect(operations[2]).toMatchObject({ edge_id: id, parameter: "start" });
});

test("what is set already is not set again", () => {
  const outcome = outcomeBetween(node("orders", "dynamodb", { stream: "NEW_IMAGE" }), reader);
  expect(outcome.kind === "allowed" && outcome.unmet.map(({ end }) => end)).toEqual(["edge"]);
});

test("a meaning that works as things are set comes before one that does not", () => {
  setCatalog({ ...CATALOG, services: [TABLE, service({})], connections: [READ, OTHER] });
  const outcome = outcomeBetween(orders, reader);
  expect(outcome.kind === "allowed" && outcome.rows.map(({ id }) => id)).toEqual([OTHER.id, READ.id]);
  expect(outcome.kind === "allowed" && outcome.unmet).toEqual([]);
});

test("a requirement without a single good value is told and changes nothing", () => {
  setCatalog({
    ...CATALOG,
    services: [TABLE, service({})],
    connections: [{ ...READ, requirements: [{ ...STREAM, fix: null }] }],
  });
  const outcome = outcomeBetween(orders, reader);
  expect(outcome.kind === "allowed" && outcome.unmet).toHaveLength(1);
  expect(drawing(outcome, "orders", "reader").operations).toHaveLength(1);
});

test("a frame of a VPC, or one around it, is enough to be in a VPC", () => {
  const group = (id: string, kind: string, parent?: string): [string, Group] => [
    id,
    { id, kind, label: id, x: 0, y: 0, width: 1, height: 1, ...(parent ? { parent } : {}) },
  ];
  const groups = new Map([
    group("v", "vpc"),
    group("p", "plain", "v"),
    group("a", "plain", "b"),
    group("b", "plain", "a"),
  ]);
  expect(["v", "p", "a", undefined, "gone"].map((id) => liesInVpc(id, groups))).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  setCatalog({
    ...CATALOG,
    services: [TABLE, service({})],
    connections: [
      { ...READ, requirements: [{ ...STREAM, parameter: "in_vpc", comparison: "one_of", values: [true], fix: true }] },
    ],
  });
  useDesign.setState({ groups });
  const outcome = outcomeBetween({ ...orders, group: "p" }, reader);
  expect(outcome.kind === "allowed" && outcome.unmet).toEqual([]);
});
