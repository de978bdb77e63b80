/** Keeps plain, immutable maps in step with the shared document, renewing only what changed. */
import type * as Y from "yjs";
import type { DesignState } from "./designStore";
import { type DocumentMaps, readEdge, readNode } from "./documentMaps";

export type DocumentPart = Pick<
  DesignState,
  "name" | "nodes" | "positions" | "edges" | "groups" | "notes" | "scenarios"
>;

/** Calls `changed` at once with everything, then after each transaction with what it renewed. Returns how to stop. */
export function mirrorDocument(maps: DocumentMaps, changed: (part: Partial<DocumentPart>) => void): () => void {
  const stops = [
    mirrorMap(maps.nodes, readNode, (nodes) => changed({ nodes })),
    mirrorMap(
      maps.positions,
      (_id, point) => point,
      (positions) => changed({ positions }),
    ),
    mirrorMap(maps.edges, readEdge, (edges) => changed({ edges })),
    mirrorMap(
      maps.groups,
      (id, group) => ({ ...group, id }),
      (groups) => changed({ groups }),
    ),
    mirrorMap(
      maps.notes,
      (id, note) => ({ ...note, id }),
      (notes) => changed({ notes }),
    ),
    mirrorMap(
      maps.scenarios,
      (id, scenario) => ({ ...scenario, id }),
      (scenarios) => changed({ scenarios }),
    ),
  ];
  const onMeta = () => changed({ name: String(maps.meta.get("name") ?? "") });
  onMeta();
  maps.meta.observe(onMeta);
  return () => {
    maps.meta.unobserve(onMeta);
    for (const stop of stops) stop();
  };
}

function mirrorMap<V, T>(
  map: Y.Map<V>,
  read: (id: string, value: V) => T,
  changed: (items: ReadonlyMap<string, T>) => void,
): () => void {
  let items = new Map([...map.entries()].map(([id, value]) => [id, read(id, value)]));
  changed(items);
  const observer = (events: Y.YEvent<Y.AbstractType<unknown>>[]) => {
    items = new Map(items);
    for (const id of changedKeys(events)) {
      const value = map.get(id);
      if (value === undefined) items.delete(id);
      else items.set(id, read(id, value));
    }
    changed(items);
  };
  map.observeDeep(observer as Parameters<typeof map.observeDeep>[0]);
  return () => map.unobserveDeep(observer as Parameters<typeof map.observeDeep>[0]);
}

/** Keys of the observed map that the events touch: at the top, or anywhere below. */
function changedKeys(events: Y.YEvent<Y.AbstractType<unknown>>[]): Set<string> {
  const keys = new Set<string>();
  for (const event of events) {
    const first = event.path[0];
    if (first !== undefined) keys.add(String(first));
    else for (const key of event.changes.keys.keys()) keys.add(key);
  }
  return keys;
}
