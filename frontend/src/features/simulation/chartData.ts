/** From windows to charts, for the whole design or for one node. */
import type { EntryStats, NodeStats, RunWindow } from "@/api/results";
import type { ChartContext, ChartData } from "./chart";
import { entryErrors, errorChart, mergeCauses } from "./errorCharts";
import { entryRates, latencyChart, nodeEvents, nodeRates, slowest, slowestJourney } from "./flowCharts";
import { concurrencyOfAll, costChart, nodeConcurrency, nodeQueue, queueChart } from "./levelCharts";
import { type Span, spansOf, sumOf } from "./spans";

/** The work of a request goes on after the answer where its p99 is later by so much. */
const LATER = 1.05;

/** All charts of a run, or of one node in it. */
export function chartsOf(windows: readonly RunWindow[], nodeId: string | null, context: ChartContext): ChartData[] {
  const spans = spansOf(windows, context.expectedWindows);
  if (nodeId !== null) return nodeCharts(windows, spans, nodeId, context.summary?.nodes[nodeId]);
  return [
    callerLatency(windows, context),
    entryErrors(spans),
    queueChart(windows, context),
    entryRates(spans),
    concurrencyOfAll(windows, spans, context),
    costChart(windows),
  ];
}

type Entries = Readonly<Record<string, EntryStats>>;

/** Of the chosen entry point, or of the slowest. */
function callerLatency(windows: readonly RunWindow[], context: ChartContext): ChartData {
  const { entry, summary, labelOf } = context;
  const chosen = (all: Entries): Entries => {
    const stats = entry === null ? undefined : all[entry];
    return entry === null ? all : stats ? { [entry]: stats } : {};
  };
  const entries = windows.map((window) => chosen(window.entry_points));
  const whole = chosen(summary?.entry_points ?? {});
  const latency = latencyChart(
    entry === null ? "Caller latency" : `Caller latency · ${labelOf(entry)}`,
    windows,
    entries.map(slowest),
    "How long callers wait for an answer, errors included: p50, p95 and p99.",
    slowest(whole),
  );
  return withJourney(withoutGoodAnswer(latency, whole), entries);
}

function nodeCharts(
  windows: readonly RunWindow[],
  spans: readonly Span[],
  nodeId: string,
  whole: NodeStats | undefined,
): ChartData[] {
  const stats = windows.map((window) => window.nodes[nodeId]);
  const bySpan = spans.map((span) => span.windows.map((window) => window.nodes[nodeId]));
  const latency = latencyChart(
    "Latency",
    windows,
    stats.map((each) => each?.latency_ms),
    "How long one stay in this node takes: p50, p95 and p99.",
    whole?.latency_ms,
  );
  const errors = errorChart(
    spans,
    bySpan.map((all) => mergeCauses(all.map((each) => each?.errors ?? {}))),
    bySpan.map((all) => sumOf(all, (each) => each?.arrivals ?? 0)),
    "Failures in this node by cause.",
  );
  const charts = [latency, errors, nodeQueue(windows, stats), nodeRates(spans, bySpan)];
  charts.push(nodeConcurrency(spans, bySpan, stats), nodeEvents(spans, bySpan));
  return charts.filter((chart) => windows.length === 0 || chart.id === "rate" || isAlive(chart));
}

/** Beside the answers, when all the work of a request was done; only where that is later. */
function withJourney(latency: ChartData, windows: readonly Entries[]): ChartData {
  const done = windows.map(slowestJourney);
  const answered = windows.map(slowest);
  if (!done.some((journey, at) => (journey?.p99 ?? 0) > LATER * (answered[at]?.p99 ?? Number.POSITIVE_INFINITY))) {
    return latency;
  }
  const values = done.map((journey) => journey?.p99 ?? null);
  return {
    ...latency,
    lines: [...latency.lines, { key: "journey", label: "done p99", colour: "--series-6", values, width: 1 }],
  };
}

/** A percentile of nothing but errors is no latency to be proud of. */
function withoutGoodAnswer(latency: ChartData, whole: Entries): ChartData {
  const entries = Object.values(whole);
  const asked = entries.some((entry) => entry.caller_latency_ms.count > 0);
  if (!asked || entries.some((entry) => entry.completions > 0)) return latency;
  return { ...latency, overall: "no good answer" };
}

/** Whether anything but zero was ever seen. */
function isAlive(chart: ChartData): boolean {
  return chart.id === "errors" || chart.lines.some((line) => line.values.some((value) => value !== null && value > 0));
}
