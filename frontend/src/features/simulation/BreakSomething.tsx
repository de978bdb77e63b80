import { useId, useState } from "react";
import { FAULTS, type Fault, type FaultKind } from "@/api/scenario";
import { useDesign } from "@/state/designStore";
import { commandRun } from "@/state/runSession";
import { useSelection } from "@/state/selection";
import { Button, Field, Select } from "@/ui";
import styles from "./PlayBar.module.css";
import { QuantityField } from "./QuantityField";

const KINDS = Object.keys(FAULTS) as FaultKind[];

let injected = 0;

/** Chooses what goes wrong where, and lets it happen to the run being shown. */
export function BreakSomething({ onDone }: { onDone: () => void }) {
  const nodes = useDesign((state) => state.nodes);
  const targets = [...nodes.values()]
    .filter((node) => node.service !== "client")
    .sort((a, b) => (a.label < b.label ? -1 : 1));
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
      <FaultFields fault={fault} nodes={targets} disabled={false} onChange={setFault} />
      <Button type="submit" variant="primary">
        Break it
      </Button>
    </form>
  );
}

interface FaultFieldsProps {
  fault: Fault;
  nodes: readonly { readonly id: string; readonly label: string }[];
  disabled: boolean;
  onChange: (fault: Fault, merge: boolean) => void;
}

/** What goes wrong, where, and how much. */
export function FaultFields({ fault, nodes, disabled, onChange }: FaultFieldsProps) {
  const id = useId();
  const { unit, range, usual } = FAULTS[fault.kind];
  return (
    <>
      <Field htmlFor={`${id}-node`} label="Where">
        <Select
          id={`${id}-node`}
          value={fault.node}
          disabled={disabled}
          onChange={(event) => onChange({ ...fault, node: event.target.value }, false)}
        >
          {nodes.map((node) => (
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
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {FAULTS[kind].label}
            </option>
          ))}
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
