/** How fast things go: latencies and rates. */
import type { EntryStats, Latency, RunWindow } from "@/api/results";
import { formatMilliseconds, formatRate } from "@/format";
import type { ChartData, Line, Values } from "./chart";
import { endsOf, entriesOf, perSecond, type Span, type SpanStats, sumOf, windowEnds } from "./spans";

/** Percentiles of several entry points cannot be merged: the one with the highest p99 stands for all. */
export function slowest(entries: Readonly<Record<string, EntryStats>>): Latency | undefined {
  return highest(Object.values(entries).map((entry) => entry.caller_latency_ms));
}

/** The same of the time until all work of a request was done. */
export function slowestJourney(entries: Readonly<Record<string, EntryStats>>): Latency | undefined {
  return highest(Object.values(entries).map((entry) => entry.journey_ms));
}

function highest(latencies: readonly Latency[]): Latency | undefined {
  return latencies.filter(({ count }) => count > 0).toSorted((a, b) => b.p99 - a.p99)[0];
}

export function latencyChart(
  title: string,
  windows: readonly RunWindow[],
  latencies: readonly (Latency | undefined)[],
  promise: string,
  whole: Latency | undefined,
): ChartData {
  const line = (key: "p50" | "p95" | "p99", width: number): Line => ({
    key,
    label: key,
    colour: `--latency-${key}`,
    values: latencies.map((latency) => (latency && latency.count > 0 ? latency[key] : null)),
    width,
  });
  const lines = [line("p50", 1.25), line("p95", 1.25), line("p99", 1.5)];
  const p99 = lines[2]?.values ?? [];
  return {
    id: "latency",
    title,
    xs: windowEnds(windows),
    lines,
    canBeLog: true,
    format: formatMilliseconds,
    headline: (at) => `p99 ${formatMilliseconds(lastKnown(p99, at))}`,
    overall: whole && whole.count > 0 ? `p99 ${formatMilliseconds(whole.p99)}` : undefined,
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

export function entryRates(spans: readonly Span[]): ChartData {
  return rateChart(
    "Requests",
    spans,
    spans.map((span) => sumOf(entriesOf(span), (entry) => entry.requests)),
    spans.map((span) => sumOf(entriesOf(span), (entry) => entry.completions)),
    "Requests that arrive, and requests that are answered well.",
  );
}

export function nodeRates(spans: readonly Span[], stats: SpanStats): ChartData {
  return rateChart(
    "Arrivals",
    spans,
    stats.map((all) => sumOf(all, (each) => each?.arrivals ?? 0)),
    stats.map((all) => sumOf(all, (each) => each?.completions ?? 0)),
    "What reaches this node, and what it handles well.",
  );
}

function rateChart(
  title: string,
  spans: readonly Span[],
  arrived: readonly number[],
  completed: readonly number[],
  promise: string,
): ChartData {
  const arrivals = perSecond(spans, arrived);
  return {
    id: "rate",
    title,
    xs: endsOf(spans),
    lines: [
      { key: "arrivals", label: "arriving", colour: "--series-6", values: arrivals, width: 1.25 },
      { key: "completions", label: "done", colour: "--series-1", values: perSecond(spans, completed), width: 1.5 },
    ],
    format: formatRate,
    headline: (at) => formatRate(arrivals[at]),
    overall: meanRate(spans, arrived),
    promise,
    main: "completions",
  };
}

/** Mean over all spans, weighted by their length. */
function meanRate(spans: readonly Span[], counts: readonly number[]): string {
  const length = (spans.at(-1)?.endS ?? 0) - (spans[0]?.startS ?? 0);
  return `mean ${formatRate(length > 0 ? sumOf(counts, (count) => count) / length : 0)}`;
}

export function nodeEvents(spans: readonly Span[], stats: SpanStats): ChartData {
  const line = (key: "throttles" | "retries" | "cold_starts", label: string, colour: string): Line => ({
    key,
    label,
    colour,
    values: perSecond(
      spans,
      stats.map((all) => sumOf(all, (each) => each?.[key] ?? 0)),
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
    xs: endsOf(spans),
    lines,
    format: formatRate,
    headline: (at) => formatRate(sum(at)),
    promise: "Cold starts, retries and throttles.",
    main: "throttles",
  };
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
