/** What a chart of a run consists of. */
import type { RunSummary } from "@/api/results";

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
  /** What stands in the corner for the moment at this position. */
  readonly headline: (at: number) => string;
  /** What stands there for the whole run, once it has ended. */
  readonly overall?: string | undefined;
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
  /** Windows that the run will have in all. */
  readonly expectedWindows: number;
  readonly summary: RunSummary | null;
  /** The entry point whose latency is shown; of the slowest, window by window, where none is chosen. */
  readonly entry: string | null;
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
