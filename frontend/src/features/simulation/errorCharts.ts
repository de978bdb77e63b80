/** Errors by cause, stacked. */
import type { Causes } from "@/api/results";
import { formatPercent, formatRate } from "@/format";
import { total } from "@/state/loads";
import { AFTER_HANDOVER, causeColours, causeName } from "./causes";
import type { ChartData, Line } from "./chart";
import { endsOf, entriesOf, perSecond, type Span, sumOf } from "./spans";

const MOST_CAUSES = 5;

export function entryErrors(spans: readonly Span[]): ChartData {
  const errors = spans.map((span) =>
    mergeCauses(
      span.windows.flatMap((window) => [
        ...Object.values(window.entry_points).map((entry) => entry.errors),
        ...Object.values(window.nodes).map((node) => onlyAfterHandover(node.errors)),
      ]),
    ),
  );
  const requests = spans.map((span) => sumOf(entriesOf(span), (entry) => entry.requests));
  return errorChart(spans, errors, requests, "What callers see fail, and messages that are lost, by cause.");
}

export function errorChart(
  spans: readonly Span[],
  errors: readonly Causes[],
  attempts: readonly number[],
  promise: string,
): ChartData {
  const share = (failed: number, of: number) => (failed === 0 ? 0 : failed / Math.max(failed, of));
  const failures = errors.map(total);
  return {
    id: "errors",
    title: "Errors by cause",
    xs: endsOf(spans),
    lines: stack(spans, errors),
    stacked: true,
    format: formatRate,
    headline: (at) => formatPercent(share(failures[at] ?? 0, attempts[at] ?? 0)),
    overall: formatPercent(share(sumOf(failures, Number), sumOf(attempts, Number))),
    promise,
    main: "total",
  };
}

/** The causes as layers, the most frequent at the bottom; each line is the sum of itself and what is below. */
function stack(spans: readonly Span[], errors: readonly Causes[]): Line[] {
  const totals: Record<string, number> = {};
  for (const causes of errors) addTo(totals, causes);
  const order = Object.keys(totals)
    .filter((cause) => (totals[cause] ?? 0) > 0)
    .sort((a, b) => (totals[b] ?? 0) - (totals[a] ?? 0) || (a < b ? -1 : 1));
  const named = order.slice(0, MOST_CAUSES);
  const others = order.slice(MOST_CAUSES);
  const colours = causeColours(named);
  const base: number[] = spans.map(() => 0);
  const layer = (key: string, label: string, colour: string, causes: readonly string[]): Line => {
    const counts = errors.map((each) => sumOf(causes, (cause) => each[cause] ?? 0));
    perSecond(spans, counts).forEach((rate, at) => {
      base[at] = (base[at] ?? 0) + rate;
    });
    return { key, label, colour, values: [...base], width: 1, filled: true };
  };
  const lines = named.map((cause) => layer(cause, causeName(cause), colours.get(cause) ?? "--cause-6", [cause]));
  if (others.length > 0) lines.push(layer("other", `${others.length} other causes`, "--cause-6", others));
  return lines;
}

export function mergeCauses(all: readonly Causes[]): Causes {
  const sums: Record<string, number> = {};
  for (const causes of all) addTo(sums, causes);
  return sums;
}

function onlyAfterHandover(causes: Causes): Causes {
  return Object.fromEntries(Object.entries(causes).filter(([cause]) => AFTER_HANDOVER.has(cause)));
}

function addTo(sums: Record<string, number>, causes: Causes): void {
  for (const [cause, count] of Object.entries(causes)) sums[cause] = (sums[cause] ?? 0) + count;
}
