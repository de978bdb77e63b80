/** The short texts that tell a thing's settings: on a card, on an edge, in a list. */
import { formatBytes, formatCount, formatRate, formatSeconds, unitFor } from "@/format";
import type { Parameter } from "./catalog";
import { parameterValue } from "./catalogStore";
import type { Parameters, Value } from "./graph";

/** A parameter's value with its unit, as a person writes it: `512 MB`, `30 s`, `50/s`, `Regional`. */
export function showValue(parameter: Parameter, value: Value): string {
  if (value === null) return "";
  if (parameter.kind === "choice") {
    return parameter.choices.find((choice) => choice.value === value)?.label ?? String(value);
  }
  if (typeof value === "boolean") return value ? "On" : "Off";
  if (typeof value !== "number") return String(value);
  if (parameter.unit === "s") return formatSeconds(value);
  if (parameter.unit === "/s") return formatRate(value);
  if (parameter.unit === "bytes") return formatBytes(value);
  const number = Number.isInteger(value) ? formatCount(value) : String(value);
  return parameter.unit ? `${number} ${unitFor(value, parameter.unit)}` : number;
}

/** Characters of a service's name that fit on a card in its secondary text. */
const FITS_ON_CARD = 19;

/** The service's name where it fits on a card, else its short label: `REST API` for `API Gateway REST API`. */
export function cardName({ name, label }: { readonly name: string; readonly label: string }): string {
  return name.length <= FITS_ON_CARD ? name : label.slice(0, 1).toUpperCase() + label.slice(1);
}

/** A value that says something without its field beside it: `Guests: off`, `Weight: 3`; a whole JSON text is left out. */
function showAlone(parameter: Parameter, value: Value): string {
  const text = showValue(parameter, value);
  if (typeof value === "number" && !parameter.unit) return `${parameter.label}: ${text}`;
  if (text === "On" || text === "Off") return `${parameter.label}: ${text.toLowerCase()}`;
  return text.trimStart().startsWith("{") ? "" : text;
}

/** The headline parameters of a thing in one line: `512 MB, 30 s`. */
export function headline(parameters: readonly Parameter[], own: Parameters): string {
  return parameters
    .filter((parameter) => parameter.headline)
    .map((parameter) => showAlone(parameter, parameterValue(parameter, own)))
    .filter(Boolean)
    .join(", ");
}
