/** From windows to lines: what each chart shows, for the whole design or for one node. */
import type { Causes, Latency, NodeStats, RunWindow } from "@/api/results";
import { formatCompact, formatCount, formatMilliseconds, formatMoney, formatPercent, formatRate } from "@/format";
import { total } from "@/state/loads";
import { AFTER_HANDOVER, causeColours, causeName } from "./causes";

export type Values = (number | null)[];

export interface Line {
  readonly key: string;
  readonly label: string;
  /** CSS custom property that holds the colour. */
  readonly colour: string;
  readonly values: Values;
  readonly width?: number;
  /** Paint the area down to the line below it (stacked) or to zero. */
  readonly filled?: boolean;
}

export interface ChartData {
  readonly id: string;
  readonly title: string;
  readonly xs: readonly number[];
  readonly lines: readonly Line[];
  readonly stacked?: boolean;
  /** Whether a logarithmic axis is offered. */
  readonly canBeLog?: boolean;
  /** A limit drawn as a line, where there is one. */
  readonly limit?: { readonly value: number; readonly label: string };
  readonly format: (value: number) => string;
  /** What stands in the corner for the window at this position. */
  readonly headline: (at: number) => string;
  /** What will be seen here, said while there is nothing. */
  readonly promise: string;
  /** The line that a compared run is drawn for. */
  readonly main: string;
}

/** What of the design the charts need to know. */
export interface ChartContext {
  readonly labelOf: (nodeId: string) => string;
  readonly functions: ReadonlySet<string>;
  readonly accountConcurrency: number;
}

const SERIES = ["--series-1", "--series-2", "--series-3", "--series-4", "--series-5"] as const;
const MOST_LINES = 5;

/** All charts of a run, or of one node in it. */
export function chartsOf(windows: readonly RunWindow[], nodeId: string | null, context: ChartContext): ChartData[] {
  const xs = windows.map((window) => window.end_s);
  if (nodeId !== null) return nodeCharts(windows, xs, nodeId);
  return [
    latencyChart("Caller latency", xs, windows.map(slowestEntry), "How long callers wait: p50, p95 and p99."),
    entryErrors(windows, xs),
    queueChart(windows, xs, context),
    entryRates(windows, xs),
    concurrencyOfAll(windows, xs, context),
    costChart(windows, xs),
  ];
}

function nodeCharts(windows: readonly RunWindow[], xs: number[], nodeId: string): ChartData[] {
  const stats = windows.map((window) => window.nodes[nodeId]);
  const latency = latencyChart(
    "Latency",
    xs,
    stats.map((each) => each?.latency_ms),
    "How long one stay in this node takes: p50, p95 and p99.",
  );
  const errors = errorChart(
    xs,
    windows,
    stats.map((each) => each?.errors ?? {}),
    stats.map((each) => each?.arrivals ?? 0),
    "Failures in this node by cause.",
  );
  const charts = [latency, errors, nodeQueue(xs, stats), nodeRates(windows, xs, stats)];
  charts.push(nodeConcurrency(xs, stats), nodeEvents(windows, xs, stats));
  return charts.filter((chart) => windows.length === 0 || chart.id === "rate" || isAlive(chart));
}

/** Whether anything but zero was ever seen. */
function isAlive(chart: ChartData): boolean {
  return chart.id === "errors" || chart.lines.some((line) => line.values.some((value) => value !== null && value > 0));
}

const lengthOf = (window: RunWindow): number => Math.max(1e-9, window.end_s - window.start_s);

function perSecond(windows: readonly RunWindow[], counts: readonly number[]): number[] {
  return windows.map((window, at) => (counts[at] ?? 0) / lengthOf(window));
}

/** Percentiles of several entry points cannot be merged: the one with the highest p99 stands for all. */
function slowestEntry(window: RunWindow): Latency | undefined {
  let slowest: Latency | undefined;
  for (const entry of Object.values(window.entry_points)) {
    const latency = entry.caller_latency_ms;
    if (latency.count > 0 && (!slowest || latency.p99 > slowest.p99)) slowest = latency;
  }
  return slowest;
}

function latencyChart(
  title: string,
  xs: number[],
  latencies: readonly (Latency | undefined)[],
  promise: string,
): ChartData {
  const line = (key: "p50" | "p95" | "p99", width: number): Line => ({
    key,
    label: key,
    colour: `--latency-${key}`,
    values: latencies.map((latency) => (latency && latency.count > 0 ? latency[key] : null)),
    width,
  });
  const lines = [line("p50", 1.5), line("p95", 1.5), line("p99", 2)];
  const p99 = lines[2]?.values ?? [];
  return {
    id: "latency",
    title,
    xs,
    lines,
    canBeLog: true,
    format: formatMilliseconds,
    headline: (at) => `p99 ${formatMilliseconds(lastKnown(p99, at))}`,
    promise,
    main: "p99",
  };
}

