/** Windows taken a few at a time, so that a line over many of them can be read. */
import type { EntryStats, NodeStats, RunWindow } from "@/api/results";

/** A few windows in a row: what counts are added up over, so that a line of many windows can be read. */
export interface Span {
  readonly windows: readonly RunWindow[];
  readonly startS: number;
  readonly endS: number;
}

const MOST_SPANS = 120;

export function spansOf(windows: readonly RunWindow[], expected: number): Span[] {
  const size = Math.max(1, Math.ceil(Math.max(expected, windows.length) / MOST_SPANS));
  const groups = new Map<number, RunWindow[]>();
  for (const window of windows) {
    const key = Math.floor(window.index / size);
    const group = groups.get(key);
    if (group) group.push(window);
    else groups.set(key, [window]);
  }
  return [...groups.values()].map((group) => ({
    windows: group,
    startS: group[0]?.start_s ?? 0,
    endS: group.at(-1)?.end_s ?? 0,
  }));
}

export const endsOf = (spans: readonly Span[]): number[] => spans.map((span) => span.endS);
export const windowEnds = (windows: readonly RunWindow[]): number[] => windows.map((window) => window.end_s);

export type SpanStats = readonly (readonly (NodeStats | undefined)[])[];

export const entriesOf = (span: Span): EntryStats[] =>
  span.windows.flatMap((window) => Object.values(window.entry_points));

export function perSecond(spans: readonly Span[], counts: readonly number[]): number[] {
  return spans.map((span, at) => (counts[at] ?? 0) / Math.max(1e-9, span.endS - span.startS));
}

/** Time average over each span. */
export function meanOver(spans: readonly Span[], value: (window: RunWindow) => number): number[] {
  return spans.map((span) => {
    const length = Math.max(1e-9, span.endS - span.startS);
    return sumOf(span.windows, (window) => value(window) * (window.end_s - window.start_s)) / length;
  });
}

export function sumOf<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}

export const highestOf = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, value), 0);
