/** The scenario of a run as a person edits it: what is set, what follows from it, and what is wrong with it. */
import type { Pattern, ScenarioDocument, Traffic } from "@/api/scenario";
import { MAXIMUM_CONCURRENCY, MAXIMUM_DURATION_S, MAXIMUM_RATE_PER_S, MAXIMUM_REQUESTS } from "@/api/scenario";
import { formatCount, formatExact, formatSeconds } from "@/format";
import type { Service } from "@/state/catalog";
import type { DesignEdge, DesignNode, Scenario } from "@/state/graph";
import { patternProblems, totalRequests } from "./traffic";

export const DEFAULT_SCENARIO: ScenarioDocument = {
  id: "default",
  name: "Default",
  duration_s: 300,
  window_s: 1,
  seed: 1,
  account_concurrency: 1000,
  traffic: [],
};

const CLIENT = "client";
const RATE_WITHOUT_CLIENTS = 10;
const CLIENT_RATE = 50;

/** A scenario of the document with everything that it leaves out. */
export function completeScenario(scenario: Scenario): ScenarioDocument {
  return { ...DEFAULT_SCENARIO, ...(scenario as Partial<ScenarioDocument>), id: scenario.id };
}

/** Windows of a length that gives 60 to 600 of them, 720 at most, as the server chooses too. */
export function windowLength(durationS: number): number {
  return [1, 5, 10, 60, 300, 1800].find((length) => durationS / length <= 600) ?? 3600;
}

type Nodes = ReadonlyMap<string, DesignNode>;
type Services = ReadonlyMap<string, Service>;

/** Nodes where requests can begin: the clients, or without any the entry points that nothing in the design calls. */
export function entriesOf(nodes: Nodes, edges: Iterable<DesignEdge>, services: Services): DesignNode[] {
  const all = [...nodes.values()].sort((a, b) => (a.label < b.label ? -1 : 1));
  const clients = all.filter((node) => node.service === CLIENT);
  if (clients.length > 0) return clients;
  const called = new Set([...edges].map((edge) => edge.target));
  return all.filter((node) => services.get(node.service)?.entry_point && !called.has(node.id));
}

/** The traffic that the entries have by themselves, when the scenario sets none. */
export function ownTraffic(entries: readonly DesignNode[]): Traffic[] {
  return entries.map((node) => {
    if (node.service !== CLIENT) return { entry: node.id, pattern: "poisson", rate_per_s: RATE_WITHOUT_CLIENTS };
    const { parameters } = node;
    const number = (key: string) => (typeof parameters[key] === "number" ? { [key]: parameters[key] } : {});
    return {
      entry: node.id,
      pattern: (parameters.pattern as Pattern | undefined) ?? "poisson",
      rate_per_s: typeof parameters.rate_per_s === "number" ? parameters.rate_per_s : CLIENT_RATE,
      ...number("peak_rate_per_s"),
      ...number("spike_start_s"),
      ...number("spike_duration_s"),
      ...number("users"),
      ...number("peak_users"),
      ...number("think_time_s"),
    };
  });
}

export type Problems = Readonly<Record<string, string>>;

/** What is wrong, by field (`duration_s`, `traffic.0.rate_per_s`, `requests`); empty when it can be run. */
export function problemsOf(scenario: ScenarioDocument, traffic: readonly Traffic[]): Problems {
  const problems: Record<string, string> = {};
  const check = (field: string, value: number | undefined, least: number, most: number, unit: string) => {
    if (value === undefined) return;
    if (value < least || value > most) problems[field] = `From ${formatExact(least)} to ${formatExact(most)}${unit}.`;
  };
  check("duration_s", scenario.duration_s, 1, MAXIMUM_DURATION_S, ` s (${formatSeconds(MAXIMUM_DURATION_S)})`);
  check("account_concurrency", scenario.account_concurrency, 0, MAXIMUM_CONCURRENCY, "");
  for (const field of ["seed", "account_concurrency"] as const) {
    if (!Number.isSafeInteger(scenario[field]) || scenario[field] < 0) problems[field] = "A whole number, 0 or more.";
  }
  scenario.traffic.forEach((each, at) => {
    check(`traffic.${at}.rate_per_s`, each.rate_per_s, 0, MAXIMUM_RATE_PER_S, "/s");
    check(`traffic.${at}.peak_rate_per_s`, each.peak_rate_per_s, 0, MAXIMUM_RATE_PER_S, "/s");
    Object.assign(problems, patternProblems(each, `traffic.${at}`, scenario.duration_s));
  });
  const warmUpS = scenario.warm_up_s ?? 0;
  if (warmUpS > 0 && warmUpS >= scenario.duration_s) problems.warm_up_s = "The run ends before it is warm.";
  (scenario.faults ?? []).forEach((fault, at) => {
    if ((fault.start_s ?? 0) >= scenario.duration_s) problems[`faults.${at}`] = "The run ends before this begins.";
  });
  const requests = totalRequests(traffic, scenario.duration_s);
  if (requests > MAXIMUM_REQUESTS) {
    problems.requests = `${formatCount(requests)} requests are more than the ${formatCount(MAXIMUM_REQUESTS)} of one run. Lower a rate or shorten the run.`;
  }
  return problems;
}
