/** How much there is at a time: work in progress, messages waiting, money spent. */
import type { NodeStats, RunWindow } from "@/api/results";
import { formatCompact, formatCount, formatMoney, formatMoneyBriefly } from "@/format";
import type { ChartContext, ChartData } from "./chart";
import { endsOf, highestOf, meanOver, type Span, type SpanStats, sumOf, windowEnds } from "./spans";

const SERIES = ["--series-1", "--series-2", "--series-3", "--series-4", "--series-5"] as const;
const MOST_LINES = 5;

export function concurrencyOfAll(
  windows: readonly RunWindow[],
  spans: readonly Span[],
  context: ChartContext,
): ChartData {
  const inUse = (window: RunWindow) =>
    sumOf(Object.entries(window.nodes), ([id, node]) => (context.functions.has(id) ? node.concurrency : 0));
  const mean = meanOver(spans, inUse);
  const limit = context.accountConcurrency;
  const of = ` of ${formatCompact(limit)}`;
  return {
    id: "concurrency",
    title: "Concurrent executions",
    xs: endsOf(spans),
    lines: [{ key: "concurrency", label: "in use", colour: "--series-3", values: mean, width: 1.5, filled: true }],
    limit: { value: limit, label: `account limit ${formatCompact(limit)}` },
    format: formatCompact,
    headline: (at) => `${formatCompact(mean[at])}${of}`,
    overall: `peak ${formatCompact(highestOf(windows.map(inUse)))}${of}`,
    promise: "Functions running at once, against the account's limit.",
    main: "concurrency",
  };
}

export function nodeConcurrency(
  spans: readonly Span[],
  bySpan: SpanStats,
  stats: readonly (NodeStats | undefined)[],
): ChartData {
  const mean = bySpan.map((all) => sumOf(all, (each) => each?.concurrency ?? 0) / Math.max(1, all.length));
  const highest = bySpan.map((all) => highestOf(all.map((each) => each?.concurrency_max ?? 0)));
  const capacity = capacityOf(stats);
  const of = capacity === null ? "" : ` of ${formatCompact(capacity)}`;
  return {
    id: "concurrency",
    title: "Concurrency",
    xs: endsOf(spans),
    lines: [
      { key: "max", label: "peak", colour: "--series-6", values: highest, width: 1 },
      { key: "mean", label: "mean", colour: "--series-3", values: mean, width: 1.5, filled: true },
    ],
    ...(capacity === null ? {} : { limit: { value: capacity, label: `limit ${formatCompact(capacity)}` } }),
    format: formatCompact,
    headline: (at) => `${formatCompact(mean[at])}${of}`,
    overall: `peak ${formatCompact(highestOf(highest))}${of}`,
    promise: "How much is in work at once.",
    main: "mean",
  };
}

/** The capacity behind the busiest window's utilisation; null when there is no limit. */
function capacityOf(stats: readonly (NodeStats | undefined)[]): number | null {
  let busiest: NodeStats | undefined;
  for (const each of stats) {
    if (each?.utilisation && each.utilisation > (busiest?.utilisation ?? 0)) busiest = each;
  }
  if (!busiest?.utilisation || busiest.concurrency <= 0) return null;
  const capacity = busiest.concurrency / busiest.utilisation;
  return capacity >= 0.5 ? Math.round(capacity) : null;
}

export function queueChart(windows: readonly RunWindow[], context: ChartContext): ChartData {
  const peaks = new Map<string, number>();
  for (const window of windows) {
    for (const [id, node] of Object.entries(window.nodes)) {
      if (node.queue_depth > 0) peaks.set(id, Math.max(peaks.get(id) ?? 0, node.queue_depth));
    }
  }
  const queues = [...peaks].sort((a, b) => b[1] - a[1]).map(([id]) => id);
  const shown = queues.slice(0, MOST_LINES);
  const depth = (id: string) => windows.map((window) => window.nodes[id]?.queue_depth ?? 0);
  const waiting = windows.map((window) => sumOf(Object.values(window.nodes), (node) => node.queue_depth));
  const only = shown.length === 1 && shown[0] !== undefined ? ` · ${context.labelOf(shown[0])}` : "";
  const lines = shown.map((id, at) => ({
    key: id,
    label: context.labelOf(id),
    colour: SERIES[at] ?? "--series-6",
    values: depth(id),
    width: 1.5,
    filled: shown.length === 1,
  }));
  return {
    id: "queue",
    title: `Queue depth${only}`,
    xs: windowEnds(windows),
    lines: lines.length > 0 ? lines : [{ key: "none", label: "", colour: "--series-1", values: waiting, width: 1.5 }],
    format: formatCompact,
    headline: (at) => formatCount(waiting[at]),
    overall: `peak ${formatCount(highestOf(waiting))}`,
    promise: "Messages that wait in queues.",
    main: shown[0] ?? "none",
  };
}

export function nodeQueue(windows: readonly RunWindow[], stats: readonly (NodeStats | undefined)[]): ChartData {
  const waiting = stats.map((each) => each?.queue_depth ?? 0);
  const inFlight = stats.map((each) => each?.in_flight ?? 0);
  return {
    id: "queue",
    title: "Queue depth",
    xs: windowEnds(windows),
    lines: [
      { key: "in_flight", label: "in flight", colour: "--series-6", values: inFlight, width: 1.5 },
      { key: "waiting", label: "waiting", colour: "--series-1", values: waiting, width: 1.5, filled: true },
    ],
    format: formatCompact,
    headline: (at) => formatCount(waiting[at]),
    overall: `peak ${formatCount(highestOf(waiting))}`,
    promise: "Messages that wait, and messages received but not yet deleted.",
    main: "waiting",
  };
}

export function costChart(windows: readonly RunWindow[]): ChartData {
  const cost = windows.map((window) => window.cost_usd);
  return {
    id: "cost",
    title: "Cost so far",
    xs: windowEnds(windows),
    lines: [{ key: "cost", label: "cost", colour: "--series-4", values: cost, width: 1.5, filled: true }],
    format: formatMoneyBriefly,
    headline: (at) => formatMoney(cost[at]),
    promise: "What the run has cost, free tiers not applied.",
    main: "cost",
  };
}
