/** uPlot options for the charts of a run: one look, colours from the theme's tokens at each drawing. */
import uPlot from "uplot";
import type { Action } from "@/api/control";
import { FAULTS } from "@/api/scenario";
import { formatClock, formatCompact } from "@/format";
import type { ChartData, Line } from "./chart";

export const CURSOR_KEY = "run";
const FONT = '11px "Inter Variable", system-ui, sans-serif';
const LABEL_GAP = 12;
const LIMIT_SHOWN_UP_TO = 2.5;

/** The present value of a CSS custom property. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export interface PlotShape {
  readonly chart: ChartData;
  readonly log: boolean;
  /** Seconds that the time axis spans. */
  readonly durationS: number;
  readonly ghost: boolean;
  readonly actions: readonly Action[];
}

/** What must stay the same for a plot to be fed on instead of made anew. */
export function shapeKey({ chart, log, durationS, ghost }: PlotShape): string {
  const lines = chart.lines.map((line) => `${line.key}:${line.label}:${line.colour}`).join();
  return [chart.id, lines, log, durationS, ghost, chart.limit?.value ?? ""].join("|");
}

/** The lines as uPlot wants them; the ghost is the last and keeps its own moments. */
export function plotData(chart: ChartData, ghost: ChartData | null, log: boolean): uPlot.AlignedData {
  const positive = (values: readonly (number | null)[]) =>
    log ? values.map((value) => (value !== null && value > 0 ? value : null)) : [...values];
  const own: uPlot.AlignedData = [[...chart.xs], ...chart.lines.map((line) => positive(line.values))];
  if (!ghost) return own;
  const main = ghost.lines.find((line) => line.key === chart.main) ?? ghost.lines.at(-1);
  return uPlot.join([own, [[...ghost.xs], positive(main?.values ?? [])]]);
}

/** Highest value that the axis has to show; the limit counts when it is not far above the data. */
export function topOf(highest: number, limit: number | undefined): number {
  const top = highest > 0 ? highest : 1;
  return (limit !== undefined && limit <= top * LIMIT_SHOWN_UP_TO ? Math.max(top, limit) : top) * 1.08;
}

export function plotOptions(
  latest: () => PlotShape,
  size: { width: number; height: number },
  onCursor: (plot: uPlot) => void,
): uPlot.Options {
  const { chart, log, durationS, ghost } = latest();
  const labelled = chart.lines.length > 1 && !chart.stacked;
  return {
    ...size,
    padding: [6, labelled ? 56 : 28, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: false, y: false },
      sync: { key: CURSOR_KEY, scales: ["x", null] },
      points: { size: 7, width: 1.5, stroke: () => token("--surface") },
    },
    scales: {
      x: { time: false, range: () => [0, durationS] },
      y: log
        ? { distr: 3, range: logRange }
        : { range: (_plot, _low, high) => [0, topOf(high ?? 0, latest().chart.limit?.value)] },
    },
    axes: [timeAxis(durationS), valueAxis(latest, log)],
    series: [
      {},
      ...chart.lines.map((line) => lineSeries(line, chart.stacked ? "59" : "2e")),
      ...(ghost ? [ghostSeries()] : []),
    ],
    bands: chart.stacked ? chart.lines.slice(1).map((line, at) => band(line, at + 2)) : [],
    hooks: {
      drawAxes: [(plot) => drawMarks(plot, latest().actions), (plot) => drawLimit(plot, latest().chart)],
      draw: labelled ? [(plot) => drawLabels(plot, latest().chart)] : [],
      setCursor: [onCursor],
    },
  };
}

/** Faults as red stretches from when they came to when they went, changes of the load as thin lines. */
function drawMarks(plot: uPlot, actions: readonly Action[]): void {
  const { ctx, bbox } = plot;
  const end = Math.min(plot.data[0].at(-1) ?? 0, plot.scales.x?.max ?? 0);
  const at = (second: number) => plot.valToPos(Math.min(second, end), "x", true);
  ctx.save();
  ctx.fillStyle = `${token("--error")}1f`;
  for (const [from, to] of faultStretches(actions, end)) {
    ctx.fillRect(at(from), bbox.top, Math.max(2, at(to) - at(from)), bbox.height);
  }
  ctx.fillStyle = token("--accent");
  for (const action of actions) {
    if (action.kind === "load") ctx.fillRect(at(action.at_s), bbox.top, devicePixelRatio, bbox.height);
  }
  ctx.restore();
}

/** When each fault came and went; one that has not gone lasts to the end. */
export function faultStretches(actions: readonly Action[], end: number): [from: number, to: number][] {
  return actions.flatMap((action, position) => {
    if (action.kind !== "inject" || !action.fault) return [];
    if (FAULTS[action.fault.kind].atOnce) return [[action.at_s, action.at_s] as [number, number]];
    const lifted = actions.slice(position + 1).find((later) => later.id === action.id);
    return [[action.at_s, lifted?.at_s ?? end] as [number, number]];
  });
}

function logRange(_plot: uPlot, low: number | null, high: number | null): [number, number] {
  const least = low && low > 0 ? low : 1;
  const most = high && high > least ? high : least * 10;
  return [10 ** Math.floor(Math.log10(least)), 10 ** Math.ceil(Math.log10(most) + 0.05)];
}

function timeAxis(durationS: number): uPlot.Axis {
  return {
    font: FONT,
    stroke: () => token("--chart-axis"),
    size: 20,
    gap: 4,
    grid: { show: false },
    ticks: { show: false },
    splits: (plot) => timeSplits(durationS, plot.width),
    values: (_plot, splits) => splits.map(formatClock),
  };
}

