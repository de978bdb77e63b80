import { Plus, Trash2 } from "lucide-react";
import type { ScenarioDocument, Traffic } from "@/api/scenario";
import { MAXIMUM_CONCURRENCY, MAXIMUM_DURATION_S, MAXIMUM_REQUESTS } from "@/api/scenario";
import { formatCount, formatExact, formatSeconds } from "@/format";
import { useCanEdit, useDesign } from "@/state/designStore";
import { Button, classes, Field, IconButton, Select, Switch, TextInput } from "@/ui";
import { BreakersSection } from "./BreakersSection";
import { useDrawer } from "./drawerStore";
import { FaultsSection } from "./FaultsSection";
import { QuantityField } from "./QuantityField";
import { RateSparkline } from "./RateSparkline";
import styles from "./ScenarioTab.module.css";
import { windowLength } from "./scenario";
import { addScenario, deleteScenario, saveScenario } from "./scenarioEditing";
import { TrafficFields } from "./TrafficFields";
import { totalRequests } from "./traffic";
import { type ChosenScenario, useChosenScenario } from "./useScenario";

/** What is blown through the design: traffic for each entry, for how long, and the seed. */
export function ScenarioTab() {
  const chosen = useChosenScenario();
  const editable = useCanEdit();
  return (
    <div className={styles.form} data-testid="scenario-form">
      <div className={styles.column}>
        <General chosen={chosen} disabled={!editable} />
        <Preview chosen={chosen} />
      </div>
      <TrafficSection chosen={chosen} disabled={!editable} />
      <div className={styles.column}>
        <FaultsSection chosen={chosen} disabled={!editable} />
        <BreakersSection chosen={chosen} disabled={!editable} />
      </div>
    </div>
  );
}

interface PartProps {
  chosen: ChosenScenario;
  disabled: boolean;
}

function General({ chosen: { scenario, problems }, disabled }: PartProps) {
  const change = (part: Partial<ScenarioDocument>, merge: boolean) =>
    saveScenario({ ...scenario, ...part }, merge ? `scenario:${Object.keys(part)[0]}` : "");
  return (
    <section className={styles.part} aria-label="Run">
      <ScenarioPicker scenario={scenario} disabled={disabled} />
      <QuantityField
        label="Duration"
        unit="s"
        value={scenario.duration_s}
        problem={problems.duration_s}
        range={[1, MAXIMUM_DURATION_S]}
        hint={`${formatSeconds(scenario.duration_s)} of simulated time, in windows of ${formatSeconds(scenario.window_s)}`}
        disabled={disabled}
        onChange={(duration_s, merge) => change({ duration_s, window_s: windowLength(duration_s) }, merge)}
      />
      <QuantityField
        label="Account concurrency"
        value={scenario.account_concurrency}
        problem={problems.account_concurrency}
        range={[0, MAXIMUM_CONCURRENCY]}
        hint="Lambda's quota, shared by all functions"
        disabled={disabled}
        whole
        onChange={(account_concurrency, merge) => change({ account_concurrency }, merge)}
      />
      <QuantityField
        label="Warm-up"
        unit="s"
        value={scenario.warm_up_s ?? 0}
        problem={problems.warm_up_s}
        range={[0, MAXIMUM_DURATION_S]}
        hint="Left out of the summary and its cost"
        disabled={disabled}
        onChange={(warm_up_s, merge) => change({ warm_up_s }, merge)}
      />
      <QuantityField
        label="Seed"
        value={scenario.seed}
        problem={problems.seed}
        range={[0, Number.MAX_SAFE_INTEGER]}
        hint="The same seed gives the same run"
        disabled={disabled}
        whole
        onChange={(seed, merge) => change({ seed }, merge)}
      />
    </section>
  );
}

