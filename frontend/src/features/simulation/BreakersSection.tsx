import { Plus, X } from "lucide-react";
import { useId } from "react";
import { type CircuitBreaker, MAXIMUM_DURATION_S } from "@/api/scenario";
import { useDesign } from "@/state/designStore";
import type { DesignEdge } from "@/state/graph";
import { Button, classes, Field, IconButton, Select } from "@/ui";
import { QuantityField } from "./QuantityField";
import styles from "./ScenarioTab.module.css";
import { saveScenario } from "./scenarioEditing";
import { useFaultChoice } from "./useFaultChoice";
import type { ChosenScenario } from "./useScenario";

/** Failures in a row and seconds of rest of a breaker that does not say them, as the server takes them. */
const USUAL_FAILURES = 5;
const USUAL_OPEN_S = 30;

/** Circuit breakers of callers: one for each connection at most. */
export function BreakersSection({ chosen: { scenario }, disabled }: { chosen: ChosenScenario; disabled: boolean }) {
  const nodes = useDesign((state) => state.nodes);
  const edges = useDesign((state) => state.edges);
  const id = useId();
  const breakers = scenario.breakers ?? [];
  const save = (next: readonly CircuitBreaker[], merge = "") => saveScenario({ ...scenario, breakers: next }, merge);
  const nameOf = ({ source, target }: DesignEdge) =>
    `${nodes.get(source)?.label ?? source} to ${nodes.get(target)?.label ?? target}`;
  const { breakable } = useFaultChoice();
  const free = breakable.filter((edge) => !breakers.some((breaker) => breaker.edge === edge.id));
  const first = free[0];
  return (
    <section className={classes(styles.part, styles.traffic)} aria-label="Circuit breakers">
      <h3 className={styles.heading}>Circuit breakers</h3>
      {breakers.length === 0 && (
        <p className={styles.nothing}>None. A caller with one stops calling a target that keeps failing.</p>
      )}
      {breakers.map((breaker, at) => {
        const edge = edges.get(breaker.edge);
        const set = (part: Partial<CircuitBreaker>, merge: boolean) =>
          save(breakers.with(at, { ...breaker, ...part }), merge ? `breakers:${at}` : "");
        return (
          <fieldset key={breaker.edge} className={styles.entry} aria-label={`Circuit breaker ${at + 1}`}>
            <legend>
              <bdi>{edge ? nameOf(edge) : breaker.edge}</bdi>
              <IconButton
                label="Remove this circuit breaker"
                size="small"
                disabled={disabled}
                onClick={() => save(breakers.filter((_, other) => other !== at))}
              >
                <X size={13} />
              </IconButton>
            </legend>
            {!edge && <p className={styles.problem}>Its connection is no longer in the design.</p>}
            <Field htmlFor={`${id}-${at}`} label="Connection" wide>
              <Select
                id={`${id}-${at}`}
                value={breaker.edge}
                disabled={disabled}
                onChange={(event) => set({ edge: event.target.value }, false)}
              >
                {!edge && <option value={breaker.edge}>{breaker.edge}</option>}
                {[...(edge ? [edge] : []), ...free].map((each) => (
                  <option key={each.id} value={each.id}>
                    {nameOf(each)}
                  </option>
                ))}
              </Select>
            </Field>
            <QuantityField
              label="Opens after"
              hint="Failures in a row"
              value={breaker.failures ?? USUAL_FAILURES}
              range={[1, 100_000]}
              whole
              disabled={disabled}
              onChange={(failures, merge) => set({ failures }, merge)}
            />
            <QuantityField
              label="Stays open"
              unit="s"
              hint="Then it lets one call try"
              value={breaker.open_s ?? USUAL_OPEN_S}
              range={[0.001, MAXIMUM_DURATION_S]}
              disabled={disabled}
              onChange={(open_s, merge) => set({ open_s }, merge)}
            />
          </fieldset>
        );
      })}
      <Button
        size="small"
        icon={<Plus size={13} />}
        disabled={disabled || !first}
        onClick={() => first && save([...breakers, { edge: first.id, failures: USUAL_FAILURES, open_s: USUAL_OPEN_S }])}
      >
        Circuit breaker
      </Button>
    </section>
  );
}
