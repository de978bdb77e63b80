/** What a run's status is called, and how it is going, in words. */
import type { Run, RunStatus } from "@/api/runs";
import { formatClock } from "@/format";

export const STATUS_WORDS: Readonly<Record<RunStatus, string>> = {
  queued: "Queued",
  running: "Running",
  finished: "Finished",
  cancelled: "Cancelled",
  failed: "Failed",
  interrupted: "Interrupted",
};

export type Tone = "neutral" | "accent" | "good" | "warning" | "error";

export const STATUS_TONES: Readonly<Record<RunStatus, Tone>> = {
  queued: "neutral",
  running: "accent",
  finished: "good",
  cancelled: "warning",
  failed: "error",
  interrupted: "error",
};

/** `7:12 of 10:00`, in simulated time; only the whole once it has been reached. */
export function clockText(run: Run, reachedS: number): string {
  const { duration_s, window_s } = run.scenario;
  const whole = formatClock(duration_s);
  const isWhole = run.status === "finished" && (reachedS === 0 || reachedS > duration_s - window_s);
  return isWhole ? whole : `${formatClock(reachedS)} of ${whole}`;
}

/** Share of the simulated time that has been reached: what has come in counts when it is ahead of what was told. */
export function progressOf(run: Run, reachedS: number): number {
  return Math.min(1, Math.max(run.progress, reachedS / Math.max(1e-9, run.scenario.duration_s)));
}
