import { describe, expect, it } from "vitest";
import type { EntryStats } from "@/api/results";
import { makeLatency, makeNode, makeSummary, makeWindow } from "@/testing/runs";
import { type ChartContext, type ChartData, positionAt } from "./chart";
import { chartsOf } from "./chartData";

const CONTEXT: ChartContext = {
  labelOf: (id) => id.toUpperCase(),
  functions: new Set(["fn"]),
  accountConcurrency: 1000,
  expectedWindows: 60,
  summary: null,
  entry: null,
};

function entry(stats: Partial<EntryStats> = {}): EntryStats {
  return {
    requests: 100,
    completions: 90,
    errors: {},
    caller_latency_ms: makeLatency(200),
    journey_ms: makeLatency(400),
    ...stats,
  };
}

function chart(charts: readonly ChartData[], id: string): ChartData {
  const found = charts.find((each) => each.id === id);
  if (!found) throw new Error(`no chart ${id}`);
  return found;
}

const values = (data: ChartData, key: string) => data.lines.find((line) => line.key === key)?.values;

describe("the charts of a whole run", () => {
  it("tell when all work was done beside the answers, only where that is later", () => {
    const later = [makeWindow(0, { entry_points: { a: entry() } })];
    const same = [makeWindow(0, { entry_points: { a: entry({ journey_ms: makeLatency(200) }) } })];
    expect(values(chart(chartsOf(later, null, CONTEXT), "latency"), "journey")).toEqual([400]);
    expect(values(chart(chartsOf(same, null, CONTEXT), "latency"), "journey")).toBeUndefined();
  });

  it("do not praise the latency of answers that all failed", () => {
    const failed = entry({ completions: 0, errors: { throttled: 100 }, caller_latency_ms: makeLatency(0) });
    const summary = makeSummary({ entry_points: { a: failed } });
    const charts = chartsOf([makeWindow(0, { entry_points: { a: failed } })], null, { ...CONTEXT, summary });
    expect(chart(charts, "latency").overall).toBe("no good answer");
  });

  it("divide counts by the window's length", () => {
    const windows = [makeWindow(0, { start_s: 0, end_s: 5, entry_points: { a: entry(), b: entry() } })];
    const rate = chart(chartsOf(windows, null, CONTEXT), "rate");
    expect(values(rate, "arrivals")).toEqual([40]);
    expect(values(rate, "completions")).toEqual([36]);
    expect(rate.headline(0)).toBe("40/s");
  });

  it("take the slowest entry point for the latency, and leave a gap where nobody was answered", () => {
    const nobody = entry({ caller_latency_ms: makeLatency(0, 0) });
    const windows = [
      makeWindow(0, { entry_points: { a: entry(), b: entry({ caller_latency_ms: makeLatency(900) }) } }),
      makeWindow(1, { entry_points: { a: nobody } }),
    ];
    const latency = chart(chartsOf(windows, null, CONTEXT), "latency");
    expect(values(latency, "p99")).toEqual([900, null]);
    expect(latency.headline(1)).toBe("p99 900 ms");
  });

  it("tell the latency of the chosen entry point alone", () => {
    const slow = entry({ caller_latency_ms: makeLatency(900) });
    const windows = [
      makeWindow(0, { entry_points: { a: entry(), b: slow } }),
      makeWindow(1, { entry_points: { b: slow } }),
    ];
    const summary = makeSummary({ entry_points: { a: entry(), b: slow } });
    const latency = chart(chartsOf(windows, null, { ...CONTEXT, summary, entry: "a" }), "latency");
    expect(latency).toMatchObject({ title: "Caller latency · A", overall: "p99 200 ms" });
    expect(values(latency, "p99")).toEqual([200, null]);
    expect(values(latency, "journey")).toEqual([400, null]);
  });

  it("stack errors by cause, the most frequent at the bottom, lost messages included, nothing twice", () => {
    const windows = [
      makeWindow(0, {
        entry_points: { a: entry({ requests: 10, errors: { bad_gateway: 1, throttled: 3 } }) },
        nodes: { fn: makeNode({ errors: { function_error: 1 } }), q: makeNode({ errors: { dead_lettered: 1 } }) },
      }),
    ];
    const errors = chart(chartsOf(windows, null, CONTEXT), "errors");
    expect(errors.lines.map((line) => line.key)).toEqual(["throttled", "bad_gateway", "dead_lettered"]);
    expect(errors.lines.map((line) => line.values[0])).toEqual([3, 4, 5]);
    expect(errors.headline(0)).toBe("50 %");
    expect(new Set(errors.lines.map((line) => line.colour)).size).toBe(3);
  });

  it("put what is beyond five causes together", () => {
    const causes = Object.fromEntries(["a", "b", "c", "d", "e", "f", "g"].map((cause, at) => [cause, 10 - at]));
    const errors = chart(
      chartsOf([makeWindow(0, { entry_points: { x: entry({ errors: causes }) } })], null, CONTEXT),
      "errors",
    );
    expect(errors.lines).toHaveLength(6);
    expect(errors.lines.at(-1)?.label).toBe("2 other causes");
    expect(errors.lines.at(-1)?.values[0]).toBe(49);
  });

  it("count functions only against the account's concurrency", () => {
    const windows = [makeWindow(0, { nodes: { fn: makeNode({ concurrency: 7 }), api: makeNode({ concurrency: 9 }) } })];
    const concurrency = chart(chartsOf(windows, null, CONTEXT), "concurrency");
    expect(values(concurrency, "concurrency")).toEqual([7]);
    expect(concurrency.headline(0)).toBe("7 of 1k");
  });

  it("name the only queue in the title and draw a line for each of several", () => {
    const one = [makeWindow(0, { nodes: { q: makeNode({ queue_depth: 8412 }) } })];
    expect(chart(chartsOf(one, null, CONTEXT), "queue")).toMatchObject({ title: "Queue depth · Q", main: "q" });
    const two = [makeWindow(0, { nodes: { q: makeNode({ queue_depth: 5 }), r: makeNode({ queue_depth: 9 }) } })];
    const queue = chart(chartsOf(two, null, CONTEXT), "queue");
    expect(queue.lines.map((line) => line.key)).toEqual(["r", "q"]);
    expect(queue.headline(0)).toBe("14");
  });

  it("add counts up over a few windows when there are many, and show every latency", () => {
    const windows = Array.from({ length: 300 }, (_, at) =>
      makeWindow(at, { entry_points: { a: entry({ requests: at % 3 === 0 ? 30 : 0 }) } }),
    );
    const charts = chartsOf(windows, null, { ...CONTEXT, expectedWindows: 300 });
    const rate = chart(charts, "rate");
    expect(rate.xs).toHaveLength(100);
    expect(new Set(values(rate, "arrivals"))).toEqual(new Set([10]));
    expect(chart(charts, "latency").xs).toHaveLength(300);
  });

  it("speak of the whole run once it has ended", () => {
    const summary = makeSummary({ entry_points: { a: entry({ caller_latency_ms: makeLatency(777) }) } });
    const windows = [100, 20].map((requests, at) =>
      makeWindow(at, {
        entry_points: { a: entry({ requests, errors: { throttled: 6 } }) },
        nodes: { q: makeNode({ queue_depth: requests }) },
      }),
    );
    const charts = chartsOf(windows, null, { ...CONTEXT, summary });
    const overall = (id: string) => chart(charts, id).overall;
    expect(["latency", "errors", "queue", "rate"].map(overall)).toEqual([
      "p99 777 ms",
      "10 %",
      "peak 100",
      "mean 60/s",
    ]);
  });

  it("say what will appear while there is nothing", () => {
    for (const data of chartsOf([], null, CONTEXT)) expect(data.promise).toMatch(/\.$/);
  });
});

describe("the charts of one node", () => {
  it("find the limit behind the utilisation", () => {
    const windows = [makeWindow(0, { nodes: { fn: makeNode({ concurrency: 25, utilisation: 0.5 }) } })];
    const concurrency = chart(chartsOf(windows, "fn", CONTEXT), "concurrency");
    expect(concurrency.limit?.value).toBe(50);
    expect(concurrency.headline(0)).toBe("25 of 50");
  });

  it("leave out what the node does not have", () => {
    const windows = [makeWindow(0, { nodes: { fn: makeNode() } })];
    expect(chartsOf(windows, "fn", CONTEXT).map((each) => each.id)).toEqual([
      "latency",
      "errors",
      "rate",
      "concurrency",
    ]);
  });
});

it("the window at a moment is the one that holds it", () => {
  const xs = [1, 2, 3];
  expect([0, 0.5, 1, 1.5, 3, 99].map((second) => positionAt(xs, second))).toEqual([0, 0, 0, 1, 2, 2]);
  expect(positionAt([], 5)).toBe(-1);
});
