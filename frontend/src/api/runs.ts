import { api } from "./client";
import type { RunSummary, RunWindow } from "./results";
import type { ScenarioDocument } from "./scenario";

export type RunStatus = "queued" | "running" | "finished" | "cancelled" | "failed" | "interrupted";

export interface Run {
  readonly id: string;
  readonly design: string;
  readonly number: number;
  readonly status: RunStatus;
  /** 0 to 1 of the simulated time. */
  readonly progress: number;
  readonly seed: number;
  readonly scenario: ScenarioDocument;
  readonly engine_version: string;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly finished_at: string | null;
  readonly created_by: { readonly id: number; readonly name: string } | null;
  readonly error: string;
  /** Null in lists, in messages and until the run has ended. */
  readonly summary: RunSummary | null;
}

export const isActive = (run: Run): boolean => run.status === "queued" || run.status === "running";

interface WindowPage {
  windows: RunWindow[];
  last_index: number;
  more: boolean;
}

export const runsApi = {
  list: (designId: string, signal?: AbortSignal) => api.get<Run[]>(`/api/designs/${designId}/runs/`, signal),
  /** `scenario` is a whole scenario or the id of one of the design's; without it the design's first is taken. */
  start: (designId: string, scenario?: ScenarioDocument | string) =>
    api.post<Run>(`/api/designs/${designId}/runs/`, scenario === undefined ? {} : { scenario }),
  get: (runId: string, signal?: AbortSignal) => api.get<Run>(`/api/runs/${runId}/`, signal),
  cancel: (runId: string) => api.post<Run>(`/api/runs/${runId}/cancel/`),
  restart: (runId: string) => api.post<Run>(`/api/runs/${runId}/restart/`),
  delete: (runId: string) => api.delete(`/api/runs/${runId}/`),
};

/** Reads all stored windows of a run, page by page. */
export async function readWindows(
  runId: string,
  onPage: (windows: RunWindow[]) => void,
  signal?: AbortSignal,
): Promise<void> {
  let after = -1;
  for (let more = true; more; ) {
    const page = await api.get<WindowPage>(`/api/runs/${runId}/windows/?after=${after}`, signal);
    onPage(page.windows);
    more = page.more && page.last_index > after;
    after = page.last_index;
  }
}
