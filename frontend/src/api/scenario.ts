/** A scenario as in the file format (`docs/scenario-format.md`), and its limits. */

export type Pattern = "constant" | "poisson" | "ramp" | "spike";

export interface Traffic {
  readonly entry: string;
  readonly pattern: Pattern;
  readonly rate_per_s: number;
  readonly peak_rate_per_s?: number;
  readonly spike_start_s?: number;
  readonly spike_duration_s?: number;
}

export interface ScenarioDocument {
  readonly id: string;
  readonly name: string;
  readonly version?: number;
  readonly duration_s: number;
  readonly window_s: number;
  readonly seed: number;
  readonly account_concurrency: number;
  readonly traffic: readonly Traffic[];
}

export const MAXIMUM_REQUESTS = 50_000_000;
export const MAXIMUM_DURATION_S = 86_400;
export const MAXIMUM_RATE_PER_S = 1_000_000;
export const MAXIMUM_CONCURRENCY = 1_000_000;
