import { useReactFlow } from "@xyflow/react";
import { type PointerEvent as ReactPointerEvent, useCallback } from "react";
import { useDesign } from "@/state/designStore";
import { NODE_HEIGHT, NODE_WIDTH, type Point } from "@/state/graph";
import {
  connectNodes,
  type Direction,
  endsOf,
  holdConnecting,
  insertBridge,
  moveConnecting,
  startConnecting,
  stopConnecting,
  useConnecting,
} from "./connecting";
import { openCreateMenu } from "./createMenu";

const EDGE_ZONE_PX = 40;
const PAN_STEP_PX = 12;

/** Starts drawing an arrow at a port; from there on the pointer belongs to the drawing until it is released. */
export function useConnectDrag(nodeId: string) {
  const flow = useReactFlow();
  return useCallback(
    (event: ReactPointerEvent, direction: Direction) => {
      if (event.button !== 0) return;
      event.preventDefault();
      event.stopPropagation();
      const pane = document.querySelector<HTMLElement>(".react-flow")?.getBoundingClientRect();
      let client: Point = { x: event.clientX, y: event.clientY };
      const follow = () => {
        const pointer = flow.screenToFlowPosition(client, { snapToGrid: false });
        moveConnecting(pointer, client, nodeAt(pointer, nodeId));
      };
      startConnecting(nodeId, direction, flow.screenToFlowPosition(client, { snapToGrid: false }), client);

      const panning = window.setInterval(() => {
        const dx = nearEdge(client.x, pane?.left ?? 0, pane?.right ?? window.innerWidth);
        const dy = nearEdge(client.y, pane?.top ?? 0, pane?.bottom ?? window.innerHeight);
        if (dx === 0 && dy === 0) return;
        const view = flow.getViewport();
        void flow.setViewport({ ...view, x: view.x - dx * PAN_STEP_PX, y: view.y - dy * PAN_STEP_PX });
        follow();
      }, 16);

      const stop = () => {
        window.clearInterval(panning);
        window.removeEventListener("pointermove", onMove);
        window.removeEventListener("pointerup", onUp);
        window.removeEventListener("pointercancel", onCancel);
        window.removeEventListener("keydown", onKey, true);
      };
      const onMove = (move: PointerEvent) => {
        client = { x: move.clientX, y: move.clientY };
        follow();
      };
      const onUp = () => {
        stop();
        const isInside =
          !pane || (client.x >= pane.left && client.x <= pane.right && client.y >= pane.top && client.y <= pane.bottom);
        if (isInside) finish();
        else stopConnecting();
      };
      const onCancel = () => {
        stop();
        stopConnecting();
      };
      const onKey = (key: KeyboardEvent) => {
        if (key.key !== "Escape" && key.key !== "Enter") return;
        key.preventDefault();
        key.stopPropagation();
        const { drawing } = useConnecting.getState();
        if (key.key === "Enter") {
          const pair = drawing?.over ? endsOf(drawing.from, drawing.over, direction) : null;
          const outcome = drawing?.over ? drawing.outcomes.get(drawing.over) : undefined;
          if (!pair || outcome?.kind !== "refused" || !outcome.row.bridge) return;
          insertBridge(pair.source, pair.target);
        }
        stop();
        stopConnecting();
      };
      window.addEventListener("pointermove", onMove);
      window.addEventListener("pointerup", onUp);
      window.addEventListener("pointercancel", onCancel);
      window.addEventListener("keydown", onKey, true);
    },
    [flow, nodeId],
  );
}

function finish(): void {
  const { drawing } = useConnecting.getState();
  if (!drawing) return;
  if (drawing.over === null) {
    stopConnecting();
    const moved = distanceToCard(drawing.from, drawing.pointer) > 24;
    if (moved) openCreateMenu(drawing);
    return;
  }
  const { source, target } = endsOf(drawing.from, drawing.over, drawing.direction);
  if (connectNodes(source, target)) stopConnecting();
  else holdConnecting();
}

function distanceToCard(id: string, point: Point): number {
  const at = useDesign.getState().positions.get(id);
  if (!at) return 0;
  const dx = Math.max(at.x - point.x, 0, point.x - at.x - NODE_WIDTH);
  const dy = Math.max(at.y - point.y, 0, point.y - at.y - NODE_HEIGHT);
  return Math.hypot(dx, dy);
}

/** The topmost node under a point of the canvas, with a little tolerance; the node itself only when well inside it. */
function nodeAt(point: Point, from: string): string | null {
  const { positions, nodes } = useDesign.getState();
  let found: string | null = null;
  for (const [id, at] of positions) {
    if (!nodes.has(id)) continue;
    const slack = id === from ? -12 : 8;
    const inside =
      point.x >= at.x - slack &&
      point.x <= at.x + NODE_WIDTH + slack &&
      point.y >= at.y - slack &&
      point.y <= at.y + NODE_HEIGHT + slack;
    if (inside) found = id;
  }
  return found;
}

function nearEdge(value: number, low: number, high: number): number {
  if (value < low + EDGE_ZONE_PX) return -1;
  return value > high - EDGE_ZONE_PX ? 1 : 0;
}
