/** What happens while cards, frames and notes are dragged, and when they are let go. */
import { type DesignState, useDesign } from "@/state/designStore";
import { editByOperations, editThings, newId, setNodeGroups } from "@/state/editing";
import type { Group, Point } from "@/state/graph";
import { announceDrag } from "@/state/presence";
import { select, useSelection } from "@/state/selection";
import { pasteOperations, pieceOf } from "./clipboard";
import { endMoved, showMoved } from "./drag";
import { frameOfCard, parentOf } from "./frames";

export interface Moved {
  readonly id: string;
  readonly position: Point;
}

/** The things moved, and with each frame all that it holds. */
export function withMembers(design: DesignState, moved: readonly Moved[]): Map<string, Point> {
  const places = new Map(moved.map(({ id, position }) => [id, position]));
  for (const { id, position } of moved) {
    const group = design.groups.get(id);
    if (group) shiftMembers(design, group, { x: position.x - group.x, y: position.y - group.y }, places);
  }
  return places;
}

function shiftMembers(design: DesignState, group: Group, by: Point, places: Map<string, Point>): void {
  for (const node of design.nodes.values()) {
    const at = design.positions.get(node.id);
    if (node.group === group.id && at && !places.has(node.id)) places.set(node.id, { x: at.x + by.x, y: at.y + by.y });
  }
  for (const inner of design.groups.values()) {
    if (inner.parent !== group.id || places.has(inner.id)) continue;
    places.set(inner.id, { x: inner.x + by.x, y: inner.y + by.y });
    shiftMembers(design, inner, by, places);
  }
}

export function dragged(moved: readonly Moved[]): void {
  const places = withMembers(useDesign.getState(), moved);
  showMoved(places);
  announceDrag(Object.fromEntries(places));
}

/** Keeps where things were dropped; with Alt held, copies are left there and the originals go back. */
export function dropped(moved: readonly Moved[], copy: boolean): void {
  const design = useDesign.getState();
  const places = withMembers(design, moved);
  if (copy) leaveCopies(design, moved);
  else moveThings(design, places);
  endMoved();
  announceDrag({});
}

/** Moves things to new places as one change; cards join the frame that they now lie in. */
export function moveThings(design: DesignState, places: ReadonlyMap<string, Point>, merge = "drag"): void {
  const changed = [...places].filter(([id, place]) => {
    const old = design.positions.get(id) ?? design.groups.get(id) ?? design.notes.get(id);
    return old && (old.x !== place.x || old.y !== place.y);
  });
  if (changed.length === 0) return;
  const of = (has: (id: string) => boolean) => new Map(changed.filter(([id]) => has(id)));
  // The drag is one undo, the new frame of a card included; the next drag is another.
  const key = `${merge}:${merge === "drag" ? newId("d") : ""}`;
  editThings(
    {
      nodes: of((id) => design.nodes.has(id)),
      groups: of((id) => design.groups.has(id)),
      notes: of((id) => design.notes.has(id)),
    },
    key,
  );
  const parents = parentChanges(design, places);
  if (parents.size > 0) editThings({ groups: parents }, key);
  setNodeGroups(frameChanges(design, places));
}

function leaveCopies(design: DesignState, moved: readonly Moved[]): void {
  const first = moved[0];
  const from = first && (design.positions.get(first.id) ?? design.groups.get(first.id) ?? design.notes.get(first.id));
  if (!first || !from) return;
  const ids = moved.map(({ id }) => id);
  const chosen = { ...useSelection.getState(), nodes: new Set(ids), groups: new Set(ids), notes: new Set(ids) };
  const offset = { x: first.position.x - from.x, y: first.position.y - from.y };
  const pasted = pasteOperations(pieceOf(design, chosen), { offset }, newId);
  if (editByOperations(pasted.operations)) select(pasted);
}

/** For each moved card whose frame changed: the innermost frame that holds its middle, or null. */
export function frameChanges(design: DesignState, places: ReadonlyMap<string, Point>): Map<string, string | null> {
  const changes = new Map<string, string | null>();
  for (const [id, place] of places) {
    const node = design.nodes.get(id);
    if (!node || (node.group !== undefined && places.has(node.group))) continue;
    const frame = frameOfCard(design.groups, place)?.id ?? null;
    if (frame !== (node.group ?? null)) changes.set(id, frame);
  }
  return changes;
}

/** For each moved frame whose surroundings changed: the innermost frame that holds all of it, or none. */
export function parentChanges(
  design: DesignState,
  places: ReadonlyMap<string, Point>,
): Map<string, { parent: string | undefined }> {
  const changes = new Map<string, { parent: string | undefined }>();
  const moved = new Map(
    [...design.groups].map(([id, group]) => [id, { ...group, ...(places.get(id) ?? {}) }] satisfies [string, Group]),
  );
  for (const id of places.keys()) {
    const group = moved.get(id);
    if (!group || (group.parent !== undefined && places.has(group.parent))) continue;
    const parent = parentOf(moved, group)?.id;
    if (parent !== group.parent) changes.set(id, { parent });
  }
  return changes;
}
