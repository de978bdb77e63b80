import { describe, expect, it } from "vitest";
import type { Traffic } from "@/api/scenario";
import type { Service } from "@/state/catalog";
import type { DesignEdge, DesignNode, Parameters } from "@/state/graph";
import { completeScenario, DEFAULT_SCENARIO, entriesOf, ownTraffic, problemsOf, windowLength } from "./scenario";
import { rateAt, rateProfile, requestsOf, withPattern } from "./traffic";

const node = (id: string, service: string, parameters: Parameters = {}): DesignNode => ({
  id,
  service,
  label: id,
  parameters,
});
const nodes = (...all: DesignNode[]) => new Map(all.map((each) => [each.id, each]));
const edge = (source: string, target: string) => ({ id: `${source}-${target}`, source, target }) as DesignEdge;
const services = new Map([
  ["api", { entry_point: true } as Service],
  ["table", { entry_point: false } as Service],
]);
const traffic = (change: Partial<Traffic>): Traffic => ({ entry: "a", pattern: "poisson", rate_per_s: 10, ...change });

describe("where requests begin", () => {
  it("is at the clients when there are any", () => {
    const entries = entriesOf(nodes(node("web", "client"), node("a", "api")), [], services);
    expect(entries.map((each) => each.id)).toEqual(["web"]);
  });

  it("is otherwise at the entry points that nothing calls", () => {
    const design = nodes(node("a", "api"), node("b", "api"), node("t", "table"));
    expect(entriesOf(design, [edge("a", "b")], services).map((each) => each.id)).toEqual(["a"]);
  });

  it("has the client's own pattern and rate", () => {
    const own = ownTraffic([node("web", "client", { pattern: "ramp", rate_per_s: 5, peak_rate_per_s: 80 })]);
    expect(own).toEqual([{ entry: "web", pattern: "ramp", rate_per_s: 5, peak_rate_per_s: 80 }]);
    expect(ownTraffic([node("a", "api")])[0]?.rate_per_s).toBe(10);
    expect(ownTraffic([node("web", "client")])[0]?.rate_per_s).toBe(50);
  });
});

describe("the requests of a run", () => {
  it.each([
    [traffic({}), 3_000],
    [traffic({ pattern: "ramp", peak_rate_per_s: 30 }), 6_000],
    [traffic({ pattern: "spike", peak_rate_per_s: 100, spike_start_s: 100, spike_duration_s: 20 }), 4_800],
    [traffic({ pattern: "spike", peak_rate_per_s: 100, spike_start_s: 290, spike_duration_s: 60 }), 3_900],
    [traffic({ pattern: "spike" }), 7_500],
  ])("of %o are %s", (given, requests) => expect(requestsOf(given, 300)).toBeCloseTo(requests));

  it("follow the pattern over time", () => {
    const spike = traffic({ pattern: "spike", peak_rate_per_s: 100, spike_start_s: 100, spike_duration_s: 20 });
    expect([99, 100, 119, 120].map((second) => rateAt(spike, second, 300))).toEqual([10, 100, 100, 10]);
    const profile = rateProfile([spike, traffic({ pattern: "ramp", peak_rate_per_s: 30 })], 300, 3);
    expect(profile.map(Math.round)).toEqual([20, 117, 33, 40]);
  });
});

describe("a scenario", () => {
  it("gets what it leaves out, and keeps what it has", () => {
    expect(completeScenario({ id: "peak", duration_s: 60 })).toMatchObject({ id: "peak", duration_s: 60, seed: 1 });
  });

  it("that would explode is refused before it starts, with the limit", () => {
    const heavy = [traffic({ rate_per_s: 10_000 })];
    const problems = problemsOf({ ...DEFAULT_SCENARIO, duration_s: 12_000, traffic: heavy }, heavy);
    expect(problems.requests).toMatch(/120M requests.*100M/);
    expect(problemsOf({ ...DEFAULT_SCENARIO, duration_s: 5_000, traffic: heavy }, heavy)).toEqual({});
  });

  it("names the field that is out of its range", () => {
    const bad = [traffic({ rate_per_s: -1 }), traffic({ pattern: "spike", spike_start_s: 400, spike_duration_s: 1 })];
    const scenario = { ...DEFAULT_SCENARIO, duration_s: 0, seed: 1.5, traffic: bad };
    expect(Object.keys(problemsOf(scenario, bad)).sort()).toEqual([
      "duration_s",
      "seed",
      "traffic.0.rate_per_s",
      "traffic.1.spike_start_s",
    ]);
  });

  it("gives a pattern the figures that it needs, and drops those it does not", () => {
    const spike = withPattern(traffic({}), "spike", 300);
    expect(spike).toMatchObject({ peak_rate_per_s: 100, spike_start_s: 100, spike_duration_s: 50 });
    expect(withPattern(spike, "constant", 300)).toEqual({ entry: "a", pattern: "constant", rate_per_s: 10 });
  });

  it("has 60 to 600 windows", () => {
    expect([60, 300, 601, 3_600, 86_400].map(windowLength)).toEqual([1, 1, 5, 10, 300]);
  });
});
