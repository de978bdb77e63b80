import { useId, useState } from "react";
import { FAULTS, type Fault, type FaultKind } from "@/api/scenario";
import { commandRun } from "@/state/runSession";
import { useSelection } from "@/state/selection";
import { Button, Field, Select } from "@/ui";
import styles from "./PlayBar.module.css";
import { QuantityField } from "./QuantityField";
import { type FaultChoice, useFaultChoice } from "./useFaultChoice";

let injected = 0;

/** Chooses what goes wrong where, and lets it happen to the run being shown. */
export function BreakSomething({ onDone }: { onDone: () => void }) {
  const choice = useFaultChoice();
  const targets = choice.nodes;
  const selected = useSelection((state) => [...state.nodes][0]);
  const first = targets.find((node) => node.id === selected)?.id ?? targets[0]?.id ?? "";
  const [fault, setFault] = useState<Fault>({ kind: "errors", node: first, amount: FAULTS.errors.usual });
  if (targets.length === 0) return <p className={styles.note}>There is nothing to break yet.</p>;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        injected += 1;
        commandRun({ kind: "inject", id: `broken ${Date.now()}-${injected}`, fault });
        onDone();
      }}
    >
      <FaultFields fault={fault} choice={choice} disabled={false} onChange={setFault} />
      <Button type="submit" variant="primary">
        Break it
      </Button>
    </form>
  );
}

interface FaultFieldsProps {
  fault: Fault;
  choice: FaultChoice;
  disabled: boolean;
  onChange: (fault: Fault, merge: boolean) => void;
}

/** What goes wrong, where, and how much. */
export function FaultFields({ fault, choice, disabled, onChange }: FaultFieldsProps) {
  const id = useId();
  const { unit, range, usual } = FAULTS[fault.kind];
  const kinds = choice.kindsOf(fault.node);
  const moveTo = (node: string) => {
    const possible = choice.kindsOf(node);
    const kind = possible.includes(fault.kind) ? fault.kind : (possible[0] ?? fault.kind);
    onChange({ ...(kind === fault.kind ? fault : ofKind(fault, kind)), node }, false);
  };
  return (
    <>
      <Field htmlFor={`${id}-node`} label="Where">
        <Select
          id={`${id}-node`}
          value={fault.node}
          disabled={disabled}
          onChange={(event) => moveTo(event.target.value)}
        >
          {choice.nodes.map((node) => (
            <option key={node.id} value={node.id}>
              {node.label}
            </option>
          ))}
        </Select>
      </Field>
      <Field htmlFor={`${id}-kind`} label="What">
        <Select
          id={`${id}-kind`}
          value={fault.kind}
          disabled={disabled}
          onChange={(event) => onChange(ofKind(fault, event.target.value as FaultKind), false)}
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {FAULTS[kind].label}
            </option>
          ))}
          {!kinds.includes(fault.kind) && (
            <option value={fault.kind} disabled>
              {FAULTS[fault.kind].label} (cannot happen here)
            </option>
          )}
        </Select>
      </Field>
      {unit && (
        <QuantityField
          label="How much"
          unit={unit}
          value={fault.amount ?? usual}
          range={range}
          whole={unit === "messages"}
          disabled={disabled}
          onChange={(amount, merge) => onChange({ ...fault, amount }, merge)}
        />
      )}
    </>
  );
}

function ofKind(fault: Fault, kind: FaultKind): Fault {
  const { amount: _, ...rest } = fault;
  return { ...rest, kind, ...(FAULTS[kind].unit ? { amount: FAULTS[kind].usual } : {}) };
}
