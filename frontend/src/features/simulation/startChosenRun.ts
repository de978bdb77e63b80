import { useDesign } from "@/state/designStore";
import { startRun } from "@/state/runSession";
import { useDrawer } from "./drawerStore";
import { chooseScenario } from "./useScenario";

/** Runs the design with the chosen scenario and shows it. */
export function startChosenRun(): Promise<void> {
  const { scenarios } = useDesign.getState();
  useDrawer.setState({ tab: "run" });
  const { scenarioId, pace } = useDrawer.getState();
  return startRun(chooseScenario(scenarios, scenarioId), pace);
}
