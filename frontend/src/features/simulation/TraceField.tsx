import { Upload } from "lucide-react";
import { useId, useRef, useState } from "react";
import type { Traffic } from "@/api/scenario";
import { Button, Field } from "@/ui";
import styles from "./ScenarioTab.module.css";
import { readTrace } from "./trace";

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
  // The server would leave out a whole scenario with a recording that it cannot read.
  const keep = (trace: string) => {
    const read = readTrace(trace);
    setRefused("problem" in read ? `${read.problem} Not kept yet.` : "");
    if (!("problem" in read) && trace !== traffic.trace) onChange({ ...traffic, trace }, false);
  };
  const take = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > MOST_BYTES) setRefused(`${file.name} is larger than 4 MB. Take a shorter recording.`);
    else keep(await file.text());
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
          aria-invalid={Boolean(refused || problem)}
          aria-describedby={`${id}-note`}
          onBlur={(event) => keep(event.target.value)}
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
