import { useEffect, useId, useState } from "react";
import { type DesignFacts, designsApi } from "@/api/designs";
import { useExperiments } from "@/state/experimentStore";
import { Field, Select } from "@/ui";
import styles from "./Experiments.module.css";

/** The other design of a comparison: any that the person may see. */
export function DesignPicker({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const id = useId();
  const own = useExperiments((state) => state.designId);
  const [designs, setDesigns] = useState<readonly DesignFacts[] | null>(null);
  const [isFailed, setFailed] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    designsApi.list(stop.signal).then(setDesigns, () => stop.signal.aborted || setFailed(true));
    return () => stop.abort();
  }, []);
  const others = (designs ?? []).filter((design) => design.id !== own);
  const hint = isFailed
    ? undefined
    : designs && others.length === 0
      ? "There is no other design yet. Duplicate this one on the home page and change the copy."
      : "Both have to have the entry points of this scenario.";
  return (
    <section className={styles.part} aria-label="Other design">
      <Field
        htmlFor={id}
        label="Compare with"
        hint={hint}
        error={isFailed ? "The designs could not be read." : undefined}
        stacked
      >
        <Select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">Choose…</option>
          {others.map((design) => (
            <option key={design.id} value={design.id}>
              {design.name}
            </option>
          ))}
        </Select>
      </Field>
    </section>
  );
}
