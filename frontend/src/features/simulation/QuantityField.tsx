import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { formatExact, parseQuantity } from "@/format";
import { Field, TextInput } from "@/ui";

interface QuantityFieldProps {
  label: string;
  value: number | undefined;
  unit?: string;
  /** What is wrong with the value as it stands. */
  problem?: string | undefined;
  hint?: string;
  disabled: boolean;
  /** Smallest and largest value, in `unit`; what lies outside is said and not passed on. */
  range: readonly [least: number, most: number];
  whole?: boolean;
  /** `merge` says that it is one of several quick steps. */
  onChange: (value: number, merge: boolean) => void;
}

const shown = (value: number | undefined): string => (value === undefined ? "" : String(value));

/** Why a typed text is no value of the field, or the value. */
export function readField(
  text: string,
  unit: string,
  [least, most]: readonly [number, number],
  whole: boolean,
): { value: number } | { reason: string } {
  const read = parseQuantity(text, unit);
  if (!read.ok) return { reason: read.reason };
  if (read.value === null) return { reason: "A number is needed." };
  if (whole && !Number.isInteger(read.value)) return { reason: "A whole number is needed." };
  if (read.value < least || read.value > most) {
    return { reason: `From ${formatExact(least)} to ${formatExact(most)}${unit ? ` ${unit}` : ""}.` };
  }
  return { value: read.value };
}

/** A number with a unit: takes other units and arithmetic (`2*60 s`), and steps with the arrow keys. */
export function QuantityField({
  label,
  value,
  unit = "",
  problem,
  hint,
  disabled,
  range,
  whole = false,
  onChange,
}: QuantityFieldProps) {
  const id = useId();
  const [text, setText] = useState(() => shown(value));
  const [wrong, setWrong] = useState("");
  useEffect(() => {
    setText(shown(value));
    setWrong("");
  }, [value]);

  const keep = () => {
    const read = readField(text, unit, range, whole);
    if ("reason" in read) {
      setWrong(read.reason);
      return;
    }
    setWrong("");
    setText(shown(read.value));
    if (read.value !== value) onChange(read.value, false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") keep();
    if (event.key === "Escape") {
      event.stopPropagation();
      setText(shown(value));
      setWrong("");
    }
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    const read = readField(text, unit, range, whole);
    const from = "value" in read ? read.value : (value ?? 0);
    const next = from + direction * stepOf(from) * (event.shiftKey ? 10 : 1);
    onChange(Math.max(range[0], Math.min(range[1], next)), true);
  };
  const error = wrong || problem;
  return (
    <Field htmlFor={id} label={label} error={error} hint={hint}>
      <TextInput
        id={id}
        numeric
        value={text}
        disabled={disabled}
        invalid={Boolean(error)}
        aria-describedby={error || hint ? `${id}-note` : undefined}
        suffix={unit}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setText(event.target.value)}
        onBlur={keep}
        onKeyDown={onKeyDown}
      />
    </Field>
  );
}

/** A step that fits the size of the number: 1 up to 99, 10 up to 999, and so on. */
function stepOf(value: number): number {
  return value < 100 ? 1 : 10 ** (Math.floor(Math.log10(value)) - 1);
}
