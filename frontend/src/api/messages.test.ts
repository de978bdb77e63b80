import { describe, expect, it } from "vitest";
import fixtures from "../../../tests/fixtures/messages.json";
import { makeLatency, makeNode, makeRun, makeSummary, makeWindow } from "../testing/runs";
import { isEventMessage, readRun, readRunMessage } from "./messages";

/** Messages of a socket by its address, as both sides know them. */
const examples = fixtures as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const of = (address: string): [string, unknown][] => Object.entries(examples[address] ?? {});

describe("the messages that the server's tests hold", () => {
  it.each(of("/ws/designs/<id>/events/"))("%s is one of the events socket", (_type, message) => {
    expect(isEventMessage(message)).toBe(true);
    expect(readRunMessage(message)).toBeNull();
  });

  it.each(of("/ws/runs/<id>/"))("%s is one of a run's socket", (_type, message) => {
    expect(readRunMessage(message)).toEqual(message);
  });
});

it("the examples cover every kind of message", () => {
  const kinds = (address: string) =>
    of(address)
      .map(([kind]) => kind)
      .sort();
  expect(kinds("/ws/runs/<id>/")).toEqual(["refused", "status", "summary", "traces", "windows"]);
  expect(kinds("/ws/designs/<id>/events/")).toEqual(["experiment", "findings", "notice", "run"]);
  const told = Object.fromEntries(of("/ws/designs/<id>/events/")).run as { run?: unknown } | undefined;
  expect(readRun(told?.run)).not.toBeNull();
});

describe("a message of a run's socket", () => {
  it("is taken as it is", () => {
    const window = makeWindow(3, { nodes: { fn: makeNode() }, edges: { e: { calls: 1, errors: 0 } } });
    for (const message of [
      { type: "windows", windows: [window] },
      { type: "status", run: makeRun() },
      { type: "summary", summary: makeSummary() },
    ]) {
      expect(readRunMessage(message)).toBe(message);
    }
  });

  it.each([
    ["no object", 5],
    ["an unknown kind", { type: "greeting" }],
    ["a kind that every object has", { type: "constructor" }],
    ["a window without an index", { type: "windows", windows: [{ ...makeWindow(0), index: undefined }] }],
    ["a node without latency", { type: "windows", windows: [makeWindow(0, { nodes: { fn: {} as never } })] }],
    ["a count that is text", { type: "windows", windows: [makeWindow(0, { cost_usd: "1" as never })] }],
    ["an unknown status", { type: "status", run: makeRun({ status: "paused" as never }) }],
    ["another format", { type: "summary", summary: makeSummary({ format: "other" as never }) }],
    ["a percentile that is missing", { type: "windows", windows: [windowWith({ ...makeLatency(1), p99: null })] }],
  ])("is refused when it is %s", (_what, message) => expect(readRunMessage(message)).toBeNull());
});

function windowWith(latency: unknown) {
  return makeWindow(0, { nodes: { fn: makeNode({ latency_ms: latency as never }) } });
}

it("a run event carries a run, or is none", () => {
  expect(readRun(makeRun())).not.toBeNull();
  expect(readRun({ id: "1" })).toBeNull();
});
