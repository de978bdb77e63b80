import { describe, expect, it } from "vitest";
import type { DesignEdge } from "@/state/graph";
import { makeNode, makeWindow } from "@/testing/runs";
import { liveRemark } from "./liveRemark";

const EDGES = [{ id: "e", source: "q", target: "fn", flow: "poll" } as DesignEdge];

function windows(utilisations: number[], throttles = 0, growth = 0) {
  return utilisations.map((utilisation, index) =>
    makeWindow(index, {
      nodes: { fn: makeNode({ utilisation, throttles }), q: makeNode({ queue_depth: index * growth }) },
    }),
  );
}

const remark = (...given: Parameters<typeof windows>) => liveRemark(windows(...given), EDGES, (id) => id);

describe("the word on a bottleneck while a run is under way", () => {
  it("says since when a node is full and how fast its queue grows", () => {
    expect(remark([0.2, 0.5, 1, 1, 1, 1, 1, 1], 0, 460)).toMatchObject({
      node: "fn",
      text: "is at its limit since 0:02; the backlog of q grows by 460 messages/s.",
    });
  });

  it("says what is turned away where there is no queue", () => {
    expect(remark([1, 1, 1, 1, 1], 30)?.text).toBe("is at its limit since 0:00; it turns away 30/s.");
  });

  it("keeps quiet about a short peak and about one that is over", () => {
    expect(remark([0.5, 0.5, 1, 1, 1])).toBeNull();
    expect(remark([1, 1, 1, 1, 1, 1, 0.5])).toBeNull();
    expect(liveRemark([], EDGES, (id) => id)).toBeNull();
  });
});
