import { ChevronDown, LoaderCircle, Play, Square } from "lucide-react";
import { useCanEdit, useDesign } from "@/state/designStore";
import { cancelRun } from "@/state/runSession";
import { isRunning, useRuns } from "@/state/runStore";
import { Button, MenuButton, Tooltip } from "@/ui";
import { openDrawer, useDrawer } from "./drawerStore";
import styles from "./RunButton.module.css";
import { startChosenRun } from "./startChosenRun";
import { useChosenScenario } from "./useScenario";

/** Run, with the choice of scenario beside it; Cancel while a run is under way. */
export function RunButton() {
  const running = useRuns(isRunning);
  return running ? <CancelButton /> : <StartButton />;
}

function StartButton() {
  const editable = useCanEdit();
  const hasNodes = useDesign((state) => state.nodes.size > 0);
  const { scenario, problems } = useChosenScenario();
  const problem = Object.values(problems)[0];
  const why = !editable
    ? "You can watch this design but not run it."
    : !hasNodes
      ? "Add something to the design first."
      : (problem ?? `Run “${scenario.name}”`);
  return (
    <span className={styles.group}>
      <Tooltip text={why} keys={editable && hasNodes && !problem ? "R" : undefined}>
        <Button
          variant="primary"
          className={styles.run}
          icon={<Play size={14} fill="currentColor" />}
          aria-disabled={!editable || !hasNodes}
          onClick={() => {
            if (!editable || !hasNodes) return;
            if (problem) openDrawer("scenario");
            else void startChosenRun();
          }}
          data-testid="run"
        >
          Run
        </Button>
      </Tooltip>
      <ScenarioMenu />
    </span>
  );
}

function ScenarioMenu() {
  const scenarios = useDesign((state) => state.scenarios);
  const { scenario } = useChosenScenario();
  const listed = scenarios.size > 0 ? [...scenarios.values()] : [scenario];
  return (
    <MenuButton
      label="Scenario"
      entries={[
        { id: "heading", heading: "Run with scenario" },
        ...listed.map((each) => ({
          id: each.id,
          label: String(each.name ?? each.id),
          checked: each.id === scenario.id,
          onSelect: () => useDrawer.setState({ scenarioId: each.id }),
        })),
        { id: "line", separator: true as const },
        { id: "edit", label: "Edit the scenario…", onSelect: () => openDrawer("scenario") },
        { id: "history", label: "Earlier runs…", onSelect: () => openDrawer("runs") },
      ]}
    >
      {(button) => (
        <Button variant="primary" className={styles.choose} aria-label={`Scenario: ${scenario.name}`} {...button}>
          <ChevronDown size={14} />
        </Button>
      )}
    </MenuButton>
  );
}

function CancelButton() {
  const starting = useRuns((state) => state.starting);
  const cancelling = useRuns((state) => state.cancelling);
  const editable = useCanEdit();
  if (starting || !editable) {
    return (
      <Button variant="primary" className={styles.run} disabled data-testid="run-busy">
        <LoaderCircle size={14} className={styles.turning} />
        {starting ? "Starting…" : "Running…"}
      </Button>
    );
  }
  return (
    <Button
      className={styles.run}
      icon={<Square size={12} fill="currentColor" />}
      disabled={cancelling}
      onClick={() => void cancelRun()}
      data-testid="cancel"
    >
      {cancelling ? "Cancelling…" : "Cancel"}
    </Button>
  );
}