function lastKnown(values: Values, at: number): number | null {
  for (let position = at; position >= 0; position -= 1) {
    const value = values[position];
    if (value !== null && value !== undefined) return value;
  }
  return null;
}

function entryErrors(windows: readonly RunWindow[], xs: number[]): ChartData {
  const errors = windows.map((window) => {
    const sums: Record<string, number> = {};
    for (const entry of Object.values(window.entry_points)) addTo(sums, entry.errors);
    for (const node of Object.values(window.nodes)) {
      addTo(sums, Object.fromEntries(Object.entries(node.errors).filter(([cause]) => AFTER_HANDOVER.has(cause))));
    }
    return sums;
  });
  const requests = windows.map((window) => sumOf(Object.values(window.entry_points), (entry) => entry.requests));
  const promise = "What callers see fail, and messages that are lost, by cause.";
  return errorChart(xs, windows, errors, requests, promise);
}

function addTo(sums: Record<string, number>, causes: Causes): void {
  for (const [cause, count] of Object.entries(causes)) sums[cause] = (sums[cause] ?? 0) + count;
}

function sumOf<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}

function errorChart(
  xs: number[],
  windows: readonly RunWindow[],
  errors: readonly Causes[],
  attempts: readonly number[],
  promise: string,
): ChartData {
  const shares = errors.map((causes, at) => {
    const failed = total(causes);
    return failed === 0 ? 0 : Math.min(1, failed / Math.max(failed, attempts[at] ?? 0));
  });
  return {
    id: "errors",
    title: "Errors by cause",
    xs,
    lines: stack(windows, errors),
    stacked: true,
    format: formatRate,
    headline: (at) => formatPercent(shares[at] ?? 0),
    promise,
    main: "total",
  };
}

/** The causes as layers, the most frequent at the bottom; each line is the sum of itself and what is below. */
function stack(windows: readonly RunWindow[], errors: readonly Causes[]): Line[] {
  const totals: Record<string, number> = {};
  for (const causes of errors) addTo(totals, causes);
  const order = Object.keys(totals)
    .filter((cause) => (totals[cause] ?? 0) > 0)
    .sort((a, b) => (totals[b] ?? 0) - (totals[a] ?? 0) || (a < b ? -1 : 1));
  const named = order.slice(0, MOST_LINES);
  const others = order.slice(MOST_LINES);
  const colours = causeColours(named);
  const base: number[] = windows.map(() => 0);
  const layer = (key: string, label: string, colour: string, causes: readonly string[]): Line => {
    const counts = errors.map((each) => sumOf(causes, (cause) => each[cause] ?? 0));
    perSecond(windows, counts).forEach((rate, at) => {
      base[at] = (base[at] ?? 0) + rate;
    });
    return { key, label, colour, values: [...base], width: 1, filled: true };
  };
  const lines = named.map((cause) => layer(cause, causeName(cause), colours.get(cause) ?? "--cause-6", [cause]));
  if (others.length > 0) lines.push(layer("other", `${others.length} other causes`, "--cause-6", others));
  return lines;
}

function entryRates(windows: readonly RunWindow[], xs: number[]): ChartData {
  const entries = windows.map((window) => Object.values(window.entry_points));
  return rateChart(
    "Requests",
    xs,
    perSecond(
      windows,
      entries.map((all) => sumOf(all, (entry) => entry.requests)),
    ),
    perSecond(
      windows,
      entries.map((all) => sumOf(all, (entry) => entry.completions)),
    ),
    "Requests that arrive, and requests that are answered well.",
  );
}

function nodeRates(windows: readonly RunWindow[], xs: number[], stats: readonly (NodeStats | undefined)[]): ChartData {
  return rateChart(
    "Arrivals",
    xs,
    perSecond(
      windows,
      stats.map((each) => each?.arrivals ?? 0),
    ),
    perSecond(
      windows,
      stats.map((each) => each?.completions ?? 0),
    ),
    "What reaches this node, and what it handles well.",
  );
}

function rateChart(title: string, xs: number[], arrivals: number[], completions: number[], promise: string): ChartData {
  return {
    id: "rate",
    title,
    xs,
    lines: [
      { key: "arrivals", label: "arriving", colour: "--series-6", values: arrivals, width: 1.5 },
      { key: "completions", label: "done", colour: "--series-1", values: completions, width: 2 },
    ],
    format: formatRate,
    headline: (at) => formatRate(arrivals[at]),
    promise,
    main: "completions",
  };
}

