import { RotateCcw } from "lucide-react";
import { useId, useState } from "react";
import type { Parameter } from "@/state/catalog";
import type { Value } from "@/state/graph";
import { showValue } from "@/state/headline";
import { Field, IconButton, Select, Switch } from "@/ui";
import { Help } from "./Help";
import { NumberField } from "./NumberField";
import styles from "./ParameterField.module.css";
import { TextField } from "./TextField";
import { problemOf } from "./validate";

interface ParameterFieldProps {
  parameter: Parameter;
  /** The thing's own value; null when the default holds. */
  own: Value;
  disabled: boolean;
  /** `merge` asks for one undo for quick repetitions. */
  onChange: (value: Value, merge: boolean) => void;
}

/** Characters of the longest choice up to which the control is narrow, and up to which it fits beside the label. */
const FITS_NARROW = 13;
const FITS_BESIDE = 18;

/** Seconds from which a number and its handier form beside it are long. */
const LONG_TIME_S = 10_000_000;

/** How much room the control takes: texts, long times and choices with long names need the whole width. */
function roomFor({ kind, choices, unit }: Parameter, value: Value): { stacked?: boolean; wide?: boolean } {
  if (kind === "json" || kind === "text") return { stacked: true };
  if (unit === "s") return { stacked: Number(value) >= LONG_TIME_S };
  const longest = Math.max(0, ...choices.map(({ label }) => label.length));
  return { stacked: longest > FITS_BESIDE, wide: longest > FITS_NARROW };
}

/** One parameter as the catalog describes it: control, unit, limits, help, and the way back to its default. */
export function ParameterField({ parameter, own, disabled, onChange }: ParameterFieldProps) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const problem = typed ?? problemOf(parameter, own);
  const isOwn = own !== null && own !== parameter.default;
  const change = (value: Value, merge = false) => {
    setTyped(null);
    onChange(value, merge);
  };
  const common = { id, parameter, own, disabled, describedBy: problem ? `${id}-note` : undefined };
  return (
    <Field
      htmlFor={id}
      {...roomFor(parameter, own ?? parameter.default)}
      error={problem ?? undefined}
      label={parameter.label}
      aside={
        <>
          <Help parameter={parameter} labelId={`${id}-label`} />
          {parameter.source.estimate && (
            <span className={styles.tag} title="No published figure exists; ours is an estimate">
              estimate
            </span>
          )}
          {isOwn && !disabled && (
            <IconButton
              size="small"
              label={`Back to the default: ${showValue(parameter, parameter.default) || "not set"}`}
              onClick={() => change(null)}
            >
              <RotateCcw size={12} />
            </IconButton>
          )}
        </>
      }
    >
      {(parameter.kind === "integer" || parameter.kind === "number") && (
        <NumberField {...common} onProblem={setTyped} onChange={change} />
      )}
      {(parameter.kind === "text" || parameter.kind === "json") && (
        <TextField {...common} onProblem={setTyped} onChange={change} />
      )}
      {parameter.kind === "boolean" && (
        <Switch
          id={id}
          checked={(own ?? parameter.default) === true}
          disabled={disabled}
          onChange={(checked) => change(checked === parameter.default ? null : checked)}
        />
      )}
      {parameter.kind === "choice" && (
        <Select
          id={id}
          value={String(own ?? parameter.default ?? "")}
          disabled={disabled}
          onChange={({ target }) =>
            change(target.value === "" || target.value === parameter.default ? null : target.value)
          }
        >
          {parameter.default === null && <option value="">Not set</option>}
          {parameter.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
