import { X } from "lucide-react";
import { useId } from "react";
import { MAXIMUM_DURATION_S, MAXIMUM_RATE_PER_S, type Pattern, type Traffic } from "@/api/scenario";
import { Field, IconButton, Select, Switch } from "@/ui";
import { QuantityField } from "./QuantityField";
import { RequestFields } from "./RequestFields";
import styles from "./ScenarioTab.module.css";
import { ScheduleField } from "./ScheduleField";
import { StepsField } from "./StepsField";
import type { Problems } from "./scenario";
import { TraceField } from "./TraceField";
import { asUsers, DEFAULT_THINK_S, shapeOf, withPattern } from "./traffic";

const PATTERNS: readonly { id: Pattern; label: string }[] = [
  { id: "poisson", label: "Random (Poisson)" },
  { id: "constant", label: "Evenly spaced" },
  { id: "ramp", label: "Ramp to a peak" },
  { id: "spike", label: "Spike" },
  { id: "step", label: "Steps" },
  { id: "diurnal", label: "Day and night" },
  { id: "bursty", label: "Bursts" },
  { id: "schedule", label: "By schedule" },
  { id: "trace", label: "Recorded (CSV)" },
];

/** What the peak is called where a pattern has one. */
const PEAKS: Partial<Record<Pattern, string>> = {
  ramp: "at the end",
  spike: "in the spike",
  diurnal: "at the peak",
  bursty: "in a burst",
};

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
export function TrafficFields(props: TrafficFieldsProps) {
  const { label, missing, traffic, durationS, disabled, onChange, onRemove } = props;
  const id = useId();
  const { pattern } = traffic;
  return (
    <fieldset className={styles.entry} aria-label={`Traffic from ${label}`}>
      <legend>
        <bdi>{label}</bdi>
        {onRemove && (
          <IconButton label={`No traffic from ${label}`} size="small" disabled={disabled} onClick={onRemove}>
            <X size={13} />
          </IconButton>
        )}
      </legend>
      {missing && <p className={styles.problem}>This entry is no longer in the design. Remove its traffic.</p>}
      <Field htmlFor={id} label="Pattern" wide>
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
      {pattern !== "schedule" && (
        <Field
          htmlFor={`${id}-users`}
          label="Users who wait"
          hint={traffic.users === undefined ? undefined : "Each waits for the answer, thinks, and asks again."}
        >
          <Switch
            id={`${id}-users`}
            checked={traffic.users !== undefined}
            disabled={disabled}
            onChange={(closed) => onChange(asUsers(traffic, closed), false)}
          />
        </Field>
      )}
      <Levels {...props} />
      <PatternFields {...props} />
      <RequestFields id={id} traffic={traffic} disabled={disabled} onChange={onChange} />
    </fieldset>
  );
}

/** The rate or the users, usual and at the peak. */
function Levels({ traffic, at, durationS, problems, disabled, onChange }: TrafficFieldsProps) {
  const { pattern } = traffic;
  if (pattern === "schedule" || pattern === "trace") return null;
  const closed = traffic.users !== undefined;
  const [usual, peak] = closed ? (["users", "peak_users"] as const) : (["rate_per_s", "peak_rate_per_s"] as const);
  const shape = shapeOf(traffic, durationS);
  const what = closed ? "Users" : "Rate";
  return (
    <>
      <QuantityField
        label={pattern === "ramp" || pattern === "step" ? `${what} at the beginning` : what}
        unit={closed ? "" : "/s"}
        value={shape.base}
        problem={problems[`traffic.${at}.${usual}`]}
        range={RATES}
        disabled={disabled}
        onChange={(value, merge) => onChange({ ...traffic, [usual]: value }, merge)}
      />
      {PEAKS[pattern] && (
        <QuantityField
          label={`${what} ${PEAKS[pattern]}`}
          unit={closed ? "" : "/s"}
          value={shape.peak}
          problem={problems[`traffic.${at}.${peak}`]}
          range={RATES}
          disabled={disabled}
          onChange={(value, merge) => onChange({ ...traffic, [peak]: value }, merge)}
        />
      )}
      {closed && (
        <QuantityField
          label="Thinking time"
          unit="s"
          value={traffic.think_time_s ?? DEFAULT_THINK_S}
          range={[0, 86_400]}
          disabled={disabled}
          onChange={(think_time_s, merge) => onChange({ ...traffic, think_time_s }, merge)}
        />
      )}
    </>
  );
}

type Seconds = "spike_start_s" | "spike_duration_s" | "period_s" | "peak_at_s" | "burst_s" | "calm_s";

const TIMES: Partial<Record<Pattern, readonly { field: Seconds; label: string; least?: number }[]>> = {
  spike: [
    { field: "spike_start_s", label: "Spike begins at" },
    { field: "spike_duration_s", label: "Spike lasts" },
  ],
  diurnal: [
    { field: "period_s", label: "Length of a day", least: 60 },
    { field: "peak_at_s", label: "Peak at" },
  ],
  bursty: [
    { field: "burst_s", label: "A burst lasts (mean)", least: 0.1 },
    { field: "calm_s", label: "Calm lasts (mean)", least: 0.1 },
  ],
};

/** What only this pattern has. */
function PatternFields({ traffic, at, durationS, problems, disabled, onChange }: TrafficFieldsProps) {
  const { pattern } = traffic;
  const shape = shapeOf(traffic, durationS);
  const usual: Partial<Record<Seconds, number>> = {
    spike_start_s: shape.startS,
    spike_duration_s: shape.lengthS,
    period_s: shape.periodS,
    peak_at_s: shape.peakAtS,
  };
  if (pattern === "step") {
    return (
      <StepsField traffic={traffic} problem={problems[`traffic.${at}.steps`]} disabled={disabled} onChange={onChange} />
    );
  }
  if (pattern === "trace") {
    return (
      <TraceField traffic={traffic} problem={problems[`traffic.${at}.trace`]} disabled={disabled} onChange={onChange} />
    );
  }
  if (pattern === "schedule") {
    return (
      <>
        <ScheduleField
          traffic={traffic}
          problem={problems[`traffic.${at}.schedule`]}
          disabled={disabled}
          onChange={onChange}
        />
        <QuantityField
          label="Requests each time"
          value={traffic.requests ?? 1}
          range={[1, 1_000_000]}
          whole
          disabled={disabled}
          onChange={(requests, merge) => onChange({ ...traffic, requests }, merge)}
        />
      </>
    );
  }
  return (
    <>
      {(TIMES[pattern] ?? []).map(({ field, label, least }) => (
        <QuantityField
          key={field}
          label={label}
          unit="s"
          value={traffic[field] ?? usual[field]}
          problem={problems[`traffic.${at}.${field}`]}
          range={[least ?? SECONDS[0], SECONDS[1]]}
          disabled={disabled}
          onChange={(value, merge) => onChange({ ...traffic, [field]: value }, merge)}
        />
      ))}
    </>
  );
}
