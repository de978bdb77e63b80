import { useReactFlow } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { canEdit, useDesign } from "@/state/designStore";
import { editByOperations, newId } from "@/state/editing";
import type { Point } from "@/state/graph";
import { select, useSelection } from "@/state/selection";
import { isEmpty, pasteOperations, pieceFromText, pieceOf, pieceToText } from "./clipboard";
import { deleteSelection } from "./deleting";

/** Whether a key or clipboard event belongs to a text field and not to the canvas. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** Copy, cut and paste by the browser's own clipboard events, which also work between designs and windows. */
export function useClipboardEvents(): void {
  const flow = useReactFlow();
  const pointer = useRef<Point | null>(null);
  useEffect(() => {
    const follow = (event: PointerEvent) => {
      const inside = event.target instanceof Element && event.target.closest(".react-flow") !== null;
      pointer.current = inside ? { x: event.clientX, y: event.clientY } : null;
    };
    const copy = (event: ClipboardEvent) => {
      if (isTyping(event.target) || document.getSelection()?.type === "Range") return;
      const piece = pieceOf(useDesign.getState(), useSelection.getState());
      if (isEmpty(piece) || !event.clipboardData) return;
      event.clipboardData.setData("text/plain", pieceToText(piece));
      event.preventDefault();
      if (event.type === "cut" && canEdit(useDesign.getState())) deleteSelection();
    };
    const paste = (event: ClipboardEvent) => {
      if (isTyping(event.target)) return;
      if (pasteText(event.clipboardData?.getData("text/plain") ?? "", placeOf(flow, pointer.current)))
        event.preventDefault();
    };
    window.addEventListener("pointermove", follow);
    document.addEventListener("copy", copy);
    document.addEventListener("cut", copy);
    document.addEventListener("paste", paste);
    return () => {
      window.removeEventListener("pointermove", follow);
      document.removeEventListener("copy", copy);
      document.removeEventListener("cut", copy);
      document.removeEventListener("paste", paste);
    };
  }, [flow]);
}

function placeOf(flow: ReturnType<typeof useReactFlow>, pointer: Point | null): Point {
  const box = document.querySelector(".react-flow")?.getBoundingClientRect();
  const middle = { x: (box?.left ?? 0) + (box?.width ?? 0) / 2, y: (box?.top ?? 0) + (box?.height ?? 0) / 2 };
  return flow.screenToFlowPosition(pointer ?? middle);
}

/** Adds what a clipboard text holds around a place and selects it; false when the text is no piece of a design. */
export function pasteText(text: string, at: Point): boolean {
  const piece = pieceFromText(text);
  if (!piece || isEmpty(piece)) return false;
  const pasted = pasteOperations(piece, { at }, newId);
  if (editByOperations(pasted.operations)) {
    select({ nodes: pasted.nodes, groups: pasted.groups, notes: pasted.notes });
  }
  return true;
}
