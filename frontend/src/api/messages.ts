/**
 * The JSON messages of the two event sockets, and a check of each as it comes in.
 * `tests/fixtures/messages.json` holds an example of every one; the server's tests read it too.
 */
import type { RunSummary, RunWindow, Trace } from "./results";
import type { Run } from "./runs";

/** A message of `/ws/runs/<id>/`. */
export type RunMessage =
  | { type: "status"; run: Run }
  | { type: "windows"; windows: RunWindow[] }
  | { type: "traces"; traces: Trace[] }
  | { type: "summary"; summary: RunSummary }
  | { type: "refused"; error: string; path: string };

type Check = (value: unknown) => boolean;
type Fields = Readonly<Record<string, Check>>;

const isText: Check = (value) => typeof value === "string";
const isNumber: Check = (value) => typeof value === "number" && Number.isFinite(value);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const recordOf =
  (check: Check): Check =>
  (value) =>
    isRecord(value) && Object.values(value).every(check);
const withFields =
  (fields: Fields): Check =>
  (value) =>
    isRecord(value) && Object.entries(fields).every(([key, check]) => check(value[key]));
const numbers = (...keys: string[]): Fields => Object.fromEntries(keys.map((key) => [key, isNumber]));

const isLatency = withFields(numbers("count", "mean", "p50", "p95", "p99", "max"));
const isNodeStats = withFields({
  ...numbers("arrivals", "completions", "throttles", "cold_starts", "retries", "concurrency", "concurrency_max"),
  ...numbers("queue_depth", "in_flight", "oldest_age_s"),
  errors: recordOf(isNumber),
  utilisation: orNull(isNumber),
  latency_ms: isLatency,
});
const isEntryStats = withFields({
  ...numbers("requests", "completions"),
  errors: recordOf(isNumber),
  caller_latency_ms: isLatency,
  journey_ms: isLatency,
});
const PARTS: Fields = {
  nodes: recordOf(isNodeStats),
  edges: recordOf(withFields(numbers("calls", "errors"))),
  entry_points: recordOf(isEntryStats),
};
const isWindow = withFields({ ...numbers("index", "start_s", "end_s", "cost_usd"), ...PARTS });
const isCostLine = withFields({
  ...numbers("quantity", "unit_price_usd", "amount_usd", "monthly_quantity", "monthly_usd"),
  ...Object.fromEntries(["node", "service", "item", "unit", "source", "as_of"].map((key) => [key, isText])),
});
const isSummary = withFields({
  ...PARTS,
  format: (value) => value === "windtunnel-result",
  duration_s: isNumber,
  status: isText,
  cost: withFields({
    lines: listOf(isCostLine),
    excluded: listOf(isText),
    ...numbers("total_usd", "monthly_usd"),
  }),
  remarks: listOf(withFields({ kind: isText, text: isText })),
});
const STATUSES: readonly unknown[] = ["queued", "running", "finished", "cancelled", "failed", "interrupted"];
const isAction = withFields({ at_s: isNumber, kind: isText });
const isControl = withFields({
  pace: orNull(isNumber),
  load: isNumber,
  faults: listOf(withFields({ id: isText, fault: isRecord })),
  actions: listOf(isAction),
});
const isRun = withFields({
  ...Object.fromEntries(["id", "design", "created_at", "error"].map((key) => [key, isText])),
  ...numbers("number", "progress", "seed"),
  status: (value) => STATUSES.includes(value),
  scenario: isRecord,
  started_at: orNull(isText),
  finished_at: orNull(isText),
  created_by: orNull(withFields({ name: isText })),
  control: isControl,
});
const EXPERIMENT_STATUSES: readonly unknown[] = ["running", "finished", "cancelled", "failed"];
const isExperiment = withFields({
  ...Object.fromEntries(["id", "design", "created_at", "error"].map((key) => [key, isText])),
  ...numbers("number", "seed", "trials_done", "trials_known"),
  status: (value) => EXPERIMENT_STATUSES.includes(value),
  question: isRecord,
  scenario: isRecord,
  labels: listOf(isText),
  finished_at: orNull(isText),
  created_by: orNull(withFields({ name: isText })),
  answer: orNull(isRecord),
});
const isFinding = withFields({
  ...Object.fromEntries(["id", "rule_id", "severity", "title", "message", "why"].map((key) => [key, isText])),
  subject: withFields({ kind: isText, id: isText }),
  source: withFields({ title: isText }),
  fixes: listOf(withFields({ label: isText, operations: listOf(isRecord) })),
});
const isTrace = withFields({
  ...numbers("id", "start_s", "caller_ms", "journey_ms"),
  entry: isText,
  status: isText,
  spans: listOf(withFields({ node: isText, kind: isText, status: isText, ...numbers("start_ms", "end_ms", "depth") })),
});

const RUN_MESSAGES: Readonly<Record<string, Check>> = {
  status: withFields({ run: isRun }),
  windows: withFields({ windows: listOf(isWindow) }),
  traces: withFields({ traces: listOf(isTrace) }),
  summary: withFields({ summary: isSummary }),
  refused: withFields({ error: isText, path: isText }),
};
const EVENT_MESSAGES: Readonly<Record<string, Check>> = {
  findings: withFields({ findings: listOf(isFinding), revision: isNumber }),
  notice: withFields({ id: isText, text: isText, subject: withFields({ kind: isText, id: isText }) }),
  run: withFields({ run: isRun }),
  experiment: withFields({ experiment: isExperiment }),
};

function checked(value: unknown, checks: Readonly<Record<string, Check>>): boolean {
  const known =
    isRecord(value) && typeof value.type === "string" && Object.hasOwn(checks, value.type)
      ? checks[value.type]
      : undefined;
  return known?.(value) ?? false;
}

/** The value as a message of a run's socket; null when it is none, or of a kind that this page does not know. */
export function readRunMessage(value: unknown): RunMessage | null {
  return checked(value, RUN_MESSAGES) ? (value as RunMessage) : null;
}

/** Whether the value is a well-formed message of a design's events socket. */
export function isEventMessage(value: unknown): boolean {
  return checked(value, EVENT_MESSAGES);
}

/** The run of a `run` event, or null when it is not one. */
export function readRun(value: unknown): Run | null {
  return isRun(value) ? (value as Run) : null;
}
