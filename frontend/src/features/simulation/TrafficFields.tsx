import { X } from "lucide-react";
import { useId } from "react";
import { MAXIMUM_DURATION_S, MAXIMUM_RATE_PER_S, type Pattern, type Traffic } from "@/api/scenario";
import { Field, IconButton, Select } from "@/ui";
import { QuantityField } from "./QuantityField";
import styles from "./ScenarioTab.module.css";
import { type Problems, shapeOf, withPattern } from "./scenario";

const PATTERNS: readonly { id: Pattern; label: string }[] = [
  { id: "poisson", label: "Random (Poisson)" },
  { id: "constant", label: "Evenly spaced" },
  { id: "ramp", label: "Ramp to a peak" },
  { id: "spike", label: "Spike" },
];

const RATES = [0, MAXIMUM_RATE_PER_S] as const;
const SECONDS = [0, MAXIMUM_DURATION_S] as const;

interface TrafficFieldsProps {
  label: string;
  /** The entry is no longer in the design. */
  missing: boolean;
  traffic: Traffic;
  at: number;
  durationS: number;
  problems: Problems;
  disabled: boolean;
  onChange: (traffic: Traffic, merge: boolean) => void;
  onRemove: (() => void) | undefined;
}

/** The traffic of one entry: its pattern and the figures that the pattern needs. */
export function TrafficFields({
  label,
  missing,
  traffic,
  at,
  durationS,
  problems,
  disabled,
  onChange,
  onRemove,
}: TrafficFieldsProps) {
  const id = useId();
  const { pattern } = traffic;
  const shape = shapeOf(traffic, durationS);
  const problem = (field: keyof Traffic) => problems[`traffic.${at}.${field}`];
  const set = (field: keyof Traffic) => (value: number, merge: boolean) =>
    onChange({ ...traffic, [field]: value }, merge);
  return (
    <fieldset className={styles.entry} data-testid={`traffic-${traffic.entry}`}>
      <legend>
        <bdi>{label}</bdi>
        {onRemove && (
          <IconButton label={`No traffic from ${label}`} size="small" disabled={disabled} onClick={onRemove}>
            <X size={13} />
          </IconButton>
        )}
      </legend>
      {missing && <p className={styles.problem}>This entry is no longer in the design. Remove its traffic.</p>}
      <Field htmlFor={id} label="Pattern">
        <Select
          id={id}
          value={pattern}
          disabled={disabled}
          onChange={(event) => onChange(withPattern(traffic, event.target.value as Pattern, durationS), false)}
        >
          {PATTERNS.map((each) => (
            <option key={each.id} value={each.id}>
              {each.label}
            </option>
          ))}
        </Select>
      </Field>
      <QuantityField
        label={pattern === "ramp" ? "Rate at the beginning" : "Rate"}
        unit="/s"
        value={traffic.rate_per_s}
        problem={problem("rate_per_s")}
        range={RATES}
        disabled={disabled}
        onChange={set("rate_per_s")}
      />
      {(pattern === "ramp" || pattern === "spike") && (
        <QuantityField
          label={pattern === "ramp" ? "Rate at the end" : "Rate in the spike"}
          unit="/s"
          value={shape.peak}
          problem={problem("peak_rate_per_s")}
          range={RATES}
          disabled={disabled}
          onChange={set("peak_rate_per_s")}
        />
      )}
      {pattern === "spike" && (
        <>
          <QuantityField
            label="Spike begins at"
            unit="s"
            value={shape.startS}
            problem={problem("spike_start_s")}
            range={SECONDS}
            disabled={disabled}
            onChange={set("spike_start_s")}
          />
          <QuantityField
            label="Spike lasts"
            unit="s"
            value={shape.lengthS}
            problem={problem("spike_duration_s")}
            range={SECONDS}
            disabled={disabled}
            onChange={set("spike_duration_s")}
          />
        </>
      )}
    </fieldset>
  );
}