function concurrencyOfAll(windows: readonly RunWindow[], xs: number[], context: ChartContext): ChartData {
  const inUse = windows.map((window) =>
    sumOf(Object.entries(window.nodes), ([id, node]) => (context.functions.has(id) ? node.concurrency : 0)),
  );
  const limit = context.accountConcurrency;
  return {
    id: "concurrency",
    title: "Concurrent executions",
    xs,
    lines: [{ key: "concurrency", label: "in use", colour: "--series-3", values: inUse, width: 2, filled: true }],
    limit: { value: limit, label: `account limit ${formatCompact(limit)}` },
    format: formatCompact,
    headline: (at) => `${formatCompact(inUse[at])} of ${formatCompact(limit)}`,
    promise: "Functions running at once, against the account's limit.",
    main: "concurrency",
  };
}

function nodeConcurrency(xs: number[], stats: readonly (NodeStats | undefined)[]): ChartData {
  const mean = stats.map((each) => each?.concurrency ?? 0);
  const highest = stats.map((each) => each?.concurrency_max ?? 0);
  const capacity = capacityOf(stats);
  const of = capacity === null ? "" : ` of ${formatCompact(capacity)}`;
  return {
    id: "concurrency",
    title: "Concurrency",
    xs,
    lines: [
      { key: "max", label: "peak", colour: "--series-6", values: highest, width: 1 },
      { key: "mean", label: "mean", colour: "--series-3", values: mean, width: 2, filled: true },
    ],
    ...(capacity === null ? {} : { limit: { value: capacity, label: `limit ${formatCompact(capacity)}` } }),
    format: formatCompact,
    headline: (at) => `${formatCompact(mean[at])}${of}`,
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

function queueChart(windows: readonly RunWindow[], xs: number[], context: ChartContext): ChartData {
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
    width: 2,
    filled: shown.length === 1,
  }));
  return {
    id: "queue",
    title: `Queue depth${only}`,
    xs,
    lines: lines.length > 0 ? lines : [{ key: "none", label: "", colour: "--series-1", values: waiting, width: 2 }],
    format: formatCount,
    headline: (at) => formatCount(waiting[at]),
    promise: "Messages that wait in queues.",
    main: shown[0] ?? "none",
  };
}

function nodeQueue(xs: number[], stats: readonly (NodeStats | undefined)[]): ChartData {
  const waiting = stats.map((each) => each?.queue_depth ?? 0);
  const inFlight = stats.map((each) => each?.in_flight ?? 0);
  return {
    id: "queue",
    title: "Queue depth",
    xs,
    lines: [
      { key: "in_flight", label: "in flight", colour: "--series-6", values: inFlight, width: 1.5 },
      { key: "waiting", label: "waiting", colour: "--series-1", values: waiting, width: 2, filled: true },
    ],
    format: formatCount,
    headline: (at) => formatCount(waiting[at]),
    promise: "Messages that wait, and messages received but not yet deleted.",
    main: "waiting",
  };
}

function nodeEvents(windows: readonly RunWindow[], xs: number[], stats: readonly (NodeStats | undefined)[]): ChartData {
  const line = (key: "throttles" | "retries" | "cold_starts", label: string, colour: string): Line => ({
    key,
    label,
    colour,
    values: perSecond(
      windows,
      stats.map((each) => each?.[key] ?? 0),
    ),
    width: 1.5,
  });
  const lines = [
    line("cold_starts", "cold starts", "--series-1"),
    line("retries", "retries", "--series-4"),
    line("throttles", "throttles", "--series-2"),
  ].filter((each) => each.values.some((value) => value !== null && value > 0));
  const sum = (at: number) => sumOf(lines, (each) => each.values[at] ?? 0);
  return {
    id: "events",
    title: lines.length === 1 ? sentence(lines[0]?.label ?? "") : "Cold starts, retries, throttles",
    xs,
    lines,
    format: formatRate,
    headline: (at) => formatRate(sum(at)),
    promise: "Cold starts, retries and throttles.",
    main: "throttles",
  };
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function costChart(windows: readonly RunWindow[], xs: number[]): ChartData {
  const cost = windows.map((window) => window.cost_usd);
  return {
    id: "cost",
    title: "Cost so far",
    xs,
    lines: [{ key: "cost", label: "cost", colour: "--series-4", values: cost, width: 2, filled: true }],
    format: formatMoney,
    headline: (at) => formatMoney(cost[at]),
    promise: "What the run has cost, free tiers not applied.",
    main: "cost",
  };
}

/** Position of the last window that has begun at this second; -1 when none has. */
export function positionAt(xs: readonly number[], second: number): number {
  let low = 0;
  let high = xs.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((xs[middle] ?? 0) < second - 1e-9) low = middle + 1;
    else high = middle;
  }
  return high;
}
