/** What a run yields; the same shapes as `simulator/engine/results.py`, described in `docs/result-format.md`. */
import type { Action } from "./control";

/** Milliseconds. */
export interface Latency {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export type Causes = Readonly<Record<string, number>>;

export interface NodeStats {
  readonly arrivals: number;
  readonly completions: number;
  readonly errors: Causes;
  readonly throttles: number;
  readonly cold_starts: number;
  readonly retries: number;
  readonly concurrency: number;
  readonly concurrency_max: number;
  /** Share of the capacity in use, 0 to 1; null when there is no limit. */
  readonly utilisation: number | null;
  readonly queue_depth: number;
  readonly in_flight: number;
  readonly oldest_age_s: number;
  readonly latency_ms: Latency;
  /** In a summary: the figures under the names of CloudWatch's metrics. */
  readonly cloudwatch?: Readonly<Record<string, { readonly value: number; readonly unit: string }>>;
}

export interface EdgeStats {
  readonly calls: number;
  readonly errors: number;
}

export interface EntryStats {
  readonly requests: number;
  readonly completions: number;
  readonly errors: Causes;
  readonly caller_latency_ms: Latency;
  readonly journey_ms: Latency;
}

export interface RunWindow {
  readonly index: number;
  readonly start_s: number;
  readonly end_s: number;
  readonly nodes: Readonly<Record<string, NodeStats>>;
  readonly edges: Readonly<Record<string, EdgeStats>>;
  readonly entry_points: Readonly<Record<string, EntryStats>>;
  /** From the beginning of the run. */
  readonly cost_usd: number;
}

export interface CostLine {
  readonly node: string;
  readonly service: string;
  readonly item: string;
  readonly unit: string;
  readonly quantity: number;
  readonly unit_price_usd: number;
  readonly amount_usd: number;
  readonly monthly_quantity: number;
  readonly monthly_usd: number;
  /** What a month costs less, by free tier; runs of earlier versions do not have it. */
  readonly free_usd?: Readonly<Record<string, number>>;
  /** Units of the month that cost nothing, by free tier. */
  readonly free_quantity?: Readonly<Record<string, number>>;
  /** The free tier in words; empty: there is none. */
  readonly free_tier?: string;
  readonly tiers?: readonly PriceTier[];
  /** In which steps AWS counts. */
  readonly rounding?: string;
  /** What of the line is an estimate; empty: nothing. */
  readonly estimate?: string;
  /** The workspace's own price instead of the published one. */
  readonly own_price?: boolean;
  readonly source: string;
  readonly url?: string;
  readonly as_of: string;
}

/** A price for one unit, up to so many units a month; null: for all further ones. */
export interface PriceTier {
  readonly up_to: number | null;
  readonly price_usd: number;
}

export interface Cost {
  readonly region: string;
  readonly currency: "USD";
  readonly lines: readonly CostLine[];
  readonly total_usd: number;
  /** Without free tiers. */
  readonly monthly_usd: number;
  readonly monthly_free_usd?: Readonly<Record<string, number>>;
  readonly excluded: readonly string[];
}

export interface Remark {
  readonly node?: string;
  readonly kind: string;
  readonly text: string;
  /** Calls and messages that it is about; the engine puts the greatest first. */
  readonly harm?: number;
}

export interface RunSummary {
  readonly format: "windtunnel-result";
  readonly version: number;
  readonly engine_version: string;
  readonly seed: number;
  readonly duration_s: number;
  readonly status: "finished" | "cancelled";
  readonly events: number;
  readonly nodes: Readonly<Record<string, NodeStats>>;
  readonly edges: Readonly<Record<string, EdgeStats>>;
  readonly entry_points: Readonly<Record<string, EntryStats>>;
  readonly cost: Cost;
  readonly remarks: readonly Remark[];
  readonly warm_up_s?: number;
  /** Sampled requests; runs of earlier versions have none. */
  readonly traces?: readonly Trace[];
  readonly actions?: readonly Action[];
}

/** One step of a request; times in milliseconds from its start. */
export interface Span {
  readonly node: string;
  readonly kind: "stay" | "cold_start" | "wait" | "back_off";
  readonly start_ms: number;
  readonly end_ms: number;
  readonly status: string;
  readonly attempt: number;
  readonly depth: number;
}

/** A sampled request: `caller_ms` until its answer, `journey_ms` until the last work that it caused was done. */
export interface Trace {
  readonly id: number;
  readonly entry: string;
  readonly start_s: number;
  readonly status: string;
  readonly caller_ms: number;
  readonly journey_ms: number;
  readonly spans: readonly Span[];
}
