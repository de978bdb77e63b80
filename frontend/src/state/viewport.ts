/** Asks the canvas to show something, for those who do not know the canvas. */
import type { Point } from "./graph";

export interface CanvasView {
  /** Brings a node, edge, frame or note to the middle of the view. */
  centreOn: (kind: "node" | "edge" | "group" | "note", id: string) => void;
  /** Adds a node of the service in the middle of the view, or at a place given in window coordinates. */
  addService: (serviceId: string, at?: Point) => void;
  /** Puts an imported file onto the canvas. */
  importFile: (file: File, at?: Point) => void;
  fit: () => void;
}

let view: CanvasView | null = null;

export function setCanvasView(next: CanvasView | null): void {
  view = next;
}

export function canvasView(): CanvasView | null {
  return view;
}
