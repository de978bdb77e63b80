import { useEffect } from "react";
import { registerCommands } from "@/state/commands";
import { canEdit, useDesign } from "@/state/designStore";
import { startExperiments } from "@/state/experimentStore";
import { cancelRun, startRunSession } from "@/state/runSession";
import { isRunning, useRuns } from "@/state/runStore";
import { openDrawer, toggleDrawer, useDrawer } from "./drawerStore";
import { startChosenRun } from "./startChosenRun";

/** Follows the runs of a design and offers what can be done with them as commands, while mounted. */
export function useRunSession(designId: string): void {
  useEffect(() => {
    useDrawer.setState({ tab: "run", scenarioId: null });
    const stops = [startRunSession(designId), startExperiments(designId)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [designId]);
  useEffect(
    () =>
      registerCommands([
        {
          id: "run.start",
          label: "Run",
          group: "Run",
          keys: ["R"],
          enabled: () => canEdit(useDesign.getState()) && !isRunning(useRuns.getState()),
          perform: () => void startChosenRun(),
        },
        {
          id: "run.cancel",
          label: "Cancel the run",
          group: "Run",
          enabled: () => canEdit(useDesign.getState()) && isRunning(useRuns.getState()),
          perform: () => void cancelRun(),
        },
        {
          id: "run.drawer",
          label: "Show or hide the run drawer",
          group: "Run",
          keys: ["Mod+J"],
          perform: toggleDrawer,
        },
        { id: "run.scenario", label: "Edit the scenario", group: "Run", perform: () => openDrawer("scenario") },
        { id: "run.cost", label: "Show the cost", group: "Run", perform: () => openDrawer("cost") },
        { id: "run.experiments", label: "Show experiments", group: "Run", perform: () => openDrawer("experiments") },
        { id: "run.history", label: "Show earlier runs", group: "Run", perform: () => openDrawer("runs") },
      ]),
    [],
  );
}
