/** Changes to the open design by this person: each call is one transaction and one undo. */
import type * as Y from "yjs";
import { canEdit, useDesign } from "./designStore";
import { LOCAL, openDocument } from "./documentConnection";
import type { DocumentMaps } from "./documentMaps";
import type { Group, Note, Point } from "./graph";
import { applyOperations, type Operation, OperationError } from "./operations";
import { showToast } from "./toasts";

const MERGE_WITHIN_MS = 900;
let lastMerge = "";

/**
 * Runs a change on the shared document as one transaction. Calls with the same `merge` key in
 * quick succession (arrow-key nudges, typing) become one undo. False when the design is read-only.
 */
export function edit(change: (maps: DocumentMaps) => void, merge = ""): boolean {
  const open = openDocument();
  if (!open || !canEdit(useDesign.getState())) return false;
  open.undo.captureTimeout = merge && merge === lastMerge ? MERGE_WITHIN_MS : 0;
  lastMerge = merge;
  open.maps.doc.transact(() => change(open.maps), LOCAL);
  return true;
}

/** Applies operations as one undoable change; says so when one of them does not fit any more. */
export function editByOperations(operations: readonly Operation[], merge = ""): boolean {
  try {
    return edit((maps) => applyOperations(maps, operations, LOCAL), merge);
  } catch (error) {
    if (!(error instanceof OperationError)) throw error;
    showToast({ title: "This change no longer fits the design", text: error.message, tone: "warning" });
    return false;
  }
}

export function undo(): void {
  lastMerge = "";
  if (canEdit(useDesign.getState())) openDocument()?.undo.undo();
}

export function redo(): void {
  lastMerge = "";
  if (canEdit(useDesign.getState())) openDocument()?.undo.redo();
}

export function renameDesign(name: string): void {
  edit((maps) => maps.meta.set("name", name));
}

export interface Moves {
  readonly nodes?: ReadonlyMap<string, Point>;
  /** A `parent` of undefined takes a frame out of the one around it. */
  readonly groups?: ReadonlyMap<
    string,
    Partial<Omit<Group, "id" | "parent">> & { readonly parent?: string | undefined }
  >;
  readonly notes?: ReadonlyMap<string, Partial<Omit<Note, "id">>>;
}

/** Moves (and, for frames and notes, resizes or rewrites) things together. */
export function editThings(moves: Moves, merge = ""): void {
  edit((maps) => {
    for (const [id, point] of moves.nodes ?? []) {
      if (maps.nodes.has(id)) maps.positions.set(id, { x: round(point.x), y: round(point.y) });
    }
    for (const [id, change] of moves.groups ?? []) changeItem(maps.groups, id, change);
    for (const [id, change] of moves.notes ?? []) changeItem(maps.notes, id, change);
  }, merge);
}

/** Puts nodes into a frame, or out of any (null). */
export function setNodeGroups(groups: ReadonlyMap<string, string | null>): void {
  if (groups.size === 0) return;
  edit((maps) => {
    for (const [id, group] of groups) {
      const node = maps.nodes.get(id);
      if (!node) continue;
      if (group === null) node.delete("group");
      else node.set("group", group);
    }
  }, lastMerge);
}

function changeItem<T extends object>(
  map: Y.Map<T>,
  id: string,
  change: { [Key in keyof T]?: T[Key] | undefined },
): void {
  const old = map.get(id);
  if (!old) return;
  const kept = Object.entries({ ...old, ...change }).filter(([, value]) => value !== undefined);
  map.set(id, Object.fromEntries(kept) as T);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A new random id that no one else makes at the same time. */
export function newId(prefix: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  return `${prefix}-${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
