import { useMemo } from "react";
import type { ScenarioDocument, Traffic } from "@/api/scenario";
import { useCatalog } from "@/state/catalogStore";
import { useDesign } from "@/state/designStore";
import type { DesignNode, Scenario } from "@/state/graph";
import { useDrawer } from "./drawerStore";
import { completeScenario, DEFAULT_SCENARIO, entriesOf, ownTraffic, type Problems, problemsOf } from "./scenario";

export interface ChosenScenario {
  readonly scenario: ScenarioDocument;
  readonly entries: readonly DesignNode[];
  /** What will be sent: the scenario's own traffic, or what the clients say. */
  readonly traffic: readonly Traffic[];
  readonly problems: Problems;
}

/** The scenario that Run takes: the chosen one, else the design's first, else the default. */
export function chooseScenario(scenarios: ReadonlyMap<string, Scenario>, chosenId: string | null): ScenarioDocument {
  const first = [...scenarios.keys()].sort()[0];
  const found = scenarios.get(chosenId ?? "") ?? scenarios.get(first ?? "");
  return found ? completeScenario(found) : DEFAULT_SCENARIO;
}

export function useChosenScenario(): ChosenScenario {
  const scenarios = useDesign((state) => state.scenarios);
  const nodes = useDesign((state) => state.nodes);
  const edges = useDesign((state) => state.edges);
  const services = useCatalog((state) => state.services);
  const chosenId = useDrawer((state) => state.scenarioId);
  return useMemo(() => {
    const scenario = chooseScenario(scenarios, chosenId);
    const entries = entriesOf(nodes, edges.values(), services);
    const traffic = scenario.traffic.length > 0 ? scenario.traffic : ownTraffic(entries);
    return { scenario, entries, traffic, problems: problemsOf(scenario, traffic) };
  }, [scenarios, nodes, edges, services, chosenId]);
}
