import { useId } from "react";
import type { Traffic } from "@/api/scenario";
import { Field } from "@/ui";
import styles from "./ScenarioTab.module.css";

const MOST_BYTES = 4_000_000;

interface TraceFieldProps {
  traffic: Traffic;
  problem: string | undefined;
  disabled: boolean;
  onChange: (traffic: Traffic, merge: boolean) => void;
}

/** Recorded traffic: typed, pasted or from a file. */
export function TraceField({ traffic, problem, disabled, onChange }: TraceFieldProps) {
  const id = useId();
  return (
    <Field htmlFor={id} label="Recording" error={problem} hint="CSV with the header time,rate or time,count">
      <textarea
        id={id}
        key={traffic.trace}
        className={styles.trace}
        rows={5}
        spellCheck={false}
        defaultValue={traffic.trace ?? ""}
        maxLength={MOST_BYTES}
        disabled={disabled}
        aria-invalid={Boolean(problem)}
        onBlur={(event) => {
          if (event.target.value !== traffic.trace) onChange({ ...traffic, trace: event.target.value }, false);
        }}
      />
      <input
        type="file"
        accept=".csv,text/csv,text/plain"
        aria-label="Recording from a file"
        disabled={disabled}
        onChange={async (event) => {
          const file = event.target.files?.[0];
          if (file && file.size <= MOST_BYTES) onChange({ ...traffic, trace: await file.text() }, false);
        }}
      />
    </Field>
  );
}
