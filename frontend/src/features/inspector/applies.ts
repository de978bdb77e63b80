/** Which settings of a thing apply, as the catalog says it (designer/domain/catalog/spec.py, `Shown`). */
import type { Parameter } from "@/state/catalog";
import type { Parameters, Value } from "@/state/graph";

type Shown = NonNullable<Parameter["shown_when"]>;

export function holds(shown: Shown, value: Value): boolean {
  return shown.values.length > 0 ? shown.values.includes(value) : Boolean(value);
}

/** A setting that somebody has set is always shown: it would be a riddle otherwise. */
export function applies(parameter: Parameter, parameters: readonly Parameter[], own: Parameters): boolean {
  const shown = parameter.shown_when;
  if (!shown || (own[parameter.id] ?? null) !== null) return true;
  const other = parameters.find(({ id }) => id === shown.parameter);
  return holds(shown, own[shown.parameter] ?? other?.default ?? null);
}
