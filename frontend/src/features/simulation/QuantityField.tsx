import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { parseQuantity } from "@/format";
import { Field, TextInput } from "@/ui";

interface QuantityFieldProps {
  label: string;
  value: number | undefined;
  unit?: string;
  /** What is wrong with the value as it stands. */
  problem?: string | undefined;
  hint?: string;
  disabled: boolean;
  whole?: boolean;
  /** `merge` says that it is one of several quick steps. */
  onChange: (value: number, merge: boolean) => void;
}

const shown = (value: number | undefined): string => (value === undefined ? "" : String(value));

/** A number with a unit: takes other units and arithmetic (`2*60 s`), and steps with the arrow keys. */
export function QuantityField({
  label,
  value,
  unit = "",
  problem,
  hint,
  disabled,
  whole,
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
    const read = parseQuantity(text, unit);
    if (!read.ok || read.value === null || (whole && !Number.isInteger(read.value))) {
      setWrong(read.ok ? (read.value === null ? "A number is needed." : "A whole number is needed.") : read.reason);
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
    const read = parseQuantity(text, unit);
    const from = (read.ok ? read.value : value) ?? 0;
    onChange(Math.max(0, from + direction * stepOf(from) * (event.shiftKey ? 10 : 1)), true);
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
