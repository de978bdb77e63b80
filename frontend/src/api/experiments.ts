import { api } from "./client";
import type { Latency } from "./results";
import type { ScenarioDocument } from "./scenario";
import type { Experiment as ExperimentJson, ExperimentStatusEnum } from "./schema.gen";

export type ExperimentKind = "period" | "replications" | "sweep" | "breaking_point" | "right_size" | "compare";
export type Metric = "mean" | "p50" | "p95" | "p99";

/** Mean of the replications with its 95 % confidence interval; without limits when there was only one. */
export interface Estimate {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly least: number;
  readonly greatest: number;
}

export interface Objective {
  /** Id of an entry point; empty for each of them. */
  readonly entry: string;
  readonly latency: "caller" | "journey";
  readonly metric: Metric;
  readonly at_most_ms: number | null;
  /** Share of the requests, 0 to 1. */
  readonly errors_at_most: number | null;
}

export interface Question {
  readonly kind: ExperimentKind;
  readonly replications: number;
  readonly subject?: "node" | "edge";
  readonly id?: string;
  readonly parameter?: string;
  readonly values?: readonly (number | string | boolean)[];
  readonly objective?: Objective;
  readonly precision?: number;
}

export interface EntryPoint {
  readonly requests: number;
  readonly errors: number;
  readonly error_share: Estimate;
  readonly caller_latency_ms: Latency;
  readonly journey_ms: Latency;
  readonly caller: Readonly<Record<Metric, Estimate>>;
  readonly journey: Readonly<Record<Metric, Estimate>>;
}

/** What waits at a node grows by `per_s` in `share` of the runs or of the period; `total` piles up in all. */
export interface Behind {
  readonly node: string;
  readonly share: number;
  readonly per_s: number;
  readonly total: number;
}

/** One line of an answer; `meets` is null where nothing was asked for. */
export interface Point {
  readonly point: number;
  readonly design: number;
  readonly load_factor: number;
  readonly settings: readonly { readonly id: string; readonly parameter: string; readonly value: unknown }[];
  readonly replications: number;
  readonly seconds: number;
  readonly ended_early: boolean;
  /** Nodes that do not keep up; missing in answers of older versions. */
  readonly behind?: readonly Behind[];
  readonly refused: string;
  readonly entry_points: Readonly<Record<string, EntryPoint>>;
  readonly monthly_usd: Estimate | null;
  readonly meets: boolean | null;
  readonly misses: readonly string[];
}

export interface Answer {
  readonly points: readonly Point[];
  readonly chosen: number | null;
  readonly statement: string;
  readonly differences: Readonly<Record<string, Estimate>>;
}

export type ExperimentStatus = ExperimentStatusEnum;

export type Experiment = Omit<ExperimentJson, "question" | "scenario" | "answer"> & {
  readonly question: Question;
  readonly scenario: ScenarioDocument;
  readonly answer: Answer | null;
};

export const experimentsApi = {
  list: (designId: string, signal?: AbortSignal) =>
    api.get<Experiment[]>(`/api/designs/${designId}/experiments/`, signal),
  start: (designId: string, question: Question, scenario: ScenarioDocument, otherDesign?: string) =>
    api.post<Experiment>(`/api/designs/${designId}/experiments/`, {
      question,
      scenario,
      ...(otherDesign ? { other_design: otherDesign } : {}),
    }),
  get: (id: string, signal?: AbortSignal) => api.get<Experiment>(`/api/experiments/${id}/`, signal),
  cancel: (id: string) => api.post<Experiment>(`/api/experiments/${id}/cancel/`),
  delete: (id: string) => api.delete(`/api/experiments/${id}/`),
};
