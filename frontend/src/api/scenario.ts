/** A scenario as in the file format (`docs/scenario-format.md`), and its limits. */

export type Pattern = "constant" | "poisson" | "ramp" | "spike" | "step" | "diurnal" | "bursty" | "schedule" | "trace";

export interface Step {
  readonly from_s: number;
  readonly value: number;
}

export interface Traffic {
  readonly entry: string;
  readonly pattern: Pattern;
  readonly rate_per_s: number;
  readonly peak_rate_per_s?: number;
  readonly spike_start_s?: number;
  readonly spike_duration_s?: number;
  readonly users?: number;
  readonly peak_users?: number;
  readonly think_time_s?: number;
  readonly steps?: readonly Step[];
  readonly period_s?: number;
  readonly peak_at_s?: number;
  readonly burst_s?: number;
  readonly calm_s?: number;
  readonly schedule?: string;
  readonly requests?: number;
  readonly trace?: string;
  readonly mix?: Readonly<Record<string, number>>;
  readonly payload_kb?: number;
  readonly keys?: number;
  readonly zipf?: number;
}

export type FaultKind =
  | "errors"
  | "latency"
  | "throttle"
  | "down"
  | "cold"
  | "zone_loss"
  | "poison"
  | "slow"
  | "quota_cut";

export interface Fault {
  readonly kind: FaultKind;
  readonly node: string;
  readonly start_s?: number;
  readonly duration_s?: number | null;
  readonly amount?: number;
}

export interface CircuitBreaker {
  readonly edge: string;
  readonly failures?: number;
  readonly open_s?: number;
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
  readonly warm_up_s?: number;
  readonly faults?: readonly Fault[];
  readonly breakers?: readonly CircuitBreaker[];
}

export const MAXIMUM_REQUESTS = 100_000_000;
export const MAXIMUM_DURATION_S = 2_592_000;
export const MAXIMUM_RATE_PER_S = 1_000_000;
export const MAXIMUM_CONCURRENCY = 1_000_000;

/** A fault's name, the unit of its amount (none: it has none), and the least, most and usual amount. */
export interface FaultWords {
  readonly label: string;
  readonly unit?: "%" | "ms" | "times" | "messages";
  readonly range: readonly [least: number, most: number];
  readonly usual: number;
  /** It happens at a moment and does not last. */
  readonly atOnce?: boolean;
}

export const FAULTS: Readonly<Record<FaultKind, FaultWords>> = {
  errors: { label: "Errors", unit: "%", range: [0, 100], usual: 10 },
  latency: { label: "Slow answers", unit: "ms", range: [0, 3_600_000], usual: 1000 },
  throttle: { label: "Throttling", unit: "%", range: [0, 100], usual: 50 },
  down: { label: "Down", range: [0, 0], usual: 0 },
  cold: { label: "Cold start of everything", range: [0, 0], usual: 0, atOnce: true },
  zone_loss: { label: "Loss of a zone", unit: "%", range: [0, 100], usual: 33 },
  poison: { label: "Poison messages", unit: "messages", range: [1, 10_000], usual: 1, atOnce: true },
  slow: { label: "Slow work", unit: "times", range: [1, 1000], usual: 5 },
  quota_cut: { label: "Quota cut", unit: "%", range: [0, 100], usual: 50 },
};

/** The amount in words: `20 %`, `5 times`, `3` where the fault's name says of what; empty for a fault without one. */
export function faultAmount(fault: Fault): string {
  const { unit, usual } = FAULTS[fault.kind];
  const amount = String(fault.amount ?? usual);
  if (unit === "messages") return amount;
  return unit ? `${amount} ${unit}` : "";
}