const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200];

/** Round moments, as many as there is room for. */
export function timeSplits(durationS: number, width: number): number[] {
  const most = Math.max(2, Math.floor(width / 80));
  const step = STEPS_S.find((each) => durationS / each <= most) ?? 86_400;
  const splits: number[] = [];
  for (let second = 0; second <= durationS + 1e-9; second += step) splits.push(second);
  return splits;
}

function valueAxis(latest: () => PlotShape, log: boolean): uPlot.Axis {
  return {
    font: FONT,
    stroke: () => token("--chart-axis"),
    size: 46,
    gap: 6,
    space: 26,
    grid: { stroke: () => token("--chart-grid"), width: 1 },
    ticks: { show: false },
    ...(log
      ? {
          filter: (_plot: uPlot, splits: number[]) =>
            splits.map((value) => (isPowerOfTen(value) ? value : null)) as number[],
        }
      : {}),
    values: (_plot, splits) =>
      splits.map((value) => (value === null ? "" : value === 0 ? "0" : axisText(latest().chart.format, value))),
  };
}

/** Beside an axis there is room for few characters: `200k` instead of `200,000`. */
export function axisText(format: (value: number) => string, value: number): string {
  const text = format(value);
  return /^\d{2,3}(,\d{3})+$/.test(text) ? formatCompact(value) : text;
}

function isPowerOfTen(value: number): boolean {
  const exponent = Math.log10(value);
  return Math.abs(exponent - Math.round(exponent)) < 1e-9;
}

/** `opacity` of the area below the line: two hexadecimal digits. */
function lineSeries(line: Line, opacity: string): uPlot.Series {
  const stroke = () => token(line.colour);
  return {
    label: line.label,
    stroke,
    width: line.width ?? 1.5,
    spanGaps: true,
    points: { show: showsLonePoint },
    ...(line.filled ? { fill: () => `${token(line.colour)}${opacity}` } : {}),
  };
}

/** A line of one window has no length: show it as a dot. */
function showsLonePoint(plot: uPlot): boolean {
  return plot.data[0].length === 1;
}

function ghostSeries(): uPlot.Series {
  return {
    label: "compared",
    stroke: () => token("--text-tertiary"),
    width: 1,
    dash: [3, 3],
    spanGaps: true,
    points: { show: false },
  };
}

/** The area between a layer of the stack and the one below it. */
function band(line: Line, series: number): uPlot.Band {
  return { series: [series, series - 1], fill: () => `${token(line.colour)}59` };
}

function drawLimit(plot: uPlot, chart: ChartData): void {
  const { limit } = chart;
  const top = plot.scales.y?.max;
  if (!limit || top === undefined || top === null || limit.value > top) return;
  const { ctx, bbox } = plot;
  const y = plot.valToPos(limit.value, "y", true);
  ctx.save();
  ctx.strokeStyle = token("--error");
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([5 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.fillStyle = token("--error-text");
  ctx.font = scaledFont();
  ctx.textAlign = "right";
  ctx.textBaseline = y - bbox.top > 16 * devicePixelRatio ? "bottom" : "top";
  ctx.fillText(limit.label, bbox.left + bbox.width, y + (ctx.textBaseline === "bottom" ? -3 : 3) * devicePixelRatio);
  ctx.restore();
}

function scaledFont(): string {
  return FONT.replace("11px", `${11 * devicePixelRatio}px`);
}

/** Names at the ends of the lines, moved apart where they would cover each other. */
function drawLabels(plot: uPlot, chart: ChartData): void {
  const { ctx, bbox } = plot;
  const ends = chart.lines.flatMap((line) => {
    const at = line.values.findLastIndex((value) => value !== null);
    const value = line.values[at];
    const x = chart.xs[at];
    if (value === null || value === undefined || x === undefined || line.label === "") return [];
    return [{ line, x: plot.valToPos(x, "x", true), y: plot.valToPos(value, "y", true) }];
  });
  const ys = spread(
    ends.map((end) => end.y),
    LABEL_GAP * devicePixelRatio,
    bbox.top + 4 * devicePixelRatio,
    bbox.top + bbox.height - 4 * devicePixelRatio,
  );
  ctx.save();
  ctx.font = scaledFont();
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  // The strengths of one hue are told apart by their order; as text the weak ones could not be read.
  const isLatency = chart.id === "latency";
  ends.forEach((end, at) => {
    ctx.fillStyle = token(isLatency ? "--text-secondary" : end.line.colour);
    const x = end.x + 5 * devicePixelRatio;
    ctx.fillText(fitted(ctx, end.line.label, plot.ctx.canvas.width - x), x, ys[at] ?? end.y);
  });
  ctx.restore();
}

/** The label, cut where it would leave the picture. */
function fitted(ctx: CanvasRenderingContext2D, label: string, room: number): string {
  let text = label;
  while (text.length > 1 && ctx.measureText(text).width > room) {
    text = `${text.replace(/…$/, "").slice(0, -1)}…`;
  }
  return text;
}

/** The heights moved as little as keeps them `gap` apart, in their order, between `top` and `bottom`. */
export function spread(heights: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = heights.map((_, at) => at).sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0) || b - a);
  const placed = [...heights];
  let next = top;
  for (const at of order) {
    placed[at] = Math.max(placed[at] ?? 0, next);
    next = (placed[at] ?? 0) + gap;
  }
  let last = bottom;
  for (const at of order.toReversed()) {
    placed[at] = Math.min(placed[at] ?? 0, last);
    last = (placed[at] ?? 0) - gap;
  }
  return placed;
}
