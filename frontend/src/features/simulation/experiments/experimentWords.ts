/** Experiments in words and figures: what was asked, what a point stands for, what values to try. */
import type { Behind, Estimate, Experiment, ExperimentKind, ExperimentStatus, Point } from "@/api/experiments";
import { formatCompact, formatMilliseconds, formatMoney, formatPercent, formatRate } from "@/format";
import type { Parameter } from "@/state/catalog";
import type { Value } from "@/state/graph";
import { showValue } from "@/state/headline";

export const KINDS: readonly { readonly id: ExperimentKind; readonly label: string; readonly explanation: string }[] = [
  {
    id: "breaking_point",
    label: "Find the breaking point",
    explanation: "Raises the load until the objective no longer holds, and closes in on that load.",
  },
  {
    id: "right_size",
    label: "Right-size a setting",
    explanation: "Tries values of one setting and takes the cheapest that meets the objective.",
  },
  {
    id: "sweep",
    label: "Sweep a setting",
    explanation: "Runs the design with each of several values of one setting.",
  },
  {
    id: "period",
    label: "Estimate a long period",
    explanation: "Simulates short samples of the scenario's whole length, up to 30 days, and states the error.",
  },
  {
    id: "replications",
    label: "Repeat the run",
    explanation: "Runs the same thing with different seeds, to tell how far its figures can be trusted.",
  },
  {
    id: "compare",
    label: "Compare two designs",
    explanation: "Runs this design and another one under the same arrivals.",
  },
];

export const kindLabel = (kind: ExperimentKind): string => KINDS.find((each) => each.id === kind)?.label ?? kind;

export const STATUS_WORDS: Readonly<Record<ExperimentStatus, string>> = {
  running: "Running",
  finished: "Finished",
  cancelled: "Stopped",
  failed: "Failed",
};

/** `3 of 12 runs`; a search does not know yet how many it needs. */
export function progressText(experiment: Experiment): string {
  const { trials_done: done, trials_known: known } = experiment;
  if (experiment.status !== "running") return `${done} ${done === 1 ? "run" : "runs"}`;
  return experiment.question.kind === "breaking_point" ? `run ${done + 1}` : `${done} of ${known} runs`;
}

/** What a point stands for: `512 MB`, `2.4 × load`, the name of a design. */
export function pointLabel(experiment: Experiment, point: Point, parameter: Parameter | undefined): string {
  switch (experiment.question.kind) {
    case "breaking_point":
      return `${Number(point.load_factor.toPrecision(3))} × load`;
    case "compare":
      return experiment.labels[point.design] ?? `Design ${point.design + 1}`;
    case "sweep":
    case "right_size": {
      const value = point.settings[0]?.value as Value;
      return parameter ? showValue(parameter, value) : String(value);
    }
    case "period":
      return "The whole period";
    case "replications":
      return "All runs";
  }
}

/** Requests per second at all entry points together. */
export function requestRate(point: Point): number {
  const requests = Object.values(point.entry_points).reduce((sum, entry) => sum + entry.requests, 0);
  return point.seconds > 0 ? requests / point.seconds : 0;
}

/** `120 ms`, with its 95 % interval behind it when there is one. */
export function estimateText(estimate: Estimate, format: (value: number) => string = formatMilliseconds): string {
  if (estimate.low === null || estimate.high === null) return format(estimate.mean);
  const half = (estimate.high - estimate.low) / 2;
  return half < Math.abs(estimate.mean) / 1000 ? format(estimate.mean) : `${format(estimate.mean)} ± ${format(half)}`;
}

/** Low, expected and high bill of a month; null where one run alone tells nothing of the spread. */
export interface MonthlyRange {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
  /** How the three were worked out. */
  readonly explanation: string;
}

/** The bill of a month from several runs or samples: its mean, with the 95 % interval as low and high. */
export function monthlyRange(experiment: Experiment, point: Point): MonthlyRange | null {
  const cost = point.monthly_usd;
  if (!cost || cost.low === null || cost.high === null) return null;
  const isPeriod = experiment.question.kind === "period";
  const parts = `${point.replications} ${isPeriod ? "samples of the period" : "runs"}`;
  const spread = isPeriod
    ? "half-samples of them"
    : `their spread, ${formatMoney(cost.least)} to ${formatMoney(cost.greatest)}`;
  return {
    low: Math.max(cost.low, 0),
    expected: cost.mean,
    high: cost.high,
    explanation:
      `Expected is the mean of ${parts}; low and high are its 95 % interval from ${spread}. ` +
      "A month is 730 hours at the mean rate, with price tiers and without free tiers.",
  };
}

