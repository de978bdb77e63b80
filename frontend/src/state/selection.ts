import { create } from "zustand";

export type SubjectKind = "node" | "edge" | "group" | "note";

export interface SelectionState {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
  readonly notes: ReadonlySet<string>;
}

const NOTHING: SelectionState = { nodes: new Set(), edges: new Set(), groups: new Set(), notes: new Set() };

/** What this person has selected; never part of the shared document. */
export const useSelection = create<SelectionState>()(() => NOTHING);

export function select(ids: Partial<Record<keyof SelectionState, Iterable<string>>>): void {
  useSelection.setState({
    nodes: new Set(ids.nodes),
    edges: new Set(ids.edges),
    groups: new Set(ids.groups),
    notes: new Set(ids.notes),
  });
}

export function selectOne(kind: SubjectKind, id: string): void {
  select({ [`${kind}s`]: [id] });
}

export function clearSelection(): void {
  useSelection.setState(NOTHING);
}

export function selectionSize(state: SelectionState): number {
  return state.nodes.size + state.edges.size + state.groups.size + state.notes.size;
}

/** Forgets ids that are no longer in the design. */
export function pruneSelection(exists: (kind: keyof SelectionState, id: string) => boolean): void {
  const state = useSelection.getState();
  const kept = (kind: keyof SelectionState) => {
    const ids = [...state[kind]].filter((id) => exists(kind, id));
    return ids.length === state[kind].size ? state[kind] : new Set(ids);
  };
  const next = { nodes: kept("nodes"), edges: kept("edges"), groups: kept("groups"), notes: kept("notes") };
  if ((Object.keys(next) as (keyof SelectionState)[]).some((kind) => next[kind] !== state[kind])) {
    useSelection.setState(next);
  }
}
