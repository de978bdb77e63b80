import { useReactFlow } from "@xyflow/react";
import { useEffect, useMemo } from "react";
import { useCatalog } from "@/state/catalogStore";
import { useDesign } from "@/state/designStore";
import { NODE_HEIGHT, NODE_WIDTH, type Point, type Rect } from "@/state/graph";
import { type CanvasView, setCanvasView } from "@/state/viewport";
import { createNode } from "./createMenu";
import { createFrame } from "./frames";
import { importOnto } from "./importing";
import { motionMs } from "./motion";

const GLIDE_MS = 250;

/** What others may ask of the canvas; offered to them while it is there. */
export function useCanvasView(): CanvasView & { middle: () => Point } {
  const flow = useReactFlow();
  const view = useMemo(() => {
    const middle = (): Point => {
      const box = document.querySelector(".react-flow")?.getBoundingClientRect();
      return flow.screenToFlowPosition({
        x: (box?.left ?? 0) + (box?.width ?? 0) / 2,
        y: (box?.top ?? 0) + (box?.height ?? 0) / 2,
      });
    };
    const place = (at?: Point) => (at ? flow.screenToFlowPosition(at) : middle());
    return {
      middle,
      centreOn: (kind: "node" | "edge" | "group" | "note", id: string) => {
        const rect = rectOf(kind, id);
        if (!rect) return;
        const zoom = Math.max(0.8, Math.min(1.2, flow.getZoom()));
        void flow.setCenter(rect.x + rect.width / 2, rect.y + rect.height / 2, { zoom, duration: motionMs(GLIDE_MS) });
      },
      addService: (serviceId: string, at?: Point) => {
        if (useCatalog.getState().services.get(serviceId)?.frame) createFrame(serviceId, place(at));
        else createNode(serviceId, place(at));
      },
      importFile: (file: File, at?: Point) =>
        void importOnto(file, place(at)).then(
          (done) => done && flow.fitView({ maxZoom: 1, padding: 0.07, duration: motionMs(GLIDE_MS) }),
        ),
      fit: () => void flow.fitView({ maxZoom: 1, padding: 0.07, duration: motionMs(GLIDE_MS) }),
    };
  }, [flow]);
  useEffect(() => {
    setCanvasView(view);
    return () => setCanvasView(null);
  }, [view]);
  return view;
}

function rectOf(kind: "node" | "edge" | "group" | "note", id: string): Rect | null {
  const { positions, edges, groups, notes } = useDesign.getState();
  const card = (node: string) => {
    const at = positions.get(node);
    return at ? { ...at, width: NODE_WIDTH, height: NODE_HEIGHT } : null;
  };
  if (kind === "node") return card(id);
  if (kind === "group") return groups.get(id) ?? null;
  if (kind === "note") return notes.get(id) ?? null;
  const edge = edges.get(id);
  const from = edge && card(edge.source);
  const to = edge && card(edge.target);
  if (!from || !to) return null;
  const x = Math.min(from.x, to.x);
  const y = Math.min(from.y, to.y);
  return {
    x,
    y,
    width: Math.max(from.x, to.x) + NODE_WIDTH - x,
    height: Math.max(from.y, to.y) + NODE_HEIGHT - y,
  };
}
