import { Upload } from "lucide-react";
import { useId, useRef, useState } from "react";
import type { Traffic } from "@/api/scenario";
import { Button, Field } from "@/ui";
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
  const picker = useRef<HTMLInputElement>(null);
  const [refused, setRefused] = useState("");
  const take = async (file: File | undefined) => {
    if (!file) return;
    setRefused(file.size > MOST_BYTES ? `${file.name} is larger than 4 MB. Take a shorter recording.` : "");
    if (file.size <= MOST_BYTES) onChange({ ...traffic, trace: await file.text() }, false);
  };
  return (
    <Field
      htmlFor={id}
      label="Recording"
      error={refused || problem}
      hint="CSV with the header time,rate or time,count"
      stacked
    >
      <div className={styles.recording}>
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
          aria-describedby={`${id}-note`}
          onBlur={(event) => {
            if (event.target.value !== traffic.trace) onChange({ ...traffic, trace: event.target.value }, false);
          }}
        />
        <Button size="small" icon={<Upload size={13} />} disabled={disabled} onClick={() => picker.current?.click()}>
          Take it from a file…
        </Button>
        <input
          ref={picker}
          type="file"
          accept=".csv,text/csv,text/plain"
          aria-label="Recording from a file"
          hidden
          onChange={(event) => {
            void take(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
      </div>
    </Field>
  );
}
