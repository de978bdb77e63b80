/** Runs and windows for tests. */
import { FRESH_CONTROL } from "@/api/control";
import type { Latency, NodeStats, RunSummary, RunWindow } from "@/api/results";
import type { Run } from "@/api/runs";

export function makeLatency(p99: number, count = 10): Latency {
  return { count, mean: p99 / 3, p50: p99 / 4, p95: p99 / 2, p99, max: p99 * 1.5 };
}

export function makeNode(stats: Partial<NodeStats> = {}): NodeStats {
  return {
    arrivals: 10,
    completions: 10,
    errors: {},
    throttles: 0,
    cold_starts: 0,
    retries: 0,
    concurrency: 1,
    concurrency_max: 2,
    utilisation: null,
    queue_depth: 0,
    in_flight: 0,
    oldest_age_s: 0,
    latency_ms: makeLatency(100),
    ...stats,
  };
}

export function makeWindow(index: number, window: Partial<RunWindow> = {}): RunWindow {
  return {
    index,
    start_s: index,
    end_s: index + 1,
    nodes: {},
    edges: {},
    entry_points: {},
    cost_usd: index * 0.01,
    ...window,
  };
}

export function makeWindows(from: number, to: number): RunWindow[] {
  return Array.from({ length: to - from + 1 }, (_, at) => makeWindow(from + at));
}

export function makeRun(run: Partial<Run> = {}): Run {
  return {
    id: "run-1",
    design: "design-1",
    number: 1,
    status: "running",
    progress: 0,
    seed: 1,
    control: FRESH_CONTROL,
    scenario: {
      id: "default",
      name: "Default",
      duration_s: 300,
      window_s: 1,
      seed: 1,
      account_concurrency: 1000,
      traffic: [],
    },
    engine_version: "1",
    catalog_version: "1",
    rates_version: "1",
    created_at: "2026-11-24T12:00:00Z",
    started_at: null,
    finished_at: null,
    created_by: { id: 1, name: "Jo" },
    error: "",
    summary: null,
    ...run,
  };
}

export function makeSummary(summary: Partial<RunSummary> = {}): RunSummary {
  return {
    format: "windtunnel-result",
    version: 1,
    engine_version: "1",
    seed: 1,
    duration_s: 300,
    status: "finished",
    events: 1000,
    nodes: {},
    edges: {},
    entry_points: {},
    cost: { region: "us-east-1", currency: "USD", lines: [], total_usd: 0, monthly_usd: 0, excluded: [] },
    remarks: [],
    ...summary,
  };
}
