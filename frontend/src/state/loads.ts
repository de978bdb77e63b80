/** What the canvas shows of a run, per node and edge. */
import type { Causes, EdgeStats, NodeStats, RunSummary, RunWindow } from "@/api/results";

export interface NodeLoad {
  readonly ratePerS: number;
  readonly p99Ms: number;
  /** Share of the capacity in use, 0 to 1; null when it has no limit. */
  readonly utilisation: number | null;
  readonly errorShare: number;
  readonly queueDepth: number;
}

export interface EdgeLoad {
  readonly ratePerS: number;
  readonly errorShare: number;
}

export interface Loads {
  readonly nodes: ReadonlyMap<string, NodeLoad>;
  readonly edges: ReadonlyMap<string, EdgeLoad>;
}

export const NO_LOADS: Loads = { nodes: new Map(), edges: new Map() };

/** Simulated seconds over which rates are averaged, so that a card's number can be read. */
const SMOOTHED_OVER_S = 5;

export function total(causes: Causes): number {
  let sum = 0;
  for (const count of Object.values(causes)) sum += count;
  return sum;
}

const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

/** The load at the end of `windows`: rates over their last five seconds, levels of the very last. */
export function loadsAt(windows: readonly RunWindow[]): Loads {
  const last = windows.at(-1);
  if (!last) return NO_LOADS;
  const recent = windows.filter((window) => window.end_s > last.end_s - SMOOTHED_OVER_S);
  const spanS = last.end_s - (recent[0]?.start_s ?? last.start_s);
  const nodes = new Map<string, NodeLoad>();
  for (const id of Object.keys(last.nodes)) {
    const stats = recent.map((window) => window.nodes[id]).filter((found) => found !== undefined);
    const newest = stats.at(-1);
    if (newest) nodes.set(id, nodeLoad(stats, newest, spanS));
  }
  const edges = new Map<string, EdgeLoad>();
  for (const id of Object.keys(last.edges)) {
    const stats = recent.map((window) => window.edges[id]).filter((found) => found !== undefined);
    edges.set(id, edgeLoad(stats, spanS));
  }
  return { nodes, edges };
}

/** The load over a whole run. */
export function loadsOver(summary: RunSummary): Loads {
  const nodes = Object.entries(summary.nodes).map(
    ([id, stats]) => [id, nodeLoad([stats], stats, summary.duration_s)] as const,
  );
  const edges = Object.entries(summary.edges).map(
    ([id, stats]) => [id, edgeLoad([stats], summary.duration_s)] as const,
  );
  return { nodes: new Map(nodes), edges: new Map(edges) };
}

function nodeLoad(stats: readonly NodeStats[], newest: NodeStats, spanS: number): NodeLoad {
  let arrivals = 0;
  let completions = 0;
  let errors = 0;
  let p99Ms = 0;
  for (const each of stats) {
    arrivals += each.arrivals;
    completions += each.completions;
    errors += total(each.errors);
    p99Ms = Math.max(p99Ms, each.latency_ms.p99);
  }
  return {
    ratePerS: share(arrivals, spanS),
    p99Ms,
    utilisation: newest.utilisation,
    errorShare: share(errors, completions + errors),
    queueDepth: newest.queue_depth,
  };
}

function edgeLoad(stats: readonly EdgeStats[], spanS: number): EdgeLoad {
  let calls = 0;
  let errors = 0;
  for (const each of stats) {
    calls += each.calls;
    errors += each.errors;
  }
  return { ratePerS: share(calls, spanS), errorShare: share(errors, calls) };
}
