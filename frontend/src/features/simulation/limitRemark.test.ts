import { describe, expect, it } from "vitest";
import type { DesignEdge } from "@/state/graph";
import { makeNode, makeWindow } from "@/testing/runs";
import { limitRemark } from "./limitRemark";

const EDGES = [{ id: "e", source: "q", target: "fn", flow: "poll" } as DesignEdge];

function windows(utilisations: number[], throttles = 0, growth = 0) {
  return utilisations.map((utilisation, index) =>
    makeWindow(index, {
      nodes: { fn: makeNode({ utilisation, throttles }), q: makeNode({ queue_depth: index * growth }) },
    }),
  );
}

const remark = (...given: Parameters<typeof windows>) => limitRemark(windows(...given), EDGES, (id) => id, false);

describe("the word on a bottleneck", () => {
  it("says since when a node is full and how fast its queue grows", () => {
    expect(remark([0.2, 0.5, 1, 1, 1, 1, 1, 1], 0, 460)).toMatchObject({
      node: "fn",
      text: "fn is at its limit since 0:02; the backlog of q grows by 460 messages/s.",
    });
  });

  it("says what is turned away where there is no queue", () => {
    expect(remark([1, 1, 1, 1, 1], 30)?.text).toBe("fn is at its limit since 0:00; it turns away 30/s.");
  });

  it("tells of the longest time that is over, a moment's breath included", () => {
    expect(remark([0.1, 1, 1, 0.92, 1, 1, 1, 0.5], 0, 10)?.text).toBe(
      "fn was at its limit from 0:01 to 0:07; up to 60 messages waited in q.",
    );
  });

  it("speaks of a run that has ended as of something past", () => {
    const ended = limitRemark(windows([0.5, 1, 1, 1, 1, 1], 0, 10), EDGES, (id) => id, true);
    expect(ended?.text).toBe("fn was at its limit from 0:01 to the end; up to 50 messages waited in q.");
  });

  it("keeps quiet about a short peak", () => {
    expect(remark([0.5, 0.5, 1, 1, 1])).toBeNull();
    expect(limitRemark([], EDGES, (id) => id, true)).toBeNull();
  });
});
