/** The runs of the open design: their list, and the one being shown with its windows, live or stored. */
import { create } from "zustand";
import type { RunSummary, RunWindow, Trace } from "@/api/results";
import { isActive, type Run } from "@/api/runs";
import { type EdgeLoad, type Loads, loadsAt, loadsOver, NO_LOADS, type NodeLoad } from "./loads";

export type { EdgeLoad, NodeLoad } from "./loads";

/** An earlier run drawn thinly behind the one being shown. */
export interface GhostRun {
  readonly run: Run;
  readonly windows: readonly RunWindow[];
}

/** `loading`: a stored run is being read; `lost`: the socket is gone and is being opened again. */
export type RunLink = "none" | "loading" | "connecting" | "live" | "lost" | "failed";

export interface RunState {
  readonly designId: string | null;
  /** The design's runs, the newest first, without summaries. */
  readonly history: readonly Run[];
  readonly historyStatus: "idle" | "loading" | "ready" | "failed";
  /** A run has been asked for and the server has not answered yet. */
  readonly starting: boolean;
  readonly cancelling: boolean;
  /** Why the last start was refused. */
  readonly refusal: string;
  readonly shown: Run | null;
  readonly windows: readonly RunWindow[];
  /** Oldest windows that are no longer held. */
  readonly dropped: number;
  /** The last sampled requests of a run that goes on; an ended one has its own in the summary. */
  readonly traces: readonly Trace[];
  readonly summary: RunSummary | null;
  readonly link: RunLink;
  readonly ghost: GhostRun | null;
  /** Simulated second under the pointer in the charts; null when it is elsewhere. */
  readonly cursorS: number | null;
}

/** No run is being looked at. */
export const NOTHING_SHOWN = {
  shown: null,
  windows: [],
  dropped: 0,
  traces: [],
  summary: null,
  link: "none",
  ghost: null,
  cursorS: null,
} as const;

export const NO_RUNS: RunState = {
  designId: null,
  history: [],
  historyStatus: "idle",
  starting: false,
  cancelling: false,
  refusal: "",
  ...NOTHING_SHOWN,
};

/** Read it anywhere; it is written by `runSession.ts` only. */
export const useRuns = create<RunState>()(() => NO_RUNS);

export const isRunning = (state: RunState): boolean =>
  state.starting || (state.shown !== null && isActive(state.shown));

/** The canvas's picture of the run: the moment under the charts' pointer, else the present, else the whole run. */
export const useLoads = create<Loads>()(() => NO_LOADS);

function loadsOf(state: RunState): Loads {
  if (!state.shown) return NO_LOADS;
  const { cursorS, summary, windows } = state;
  if (cursorS !== null) return loadsAt(windows.filter((window) => window.start_s < cursorS));
  return summary ? loadsOver(summary) : loadsAt(windows);
}

useRuns.subscribe((state, before) => {
  const same = (["shown", "windows", "summary", "cursorS"] as const).every((key) => state[key] === before[key]);
  if (!same) useLoads.setState(loadsOf(state));
});

/** A node's load in the run being shown, or null when none is. */
export function useNodeLoad(nodeId: string): NodeLoad | null {
  return useLoads((state) => state.nodes.get(nodeId) ?? null);
}

/** The load of every edge in the run being shown; empty when none is. */
export function useEdgeLoads(): ReadonlyMap<string, EdgeLoad> {
  return useLoads((state) => state.edges);
}
