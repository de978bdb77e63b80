import "uplot/dist/uPlot.min.css";
import { type KeyboardEvent, memo, useEffect, useLayoutEffect, useRef, useState } from "react";
import uPlot from "uplot";
import type { Action } from "@/api/control";
import { formatClock } from "@/format";
import { useRuns } from "@/state/runStore";
import { type ChartData, positionAt } from "./chart";
import { CURSOR_KEY, type PlotShape, plotData, plotOptions, shapeKey } from "./plot";
import styles from "./TimeChart.module.css";

interface TimeChartProps {
  chart: ChartData;
  ghost: ChartData | null;
  durationS: number;
  /** What took place in the run: faults and changes of the load, marked on the time axis. */
  actions: readonly Action[];
}

/** One chart of a run: title, the number at the pointer or of now, and the plot, with the pointer's time shared by all. */
export const TimeChart = memo(function TimeChart({ chart, ghost, durationS, actions }: TimeChartProps) {
  const [log, setLog] = useState(false);
  const isEmpty = chart.xs.length === 0;
  return (
    <figure className={styles.chart} data-testid={`chart-${chart.id}`}>
      <figcaption className={styles.head}>
        <span className={styles.title} title={chart.title}>
          {chart.title}
        </span>
        {chart.canBeLog && !isEmpty && (
          <button
            type="button"
            className={styles.toggle}
            aria-pressed={log}
            title="Logarithmic axis"
            onClick={() => setLog((was) => !was)}
          >
            log
          </button>
        )}
        <Headline chart={chart} />
      </figcaption>
      {isEmpty ? (
        <p className={styles.promise}>{chart.promise}</p>
      ) : (
        <Plot chart={chart} ghost={ghost} durationS={durationS} actions={actions} log={log} />
      )}
      {chart.stacked && !isEmpty && <Causes chart={chart} />}
    </figure>
  );
});

function useShownPosition(chart: ChartData): number {
  return useRuns(({ cursorS }) => (cursorS === null ? chart.xs.length - 1 : positionAt(chart.xs, cursorS)));
}

function Headline({ chart }: { chart: ChartData }) {
  const at = useShownPosition(chart);
  const whole = useRuns((state) => state.cursorS === null && state.summary !== null);
  const text = whole && chart.overall !== undefined ? chart.overall : at < 0 ? "–" : chart.headline(at);
  return <strong className={styles.headline}>{text}</strong>;
}

/** The layers of a stacked chart by name, each with its value; they are too thin to be named in place. */
function Causes({ chart }: { chart: ChartData }) {
  const at = useShownPosition(chart);
  if (chart.lines.length === 0) return <p className={styles.none}>No errors so far.</p>;
  return (
    <ul className={styles.causes}>
      {chart.lines.map((line, layer) => {
        const below = layer === 0 ? 0 : (chart.lines[layer - 1]?.values[at] ?? 0);
        return (
          <li key={line.key}>
            <i style={{ background: `var(${line.colour})` }} />
            {line.label}
            <b>{chart.format((line.values[at] ?? 0) - below)}</b>
          </li>
        );
      })}
    </ul>
  );
}

interface PlotProps extends TimeChartProps {
  log: boolean;
}

function Plot({ chart, ghost, durationS, actions, log }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const shape: PlotShape = { chart, log, durationS, ghost: ghost !== null, actions };
  const latest = useRef({ shape, ghost });
  latest.current = { shape, ghost };
  const key = shapeKey(shape);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a plot is made anew only when its shape changes
  useLayoutEffect(() => {
    const place = box.current;
    if (!place) return;
    const size = { width: place.clientWidth || 260, height: place.clientHeight || 110 };
    const options = plotOptions(() => latest.current.shape, size, shareCursor);
    const made = new uPlot(options, plotData(chart, ghost, log), place);
    plot.current = made;
    const observer = new ResizeObserver(() => {
      if (place.clientWidth > 0) made.setSize({ width: place.clientWidth, height: place.clientHeight });
    });
    observer.observe(place);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [key]);

  useEffect(() => plot.current?.setData(plotData(chart, ghost, log)), [chart, ghost, log]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the marks are read when the plot is drawn
  useEffect(() => plot.current?.redraw(false), [actions]);
  useEffect(() => onThemeChange(() => plot.current?.redraw(false)), []);

  return (
    <div
      ref={box}
      className={styles.plot}
      role="slider"
      tabIndex={0}
      aria-label={`${chart.title}, moment shown`}
      aria-valuemin={0}
      aria-valuemax={durationS}
      aria-valuenow={chart.xs.at(-1) ?? 0}
      aria-valuetext={`${chart.headline(chart.xs.length - 1)} at ${formatClock(chart.xs.at(-1))}`}
      onKeyDown={(event) => moveCursor(event, plot.current)}
      onBlur={() => placeCursors(null)}
    />
  );
}

function shareCursor(plot: uPlot): void {
  const at = plot.cursor.idx;
  const cursorS = at === null || at === undefined || (plot.cursor.left ?? -1) < 0 ? null : (plot.data[0][at] ?? null);
  if (useRuns.getState().cursorS !== cursorS) useRuns.setState({ cursorS });
}

/** Arrow keys walk through the windows (Shift: ten at a time); Escape goes back to the present. */
function moveCursor(event: KeyboardEvent, plot: uPlot | null): void {
  if (!plot) return;
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step === undefined && event.key !== "Escape") return;
  event.preventDefault();
  event.stopPropagation();
  if (step === undefined) {
    placeCursors(null);
    return;
  }
  const xs = plot.data[0];
  const { cursorS } = useRuns.getState();
  const from = cursorS === null ? xs.length - 1 : positionAt([...xs], cursorS);
  const to = Math.max(0, Math.min(xs.length - 1, from + step * (event.shiftKey ? 10 : 1)));
  placeCursors(xs[to] ?? null);
}

function placeCursors(second: number | null): void {
  for (const plot of uPlot.sync(CURSOR_KEY).plots) {
    plot.setCursor({ left: second === null ? -10 : plot.valToPos(second, "x"), top: 10 });
  }
  useRuns.setState({ cursorS: second });
}

const themeListeners = new Set<() => void>();
let themeObserver: MutationObserver | null = null;

function onThemeChange(listener: () => void): () => void {
  themeListeners.add(listener);
  if (!themeObserver) {
    themeObserver = new MutationObserver(() => {
      for (const each of themeListeners) each();
    });
    themeObserver.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  }
  return () => themeListeners.delete(listener);
}
