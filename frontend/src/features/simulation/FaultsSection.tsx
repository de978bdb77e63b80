import { Plus, X } from "lucide-react";
import { FAULTS, type Fault, faultAmount, MAXIMUM_DURATION_S } from "@/api/scenario";
import { formatClock } from "@/format";
import { useDesign } from "@/state/designStore";
import { Button, classes, IconButton } from "@/ui";
import { FaultFields } from "./BreakSomething";
import { QuantityField } from "./QuantityField";
import styles from "./ScenarioTab.module.css";
import { saveScenario } from "./scenarioEditing";
import { useFaultChoice } from "./useFaultChoice";
import type { ChosenScenario } from "./useScenario";

/** What goes wrong during the run, on a timeline. */
export function FaultsSection({
  chosen: { scenario, problems },
  disabled,
}: {
  chosen: ChosenScenario;
  disabled: boolean;
}) {
  const nodes = useDesign((state) => state.nodes);
  const choice = useFaultChoice();
  const faults = scenario.faults ?? [];
  const save = (next: readonly Fault[], merge = "") => saveScenario({ ...scenario, faults: next }, merge);
  const set = (at: number, fault: Fault, merge: boolean) => save(faults.with(at, fault), merge ? `faults:${at}` : "");
  const first = choice.nodes[0];
  return (
    <section className={classes(styles.part, styles.traffic)} aria-label="Faults">
      <h3 className={styles.heading}>What goes wrong</h3>
      {faults.length === 0 && <p className={styles.nothing}>Nothing. Add a fault to see what it does.</p>}
      {faults.map((fault, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fault has no name but its place in the list
        <fieldset key={at} className={styles.entry} aria-label={`Fault ${at + 1}`}>
          <legend>
            <span>
              {FAULTS[fault.kind].label} {faultAmount(fault)}
            </span>
            <IconButton
              label="Remove this fault"
              size="small"
              disabled={disabled}
              onClick={() => save(faults.filter((_, other) => other !== at))}
            >
              <X size={13} />
            </IconButton>
          </legend>
          <Stretch fault={fault} durationS={scenario.duration_s} />
          {!nodes.has(fault.node) && <p className={styles.problem}>Its place is no longer in the design.</p>}
          {problems[`faults.${at}`] && <p className={styles.problem}>{problems[`faults.${at}`]}</p>}
          <FaultFields
            fault={fault}
            choice={choice}
            disabled={disabled}
            onChange={(next, merge) => set(at, next, merge)}
          />
          <Times
            fault={fault}
            durationS={scenario.duration_s}
            disabled={disabled}
            onChange={(next, merge) => set(at, next, merge)}
          />
        </fieldset>
      ))}
      <Button
        size="small"
        icon={<Plus size={13} />}
        disabled={disabled || !first}
        onClick={() => first && save([...faults, usualFault(first.id, scenario.duration_s)])}
      >
        Fault
      </Button>
    </section>
  );
}

function usualFault(node: string, durationS: number): Fault {
  return {
    kind: "errors",
    node,
    start_s: Math.round(durationS / 3),
    duration_s: Math.max(1, Math.round(durationS / 6)),
    amount: FAULTS.errors.usual,
  };
}

/** When the fault is there, as a bar over the run. */
function Stretch({ fault, durationS }: { fault: Fault; durationS: number }) {
  const start = Math.min(fault.start_s ?? 0, durationS);
  const atOnce = FAULTS[fault.kind].atOnce;
  const end = atOnce ? start : Math.min(fault.duration_s == null ? durationS : start + fault.duration_s, durationS);
  return (
    <div
      className={styles.stretch}
      role="img"
      aria-label={atOnce ? `At ${formatClock(start)}` : `From ${formatClock(start)} to ${formatClock(end)}`}
    >
      <span
        style={{
          insetInlineStart: `${(100 * start) / durationS}%`,
          width: `${(100 * (end - start)) / durationS}%`,
        }}
      />
    </div>
  );
}

function Times({
  fault,
  durationS,
  disabled,
  onChange,
}: {
  fault: Fault;
  durationS: number;
  disabled: boolean;
  onChange: (fault: Fault, merge: boolean) => void;
}) {
  const start = fault.start_s ?? 0;
  return (
    <div className={styles.step}>
      <QuantityField
        label="Begins at"
        unit="s"
        value={start}
        range={[0, MAXIMUM_DURATION_S]}
        disabled={disabled}
        onChange={(start_s, merge) => onChange({ ...fault, start_s }, merge)}
      />
      {!FAULTS[fault.kind].atOnce && (
        <QuantityField
          label="Lasts"
          unit="s"
          value={fault.duration_s ?? Math.max(durationS - start, 0)}
          range={[0, MAXIMUM_DURATION_S]}
          disabled={disabled}
          onChange={(duration_s, merge) => onChange({ ...fault, duration_s }, merge)}
        />
      )}
    </div>
  );
}