/** What the ± of the table means. */
export function intervalNote(experiment: Experiment, points: readonly Point[]): string {
  const runs = Math.max(...points.map((point) => point.replications), 0);
  if (experiment.question.kind === "period") {
    return `± is the 95 % interval from half-samples of ${runs} samples. Latencies are until the answer, errors included.`;
  }
  if (runs < 2) return "One run for each line: nothing is known of the spread. Latencies are until the answer.";
  return `± is Student's 95 % interval over ${runs} runs. Latencies are until the answer, errors included.`;
}

/** What does not keep up with the load, and what that means for the figures. */
export function behindText(experiment: Experiment, behind: Behind, label: string): string {
  const grows = `${label} falls behind by ${formatRate(behind.per_s)}`;
  if (experiment.question.kind !== "period") {
    const often = behind.share >= 0.9995 ? "in every run" : `in ${formatPercent(behind.share)} of the runs`;
    return `Not stable: ${grows} ${often}. A longer run would wait longer.`;
  }
  const many = formatCompact(behind.total);
  if (behind.share >= 0.9995) return `Not stable: ${grows} all the time. After the period ${many} would wait.`;
  return (
    `Not stable: ${grows} in ${formatPercent(behind.share)} of the period, ${many} in all. ` +
    "What is carried over into quieter hours is not in the figures: waits are longer than these."
  );
}

/** Errors of all entry points as a share of their requests. */
export function errorText(point: Point): string {
  const entries = Object.values(point.entry_points);
  const requests = entries.reduce((sum, entry) => sum + entry.requests, 0);
  const errors = entries.reduce((sum, entry) => sum + entry.errors, 0);
  return formatPercent(requests === 0 ? 0 : errors / requests);
}

const STEPS = [0.25, 0.5, 1, 2, 4];

/** Values worth trying: every choice, or the present number with halves and doubles inside the limits. */
export function suggestedValues(parameter: Parameter, present: Value): string {
  if (parameter.kind === "choice") return parameter.choices.map((choice) => choice.value).join(", ");
  if (parameter.kind === "boolean") return "false, true";
  const middle = typeof present === "number" && present > 0 ? present : Math.max(1, parameter.minimum ?? 1);
  const values = STEPS.map((step) => clamped(parameter, middle * step));
  return [...new Set(values)].join(", ");
}

function clamped(parameter: Parameter, value: number): number {
  const inside = Math.min(parameter.maximum ?? value, Math.max(parameter.minimum ?? value, value));
  return parameter.kind === "integer" ? Math.round(inside) : Number(inside.toPrecision(3));
}

export type ReadValues = { readonly values: (number | string | boolean)[] } | { readonly problem: string };

/** Reads `128, 256, 512` as values of the parameter. */
export function readValues(parameter: Parameter, text: string): ReadValues {
  const parts = text.split(",").map((part) => part.trim());
  const given = parts.filter((part) => part !== "");
  if (given.length < 2) return { problem: "Give two values or more, with commas between." };
  if (given.length > 40) return { problem: "Forty values are the most." };
  const values: (number | string | boolean)[] = [];
  for (const part of given) {
    const value = readValue(parameter, part);
    if (value === null) return { problem: `${part} is no value of ${parameter.label.toLowerCase()}.` };
    values.push(value);
  }
  return { values };
}

function readValue(parameter: Parameter, text: string): number | string | boolean | null {
  if (parameter.kind === "boolean") return text === "true" ? true : text === "false" ? false : null;
  if (parameter.kind === "choice") return parameter.choices.some((choice) => choice.value === text) ? text : null;
  if (parameter.kind !== "integer" && parameter.kind !== "number") return text;
  const value = Number(text);
  const isGood = Number.isFinite(value) && (parameter.kind === "number" || Number.isInteger(value));
  const isInside = value >= (parameter.minimum ?? value) && value <= (parameter.maximum ?? value);
  return isGood && isInside ? value : null;
}
