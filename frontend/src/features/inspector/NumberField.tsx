import { type KeyboardEvent, useEffect, useState } from "react";
import { formatExact, formatSeconds, parseQuantity, unitFor } from "@/format";
import type { Parameter } from "@/state/catalog";
import type { Value } from "@/state/graph";
import { TextInput } from "@/ui";
import { problemOf, stepped } from "./validate";

interface NumberFieldProps {
  id: string;
  parameter: Parameter;
  own: Value;
  disabled: boolean;
  describedBy?: string | undefined;
  onProblem: (problem: string | null) => void;
  onChange: (value: Value, merge: boolean) => void;
}

const GROUPED_FROM = 10_000;

function shown(value: Value): string {
  if (typeof value === "number" && Number.isInteger(value) && value >= GROUPED_FROM) return formatExact(value);
  return value === null ? "" : String(value);
}

/** The unit, and for long times the value in a handier one: `s · 4 d`; nothing beside an empty field. */
function suffixOf(unit: string, value: Value): string {
  if (typeof value !== "number") return "";
  if (unit !== "s" || value < 120) return unitFor(value, unit);
  return `s · ${formatSeconds(value)}`;
}

/** A number with its unit: takes other units and arithmetic, arrow keys step, empty means the default. */
export function NumberField({ id, parameter, own, disabled, describedBy, onProblem, onChange }: NumberFieldProps) {
  const current = own ?? parameter.default;
  const [text, setText] = useState(() => shown(current));
  const [wrong, setWrong] = useState(false);
  useEffect(() => {
    setText(shown(current));
    setWrong(false);
  }, [current]);

  const keep = () => {
    const read = parseQuantity(text, parameter.unit);
    const problem = read.ok ? problemOf(parameter, read.value) : read.reason;
    setWrong(problem !== null);
    onProblem(problem);
    if (!read.ok || problem) return;
    if (read.value === null) {
      setText(shown(parameter.default));
      if (own !== null) onChange(null, false);
    } else {
      setText(shown(read.value));
      if (read.value !== current) onChange(read.value, false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") keep();
    if (event.key === "Escape") {
      event.stopPropagation();
      setText(shown(current));
      setWrong(false);
      onProblem(null);
    }
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    const read = parseQuantity(text, parameter.unit);
    const from = read.ok ? (read.value ?? parameter.minimum ?? 0) : typeof current === "number" ? current : 0;
    const next = stepped(parameter, from, event.key === "ArrowUp" ? 1 : -1, event.shiftKey);
    setText(shown(next));
    onProblem(null);
    onChange(next, true);
  };
  return (
    <TextInput
      id={id}
      numeric
      inputMode="text"
      value={text}
      disabled={disabled}
      invalid={wrong || problemOf(parameter, own) !== null}
      aria-describedby={describedBy}
      placeholder="Not set"
      suffix={text === "" ? "" : suffixOf(parameter.unit, current)}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={keep}
      onKeyDown={onKeyDown}
    />
  );
}
