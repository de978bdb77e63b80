import { describe, expect, it } from "vitest";
import { makeLatency, makeNode, makeSummary, makeWindow } from "@/testing/runs";
import { loadsAt, loadsOver } from "./loads";

describe("the load that the canvas shows", () => {
  it("averages rates over the last five seconds and takes levels from the very last window", () => {
    const windows = [0, 1, 2, 3, 4, 5, 6].map((index) =>
      makeWindow(index, {
        nodes: {
          fn: makeNode({ arrivals: index * 10, queue_depth: index, utilisation: index / 10 }),
        },
        edges: { e: { calls: index, errors: index === 6 ? 5 : 0 } },
      }),
    );
    const { nodes, edges } = loadsAt(windows);
    expect(nodes.get("fn")).toMatchObject({ ratePerS: 40, queueDepth: 6, utilisation: 0.6 });
    expect(edges.get("e")).toEqual({ ratePerS: 4, errorShare: 0.25 });
  });

  it("shows the worst p99 of those seconds and the share that failed", () => {
    const windows = [100, 900, 300].map((p99, index) =>
      makeWindow(index, {
        nodes: { fn: makeNode({ completions: 8, errors: { throttled: 1, expired: 1 }, latency_ms: makeLatency(p99) }) },
      }),
    );
    expect(loadsAt(windows).nodes.get("fn")).toMatchObject({ p99Ms: 900, errorShare: 0.2 });
  });

  it("is nothing before the first window", () => expect(loadsAt([]).nodes.size).toBe(0));

  it("is the mean over the whole run once there is a summary", () => {
    const { nodes } = loadsOver(makeSummary({ duration_s: 100, nodes: { fn: makeNode({ arrivals: 5000 }) } }));
    expect(nodes.get("fn")?.ratePerS).toBe(50);
  });
});
