/** Why something failed, in words, and always in the same colour. */

const NAMES: Readonly<Record<string, string>> = {
  throttled: "Throttled",
  capacity_exceeded: "Capacity exceeded",
  slow_down: "Slowed down by S3",
  quota_exceeded: "Quota exceeded",
  function_error: "Function error",
  function_timeout: "Function timeout",
  dependency_error: "Dependency failed",
  bad_gateway: "502 Bad gateway",
  internal_error: "500 Internal error",
  integration_timeout: "504 Integration timeout",
  authorizer_error: "Authorizer failed",
  unauthorized: "401 Unauthorized",
  forbidden: "403 Forbidden",
  service_unavailable: "503 Service unavailable",
  client_timeout: "Client gave up",
  expired: "Message expired",
  dead_lettered: "To the dead-letter queue",
  event_age_exceeded: "Event too old",
  retries_exhausted: "Retries exhausted",
  recursion_stopped: "Recursion stopped",
  loop_cut: "Loop cut",
  bad_request: "400 Bad request",
};

/** Ends of work that no caller waits for: not among the errors that the entry points report. */
export const AFTER_HANDOVER: ReadonlySet<string> = new Set([
  "expired",
  "dead_lettered",
  "event_age_exceeded",
  "retries_exhausted",
  "recursion_stopped",
  "loop_cut",
]);

export function causeName(cause: string): string {
  const known = NAMES[cause];
  if (known) return known;
  const words = cause.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const FIXED: Readonly<Record<string, number>> = {
  function_error: 1,
  bad_gateway: 1,
  throttled: 2,
  function_timeout: 3,
  integration_timeout: 4,
  dead_lettered: 5,
};
const COLOURS = 6;

/** Tokens for causes that stand together in one chart: the usual one of each, another when it is taken. */
export function causeColours(causes: readonly string[]): Map<string, string> {
  const chosen = new Map<string, number>();
  const free = (wanted: number) => ![...chosen.values()].includes(wanted);
  for (const cause of causes) {
    const usual = FIXED[cause];
    const spare = [6, 5, 4, 3, 2, 1].find(free) ?? COLOURS;
    chosen.set(cause, usual !== undefined && free(usual) ? usual : spare);
  }
  return new Map([...chosen].map(([cause, number]) => [cause, `--cause-${number}`]));
}
