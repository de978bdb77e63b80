/** Says in words, while a run is under way, which node is at its limit and what that does. */
import type { Remark, RunWindow } from "@/api/results";
import { formatClock, formatRate } from "@/format";
import type { DesignEdge } from "@/state/graph";

const FULL = 0.97;
/** Windows in a row that a node has to be full before it is worth a word. */
const LASTING = 5;
const GROWTH_SHOWN_FROM_PER_S = 0.5;

/** The node that has been at its limit for longest up to now, or null when none is. */
export function liveRemark(
  windows: readonly RunWindow[],
  edges: Iterable<DesignEdge>,
  labelOf: (nodeId: string) => string,
): Remark | null {
  const last = windows.at(-1);
  if (!last) return null;
  let longest: { id: string; since: number } | null = null;
  for (const id of Object.keys(last.nodes)) {
    const since = fullSince(windows, id);
    if (since !== null && windows.length - since >= LASTING && (!longest || since < longest.since)) {
      longest = { id, since };
    }
  }
  if (!longest) return null;
  const { id, since } = longest;
  const from = windows[since] ?? last;
  const text = `is at its limit since ${formatClock(from.start_s)}${consequence(windows, since, id, edges, labelOf)}`;
  return { node: id, kind: "bottleneck", text };
}

/** Position of the window from which on the node has been full without a break; null when it is not now. */
function fullSince(windows: readonly RunWindow[], id: string): number | null {
  let since: number | null = null;
  for (let at = windows.length - 1; at >= 0; at -= 1) {
    if ((windows[at]?.nodes[id]?.utilisation ?? 0) < FULL) break;
    since = at;
  }
  return since;
}

function consequence(
  windows: readonly RunWindow[],
  since: number,
  id: string,
  edges: Iterable<DesignEdge>,
  labelOf: (nodeId: string) => string,
): string {
  const first = windows[since];
  const last = windows.at(-1);
  if (!first || !last || last.end_s <= first.end_s) return ".";
  const feeders = [...edges].filter((edge) => edge.target === id && edge.flow === "poll").map((edge) => edge.source);
  for (const queue of feeders) {
    const grown = (last.nodes[queue]?.queue_depth ?? 0) - (first.nodes[queue]?.queue_depth ?? 0);
    const growth = grown / (last.end_s - first.end_s);
    if (growth >= GROWTH_SHOWN_FROM_PER_S) {
      return `; the backlog of ${labelOf(queue)} grows by ${formatRate(growth).replace("/s", " messages/s")}.`;
    }
  }
  const throttled = windows.slice(since).reduce((sum, window) => sum + (window.nodes[id]?.throttles ?? 0), 0);
  if (throttled === 0) return ".";
  return `; it turns away ${formatRate(throttled / (last.end_s - first.start_s))}.`;
}
