/** Where things are while they move: this person's drag and the Tidy-up animation, before it is in the document. */
import { create } from "zustand";
import type { Point } from "@/state/graph";

export const useDrag = create<{ moved: ReadonlyMap<string, Point> }>()(() => ({ moved: new Map() }));

const NOTHING: ReadonlyMap<string, Point> = new Map();

export function showMoved(moved: ReadonlyMap<string, Point>): void {
  useDrag.setState({ moved });
}

export function endMoved(): void {
  if (useDrag.getState().moved !== NOTHING) useDrag.setState({ moved: NOTHING });
}
