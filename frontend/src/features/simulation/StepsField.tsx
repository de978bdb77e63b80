import { Plus, X } from "lucide-react";
import { MAXIMUM_DURATION_S, MAXIMUM_RATE_PER_S, type Step, type Traffic } from "@/api/scenario";
import { Button, IconButton } from "@/ui";
import { QuantityField } from "./QuantityField";
import styles from "./ScenarioTab.module.css";

interface StepsFieldProps {
  traffic: Traffic;
  problem: string | undefined;
  disabled: boolean;
  onChange: (traffic: Traffic, merge: boolean) => void;
}

/** The steps of a rate: from which second on, how much. */
export function StepsField({ traffic, problem, disabled, onChange }: StepsFieldProps) {
  const steps = traffic.steps ?? [];
  const set = (next: readonly Step[], merge = false) =>
    onChange({ ...traffic, steps: [...next].sort((a, b) => a.from_s - b.from_s) }, merge);
  const last = steps.at(-1);
  return (
    <>
      {steps.map((step, at) => (
        <div key={step.from_s} className={styles.step}>
          <div className={styles.stepHead}>
            Step {at + 1}
            <IconButton
              label="Remove this step"
              size="small"
              disabled={disabled}
              onClick={() => set(steps.filter((_, place) => place !== at))}
            >
              <X size={13} />
            </IconButton>
          </div>
          <QuantityField
            label="From"
            unit="s"
            value={step.from_s}
            range={[0, MAXIMUM_DURATION_S]}
            disabled={disabled}
            onChange={(from_s, merge) => {
              if (steps.every((other, place) => place === at || other.from_s !== from_s))
                set(steps.with(at, { ...step, from_s }), merge);
            }}
          />
          <QuantityField
            label={traffic.users === undefined ? "Rate" : "Users"}
            unit={traffic.users === undefined ? "/s" : ""}
            value={step.value}
            range={[0, MAXIMUM_RATE_PER_S]}
            disabled={disabled}
            onChange={(value, merge) => set(steps.with(at, { ...step, value }), merge)}
          />
        </div>
      ))}
      {problem && <p className={styles.problem}>{problem}</p>}
      <Button
        size="small"
        icon={<Plus size={13} />}
        disabled={disabled}
        onClick={() => set([...steps, { from_s: (last?.from_s ?? 0) + 60, value: last?.value ?? traffic.rate_per_s }])}
      >
        Step
      </Button>
    </>
  );
}