function ScenarioPicker({ scenario, disabled }: { scenario: ScenarioDocument; disabled: boolean }) {
  const scenarios = useDesign((state) => state.scenarios);
  return (
    <div className={styles.picker}>
      {scenarios.size > 1 && (
        <Select
          aria-label="Scenario"
          value={scenario.id}
          onChange={(event) => useDrawer.setState({ scenarioId: event.target.value })}
        >
          {[...scenarios.values()].map((each) => (
            <option key={each.id} value={each.id}>
              {String(each.name ?? each.id)}
            </option>
          ))}
        </Select>
      )}
      <TextInput
        key={`${scenario.id}:${scenario.name}`}
        aria-label="Name of the scenario"
        defaultValue={scenario.name}
        maxLength={200}
        disabled={disabled}
        onBlur={(event) => {
          const name = event.target.value.trim();
          if (name && name !== scenario.name) saveScenario({ ...scenario, name });
        }}
        onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
      />
      <IconButton label="Add a scenario like this one" disabled={disabled} onClick={() => addScenario(scenario)}>
        <Plus size={15} />
      </IconButton>
      {scenarios.size > 1 && (
        <IconButton label="Delete this scenario" disabled={disabled} onClick={() => deleteScenario(scenario)}>
          <Trash2 size={15} />
        </IconButton>
      )}
    </div>
  );
}

function TrafficSection({ chosen, disabled }: PartProps) {
  const { scenario, entries, traffic, problems } = chosen;
  const labels = useDesign((state) => state.nodes);
  const isOwn = scenario.traffic.length === 0;
  const setTraffic = (next: readonly Traffic[], merge = "") => saveScenario({ ...scenario, traffic: next }, merge);
  if (entries.length === 0 && isOwn) {
    return (
      <section className={styles.part} aria-label="Traffic">
        <p className={styles.nothing}>Add a client, or a service that requests can begin at, to have traffic.</p>
      </section>
    );
  }
  return (
    <section className={classes(styles.part, styles.traffic)} aria-label="Traffic">
      <Field
        htmlFor="own-traffic"
        label="Set the traffic here"
        hint={isOwn ? "Now each entry sends what its own settings say." : undefined}
      >
        <Switch
          id="own-traffic"
          checked={!isOwn}
          disabled={disabled}
          onChange={(here) => setTraffic(here ? traffic : [])}
        />
      </Field>
      {traffic.map((each, at) => (
        <TrafficFields
          key={each.entry}
          label={labels.get(each.entry)?.label ?? each.entry}
          missing={!labels.has(each.entry)}
          traffic={each}
          at={at}
          durationS={scenario.duration_s}
          problems={problems}
          disabled={disabled || isOwn}
          onChange={(next, merge) => setTraffic(replaced(traffic, at, next), merge ? `traffic:${at}` : "")}
          onRemove={
            isOwn || traffic.length < 2 ? undefined : () => setTraffic(traffic.filter((_, other) => other !== at))
          }
        />
      ))}
      {!isOwn &&
        entries
          .filter((entry) => !traffic.some((each) => each.entry === entry.id))
          .map((entry) => (
            <Button
              key={entry.id}
              size="small"
              icon={<Plus size={13} />}
              disabled={disabled}
              onClick={() => setTraffic([...traffic, { entry: entry.id, pattern: "poisson", rate_per_s: 10 }])}
            >
              Traffic from {entry.label}
            </Button>
          ))}
    </section>
  );
}

function replaced(traffic: readonly Traffic[], at: number, next: Traffic): Traffic[] {
  return traffic.map((each, other) => (other === at ? next : each));
}

function Preview({ chosen: { scenario, traffic, problems } }: { chosen: ChosenScenario }) {
  const requests = totalRequests(traffic, scenario.duration_s);
  const share = requests / MAXIMUM_REQUESTS;
  const byClock = traffic.filter(({ pattern }) => pattern === "schedule").length;
  if (byClock > 0 && byClock === traffic.length) {
    return <p className={styles.nothing}>Requests come by the clock only: how many, the run shows.</p>;
  }
  return (
    <section className={styles.part} aria-label="What will be sent">
      <RateSparkline traffic={traffic} durationS={scenario.duration_s} />
      <p className={styles.total}>
        <strong>{requests < 1e6 ? formatExact(requests) : formatCount(requests)} requests</strong>
        <span>of {formatCount(MAXIMUM_REQUESTS)} at most</span>
      </p>
      {byClock > 0 && <p className={styles.nothing}>And what comes by schedule.</p>}
      <div className={classes(styles.meter, problems.requests && styles.over)} aria-hidden>
        <span style={{ width: `${Math.min(1, share) * 100}%` }} />
      </div>
      {problems.requests && (
        <p className={styles.problem} role="alert">
          {problems.requests}
        </p>
      )}
    </section>
  );
}
