import { create } from "zustand";
import { setUi, useUi } from "@/state/uiStore";

export type DrawerTab = "run" | "requests" | "cost" | "scenario" | "experiments" | "runs";

interface DrawerState {
  readonly tab: DrawerTab;
  /** Id of the scenario that Run takes; null for the design's first. */
  readonly scenarioId: string | null;
  /** Simulated seconds per second of the next run; null as fast as possible. */
  readonly pace: number | null;
}

export const useDrawer = create<DrawerState>()(() => ({ tab: "run", scenarioId: null, pace: null }));

export function openDrawer(tab: DrawerTab): void {
  useDrawer.setState({ tab });
  setUi({ drawerOpen: true });
}

export function toggleDrawer(): void {
  setUi({ drawerOpen: !useUi.getState().drawerOpen });
}
