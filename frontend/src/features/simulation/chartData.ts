/** From windows to charts, for the whole design or for one node. */
import type { NodeStats, RunWindow } from "@/api/results";
import type { ChartContext, ChartData } from "./chart";
import { entryErrors, errorChart, mergeCauses } from "./errorCharts";
import { entryRates, latencyChart, nodeEvents, nodeRates, slowest } from "./flowCharts";
import { concurrencyOfAll, costChart, nodeConcurrency, nodeQueue, queueChart } from "./levelCharts";
import { type Span, spansOf, sumOf } from "./spans";

/** All charts of a run, or of one node in it. */
export function chartsOf(windows: readonly RunWindow[], nodeId: string | null, context: ChartContext): ChartData[] {
  const spans = spansOf(windows, context.expectedWindows);
  if (nodeId !== null) return nodeCharts(windows, spans, nodeId, context.summary?.nodes[nodeId]);
  const latency = latencyChart(
    "Caller latency",
    windows,
    windows.map((window) => slowest(window.entry_points)),
    "How long callers wait: p50, p95 and p99.",
    context.summary ? slowest(context.summary.entry_points) : undefined,
  );
  return [
    latency,
    entryErrors(spans),
    queueChart(windows, context),
    entryRates(spans),
    concurrencyOfAll(windows, spans, context),
    costChart(windows),
  ];
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

/** Whether anything but zero was ever seen. */
function isAlive(chart: ChartData): boolean {
  return chart.id === "errors" || chart.lines.some((line) => line.values.some((value) => value !== null && value > 0));
}
