import { api } from "./client";
import type { Control } from "./control";
import type { RunSummary, RunWindow } from "./results";
import type { ScenarioDocument } from "./scenario";
import type { Run as RunJson, RunStatusEnum, WindowPage } from "./schema.gen";

export type RunStatus = RunStatusEnum;

/** A run; `progress` is 0 to 1 of the simulated time, `summary` null in lists, in messages and until the run ends. */
export type Run = Omit<RunJson, "scenario" | "summary" | "control"> & {
  readonly control: Control;
  readonly scenario: ScenarioDocument;
  readonly summary: RunSummary | null;
};

export const isActive = (run: Run): boolean => run.status === "queued" || run.status === "running";

type Page = Omit<WindowPage, "windows"> & { readonly windows: RunWindow[] };

export const runsApi = {
  list: (designId: string, signal?: AbortSignal) => api.get<Run[]>(`/api/designs/${designId}/runs/`, signal),
  /** `scenario` is a whole scenario or the id of one of the design's; without it the design's first is taken. */
  start: (designId: string, scenario?: ScenarioDocument | string, pace: number | null = null) =>
    api.post<Run>(`/api/designs/${designId}/runs/`, {
      ...(scenario === undefined ? {} : { scenario }),
      ...(pace === null ? {} : { pace }),
    }),
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
    const page = await api.get<Page>(`/api/runs/${runId}/windows/?after=${after}`, signal);
    onPage(page.windows);
    more = page.more && page.last_index > after;
    after = page.last_index;
  }
}
