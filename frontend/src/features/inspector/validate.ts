import { formatQuantity } from "@/format";
import type { Parameter } from "@/state/catalog";
import type { Value } from "@/state/graph";

/** `1 to 10,240 MB`, `at least 0 s`, or nothing when a parameter has no limits. */
export function limitsText(parameter: Parameter): string {
  const { minimum, maximum, unit } = parameter;
  if (minimum !== null && maximum !== null) return `${formatQuantity(minimum, "")} to ${formatQuantity(maximum, unit)}`;
  if (minimum !== null) return `at least ${formatQuantity(minimum, unit)}`;
  return maximum !== null ? `at most ${formatQuantity(maximum, unit)}` : "";
}

/** What is wrong with a value, naming the limits and what AWS does beyond them; null when nothing is. */
export function problemOf(parameter: Parameter, value: Value): string | null {
  if (value === null) return null;
  const { kind, label, minimum, maximum, beyond } = parameter;
  if (kind === "integer" || kind === "number") {
    if (typeof value !== "number" || !Number.isFinite(value)) return `${label} must be a number.`;
    if (kind === "integer" && !Number.isInteger(value)) return `${label} must be a whole number.`;
    const outside = (minimum !== null && value < minimum) || (maximum !== null && value > maximum);
    return outside ? `${label} must be ${limitsText(parameter)}.${beyond ? ` ${beyond}` : ""}` : null;
  }
  if (kind === "choice") {
    return parameter.choices.some((choice) => choice.value === value) ? null : `“${value}” is not one of the choices.`;
  }
  if (kind === "json" && typeof value === "string" && value.trim() !== "") return jsonProblem(value);
  return null;
}

function jsonProblem(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return `This is not JSON: ${error instanceof Error ? error.message : "it cannot be read"}.`;
  }
}

/** The next value for an arrow key: whole steps, tenths below one, ten times as far with Shift. */
export function stepped(parameter: Parameter, value: number, direction: 1 | -1, far: boolean): number {
  const base = parameter.kind === "integer" || Math.abs(value) >= 1 ? 1 : 0.1;
  const next = Number((value + direction * base * (far ? 10 : 1)).toPrecision(12));
  return Math.min(parameter.maximum ?? next, Math.max(parameter.minimum ?? next, next));
}
