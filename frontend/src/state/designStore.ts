import { create } from "zustand";
import type { DesignEdge, DesignNode, Group, Note, Point, Scenario } from "./graph";

/** Why the server will not go on with a design. */
export type Refusal = "missing" | "signed_out" | "too_large" | "unreadable";
export type DesignStatus = "closed" | "loading" | "ready" | Refusal;
export type SaveState = "saved" | "saving" | "offline";
export type Role = "owner" | "editor" | "viewer";

export interface DesignState {
  readonly designId: string | null;
  readonly status: DesignStatus;
  readonly save: SaveState;
  readonly role: Role;
  readonly workspace: { readonly id: string; readonly name: string } | null;
  readonly name: string;
  readonly nodes: ReadonlyMap<string, DesignNode>;
  readonly positions: ReadonlyMap<string, Point>;
  readonly edges: ReadonlyMap<string, DesignEdge>;
  readonly groups: ReadonlyMap<string, Group>;
  readonly notes: ReadonlyMap<string, Note>;
  readonly scenarios: ReadonlyMap<string, Scenario>;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

export const CLOSED: DesignState = {
  designId: null,
  status: "closed",
  save: "saved",
  role: "viewer",
  workspace: null,
  name: "",
  nodes: new Map(),
  positions: new Map(),
  edges: new Map(),
  groups: new Map(),
  notes: new Map(),
  scenarios: new Map(),
  canUndo: false,
  canRedo: false,
};

/**
 * The open design as plain values: a picture of the shared document, renewed with each of its
 * changes. Things that did not change keep their identity. Write through `editing.ts` only.
 */
export const useDesign = create<DesignState>()(() => CLOSED);

export const canEdit = (state: DesignState): boolean => state.status === "ready" && state.role !== "viewer";

export function useCanEdit(): boolean {
  return useDesign(canEdit);
}
