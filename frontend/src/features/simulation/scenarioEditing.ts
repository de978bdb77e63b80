/** Changes to the design's scenarios; each is one undo. */
import type { ScenarioDocument } from "@/api/scenario";
import { edit, newId } from "@/state/editing";
import { useDrawer } from "./drawerStore";

/** Stores a scenario under its id; `merge` as in `edit`. */
export function saveScenario(scenario: ScenarioDocument, merge = ""): void {
  const { id, ...rest } = scenario;
  edit((maps) => maps.scenarios.set(id, { version: 1, ...rest }), merge);
}

/** Adds a copy and chooses it. */
export function addScenario(like: ScenarioDocument): void {
  const id = newId("scenario");
  edit((maps) => {
    const { id: oldId, ...rest } = like;
    if (!maps.scenarios.has(oldId)) maps.scenarios.set(oldId, { version: 1, ...rest });
    maps.scenarios.set(id, { version: 1, ...rest, name: `${like.name} copy`.slice(0, 200) });
  });
  useDrawer.setState({ scenarioId: id });
}

export function deleteScenario(scenario: ScenarioDocument): void {
  edit((maps) => maps.scenarios.delete(scenario.id));
  useDrawer.setState({ scenarioId: null });
}
