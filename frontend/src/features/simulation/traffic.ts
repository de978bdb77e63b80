/** The shape of a scenario's traffic over the run: its rate, how many requests come of it, and what is wrong with it. */
import type { Pattern, Traffic } from "@/api/scenario";
import { readTrace } from "./trace";

const DAY_S = 86_400;
const SPIKE_START_SHARE = 1 / 3;
const SPIKE_LENGTH_SHARE = 1 / 6;
const SAMPLES = 2_000;

export const DEFAULT_BURST_S = 30;
export const DEFAULT_CALM_S = 270;
export const DEFAULT_THINK_S = 1;

interface Shape {
  /** The usual rate, or the number of users. */
  base: number;
  peak: number;
  startS: number;
  lengthS: number;
  periodS: number;
  peakAtS: number;
}

/** What unset figures mean, as the server takes them. */
export function shapeOf(traffic: Traffic, durationS: number): Shape {
  const base = traffic.users ?? traffic.rate_per_s;
  const periodS = traffic.period_s ?? DAY_S;
  return {
    base,
    peak: (traffic.users === undefined ? traffic.peak_rate_per_s : traffic.peak_users) ?? base * 10,
    startS: traffic.spike_start_s ?? durationS * SPIKE_START_SHARE,
    lengthS: traffic.spike_duration_s ?? durationS * SPIKE_LENGTH_SHARE,
    periodS,
    peakAtS: traffic.peak_at_s ?? periodS / 2,
  };
}

/** Requests per second that begin at this moment, or users at work; bursts by their mean. */
export function rateAt(traffic: Traffic, second: number, durationS: number): number {
  const { base, peak, startS, lengthS, periodS, peakAtS } = shapeOf(traffic, durationS);
  switch (traffic.pattern) {
    case "ramp":
      return base + ((peak - base) * second) / durationS;
    case "spike":
      return second >= startS && second < startS + lengthS ? peak : base;
    case "step":
      return traffic.steps?.findLast((step) => step.from_s <= second)?.value ?? base;
    case "diurnal":
      return base + ((peak - base) * (1 + Math.cos((2 * Math.PI * (second - peakAtS)) / periodS))) / 2;
    case "bursty": {
      const burst = traffic.burst_s ?? DEFAULT_BURST_S;
      const calm = traffic.calm_s ?? DEFAULT_CALM_S;
      return (base * calm + peak * burst) / (calm + burst);
    }
    case "schedule":
      return 0;
    case "trace":
      return traceRate(traffic.trace ?? "", second);
    default:
      return base;
  }
}

function traceRate(text: string, second: number): number {
  const trace = readTrace(text);
  return "problem" in trace ? 0 : (trace.pieces.find((piece) => piece.from <= second && second < piece.to)?.rate ?? 0);
}

/** Requests over the whole run, as expected; users are taken to be answered after a tenth of a second. */
export function requestsOf(traffic: Traffic, durationS: number): number {
  const area = areaOf(traffic, durationS);
  return traffic.users === undefined ? area : area / ((traffic.think_time_s ?? DEFAULT_THINK_S) + 0.1);
}

function areaOf(traffic: Traffic, durationS: number): number {
  const { base, peak, startS, lengthS } = shapeOf(traffic, durationS);
  if (traffic.pattern === "ramp") return ((base + peak) / 2) * durationS;
  if (traffic.pattern === "spike") {
    const spikeS = Math.max(0, Math.min(durationS, startS + lengthS) - startS);
    return base * (durationS - spikeS) + peak * spikeS;
  }
  if (traffic.pattern === "constant" || traffic.pattern === "poisson") return base * durationS;
  const step = durationS / SAMPLES;
  let sum = 0;
  for (let at = 0; at < SAMPLES; at += 1) sum += rateAt(traffic, (at + 0.5) * step, durationS);
  return sum * step;
}

export function totalRequests(traffic: readonly Traffic[], durationS: number): number {
  return traffic.reduce((sum, each) => sum + requestsOf(each, durationS), 0);
}

/** The arrival rate of all traffic at evenly spaced moments, for a small picture. */
export function rateProfile(traffic: readonly Traffic[], durationS: number, steps = 120): number[] {
  return Array.from({ length: steps + 1 }, (_, step) =>
    traffic.reduce((sum, each) => sum + rateAt(each, (step / steps) * durationS, durationS), 0),
  );
}

/** What is wrong with the figures that only some patterns have, by field below `path`. */
export function patternProblems(traffic: Traffic, path: string, durationS: number): Record<string, string> {
  if (traffic.pattern === "spike" && shapeOf(traffic, durationS).startS >= durationS) {
    return { [`${path}.spike_start_s`]: "The run ends before the spike begins." };
  }
  if (traffic.pattern === "step" && !traffic.steps?.length) return { [`${path}.steps`]: "Add a step." };
  if (traffic.pattern === "schedule" && !traffic.schedule) {
    return { [`${path}.schedule`]: "For example rate(5 minutes) or cron(0 12 * * ? *)." };
  }
  if (traffic.pattern === "trace") {
    const read = readTrace(traffic.trace ?? "");
    if ("problem" in read) return { [`${path}.trace`]: read.problem };
  }
  return {};
}

const EXAMPLE_TRACE = "time,rate\n0,10\n60,50\n120,20\n";

/** The traffic with a pattern that needs figures given them. */
export function withPattern(traffic: Traffic, pattern: Pattern, durationS: number): Traffic {
  const { entry, rate_per_s, users, think_time_s, mix, payload_kb, keys, zipf } = traffic;
  const kept = Object.fromEntries(
    Object.entries({ mix, payload_kb, keys, zipf }).filter(([, value]) => value !== undefined),
  );
  const closed =
    users === undefined || pattern === "schedule" ? {} : { users, think_time_s: think_time_s ?? DEFAULT_THINK_S };
  const base: Traffic = { entry, pattern, rate_per_s, ...kept, ...closed };
  const { peak, startS, lengthS } = shapeOf(traffic, durationS);
  const peaked: Traffic = "users" in closed ? { ...base, peak_users: peak } : { ...base, peak_rate_per_s: peak };
  switch (pattern) {
    case "ramp":
      return peaked;
    case "spike":
      return { ...peaked, spike_start_s: Math.round(startS), spike_duration_s: Math.max(1, Math.round(lengthS)) };
    case "diurnal":
      return { ...peaked, period_s: Math.min(DAY_S, Math.max(60, durationS)) };
    case "bursty":
      return { ...peaked, burst_s: DEFAULT_BURST_S, calm_s: DEFAULT_CALM_S };
    case "step":
      return { ...base, steps: [{ from_s: Math.round(durationS / 2), value: peak }] };
    case "schedule":
      return { ...base, schedule: "rate(1 minute)", requests: 10 };
    case "trace":
      return { ...base, trace: EXAMPLE_TRACE };
    default:
      return base;
  }
}

/** The traffic as users who wait for their answers, or as a rate. */
export function asUsers(traffic: Traffic, closed: boolean): Traffic {
  const { users, peak_users, think_time_s, peak_rate_per_s, ...rest } = traffic;
  if (!closed)
    return {
      ...rest,
      ...(peak_users === undefined ? {} : { peak_rate_per_s: peak_users }),
      rate_per_s: users ?? traffic.rate_per_s,
    };
  return {
    ...rest,
    users: traffic.rate_per_s,
    think_time_s: DEFAULT_THINK_S,
    ...(peak_rate_per_s === undefined ? {} : { peak_users: peak_rate_per_s }),
  };
}
