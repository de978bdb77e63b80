import { describe, expect, test } from "vitest";
import type { Connection } from "@/state/catalog";
import { withConnection } from "@/state/catalogStore";
import { checkConnection, edgeOf } from "./connectionCheck";

interface Expected {
  source: string;
  target: string;
  outcome: "allowed" | "refused";
  connection?: string;
  verdict?: string;
  reason?: string;
  bridge?: string;
}

const fixture = import.meta.glob<Expected[]>("../../../../tests/fixtures/connections.json", {
  eager: true,
  import: "default",
});
const expected = Object.values(fixture)[0] ?? [];

function row(change: Partial<Connection>): Connection {
  return {
    id: "a.b.call",
    source: "a",
    target: "b",
    mode: "synchronous",
    flow: "sync",
    verdict: "valid",
    usable: true,
    drawable: true,
    preferred: false,
    label: "Call",
    explanation: "",
    conditions: "",
    parameters: [],
    bridge: null,
    ...change,
  } as Connection;
}

/** A table of one row for each pair of the fixture that has one. */
const pairs = new Map(
  expected.map((pair) => [
    `${pair.source}>${pair.target}`,
    [
      row({
        id: pair.connection ?? "",
        source: pair.source,
        target: pair.target,
        usable: pair.outcome === "allowed",
        explanation: pair.reason ?? "",
        bridge: pair.bridge ? { service: pair.bridge, label: "Insert it", first: "", second: "" } : null,
      }),
    ],
  ]),
);

test("the shared fixture holds every pair of services that the table knows", () => {
  expect(expected.length).toBeGreaterThanOrEqual(50);
});

describe("the browser answers as the server does", () => {
  test.each(expected)("$source to $target is $outcome", (pair) => {
    const outcome = checkConnection(pairs, pair.source, pair.target);
    expect(outcome.kind).toBe(pair.outcome);
    if (outcome.kind === "allowed") expect(outcome.rows[0].id).toBe(pair.connection);
    if (outcome.kind === "refused") {
      expect(outcome.row.explanation).toBe(pair.reason);
      expect(outcome.row.bridge?.service ?? null).toBe(pair.bridge);
    }
  });
});

test("one usable row is enough, whatever the others say", () => {
  const table = new Map([["a>b", [row({ id: "a.b.bad", usable: false }), row({ id: "a.b.good" })]]]);
  const outcome = checkConnection(table, "a", "b");
  expect(outcome.kind === "allowed" && outcome.rows.map((found) => found.id)).toEqual(["a.b.good"]);
});

test("where only an unusual meaning is left, the usual one is named as refused", () => {
  const rows = [row({ id: "a.b.import", preferred: false }), row({ id: "a.b.write", usable: false, preferred: false })];
  const outcome = checkConnection(new Map([["a>b", rows]]), "a", "b");
  expect(outcome.kind === "allowed" && outcome.caution?.id).toBe("a.b.write");
  const natural = checkConnection(new Map([["a>b", [row({ preferred: true }), ...rows]]]), "a", "b");
  expect(natural.kind === "allowed" && natural.caution).toBeUndefined();
});

test("a row about a wrong setting does not refuse the arrow", () => {
  const table = new Map([["a>b", [row({ usable: false, drawable: false })]]]);
  expect(checkConnection(table, "a", "b").kind).toBe("unknown");
});

test("another meaning keeps the values that it knows and drops the rest", () => {
  const edge = { ...edgeOf(row({}), "e1", "n1", "n2"), parameters: { batch_size: 5, weight: 2 } };
  const next = row({ id: "a.b.send", mode: "asynchronous", flow: "async", parameters: [{ id: "weight" }] as never });
  expect(withConnection(edge, next)).toEqual({
    id: "e1",
    source: "n1",
    target: "n2",
    connection: "a.b.send",
    mode: "asynchronous",
    flow: "async",
    parameters: { weight: 2 },
  });
});

test("an arrow that nobody knows is drawn as unknown", () => {
  expect(edgeOf(null, "e", "a", "b").connection).toBe("unknown");
});
