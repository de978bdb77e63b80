/** Says in words which node is, or was for longest, at its limit, and what that does to others. */
import type { Remark, RunWindow } from "@/api/results";
import { formatClock, formatCount, formatRate } from "@/format";
import type { DesignEdge } from "@/state/graph";

const FULL = 0.97;
/** A stretch that began full goes on down to this: a limit is not lost by a moment's breath. */
const STILL_FULL = 0.9;
/** Windows in a row that a node has to be full before it is worth a word. */
const LASTING = 5;
const GROWTH_SHOWN_FROM_PER_S = 0.5;
/** Windows over which a backlog is seen to grow or to drain. */
const RECENT = 30;

interface Stretch {
  readonly id: string;
  /** Positions of the first and last window. */
  readonly from: number;
  readonly to: number;
}

/** The node at its limit now (`ended`: at the end), or for longest before; null when none was. */
export function limitRemark(
  windows: readonly RunWindow[],
  edges: Iterable<DesignEdge>,
  labelOf: (nodeId: string) => string,
  ended: boolean,
): Remark | null {
  const lastAt = windows.length - 1;
  const stretches = Object.keys(windows[lastAt]?.nodes ?? {}).flatMap((id) => stretchesOf(windows, id));
  const longest = (all: readonly Stretch[]) => all.toSorted((a, b) => b.to - b.from - (a.to - a.from))[0];
  const worst = longest(stretches.filter((stretch) => stretch.to === lastAt)) ?? longest(stretches);
  const first = worst && windows[worst.from];
  const last = worst && windows[worst.to];
  if (!worst || !first || !last) return null;
  const lasts = worst.to === lastAt && !ended;
  const until = worst.to === lastAt ? "the end" : formatClock(last.end_s);
  const when = lasts
    ? `is at its limit since ${formatClock(first.start_s)}`
    : `was at its limit from ${formatClock(first.start_s)} to ${until}`;
  const text = `${labelOf(worst.id)} ${when}${consequence(windows, worst, edges, labelOf, lasts)}.`;
  return { node: worst.id, kind: "bottleneck", text };
}

function stretchesOf(windows: readonly RunWindow[], id: string): Stretch[] {
  const found: Stretch[] = [];
  let from: number | null = null;
  windows.forEach((window, at) => {
    const used = window.nodes[id]?.utilisation ?? 0;
    if (from === null && used >= FULL) from = at;
    if (from !== null && used < STILL_FULL) {
      found.push({ id, from, to: at - 1 });
      from = null;
    }
  });
  if (from !== null) found.push({ id, from, to: windows.length - 1 });
  return found.filter((stretch) => stretch.to - stretch.from + 1 >= LASTING);
}

function consequence(
  windows: readonly RunWindow[],
  { id, from, to }: Stretch,
  edges: Iterable<DesignEdge>,
  labelOf: (nodeId: string) => string,
  lasts: boolean,
): string {
  const during = windows.slice(from, to + 1);
  const first = during[0];
  const last = during.at(-1);
  if (!first || !last || during.length < 2) return "";
  const feeders = [...edges].filter((edge) => edge.target === id && edge.flow === "poll").map((edge) => edge.source);
  for (const queue of feeders) {
    const depth = (window: RunWindow) => window.nodes[queue]?.queue_depth ?? 0;
    const before = during.at(-RECENT) ?? first;
    const growth = (depth(last) - depth(before)) / (last.end_s - before.end_s);
    if (lasts && growth >= GROWTH_SHOWN_FROM_PER_S) {
      return `; the backlog of ${labelOf(queue)} grows by ${formatRate(growth).replace("/s", " messages/s")}`;
    }
    const most = Math.max(...during.map(depth));
    if (most > 0) return `; up to ${formatCount(most)} messages waited in ${labelOf(queue)}`;
  }
  const throttled = during.reduce((sum, window) => sum + (window.nodes[id]?.throttles ?? 0), 0);
  if (throttled === 0) return "";
  return `; it ${lasts ? "turns" : "turned"} away ${formatRate(throttled / (last.end_s - first.start_s))}`;
}
