import { useReactFlow, useStore } from "@xyflow/react";
import { useCallback, useEffect, useRef } from "react";
import { motionMs } from "./motion";

const GLIDE_MS = 200;
const NOTABLE_PX = 40;

/**
 * Keeps everything in view when the canvas gets another size (the drawer opens, the window changes),
 * as long as the person has not chosen a view of their own. Returns what React Flow calls when the view moves.
 */
export function useKeepFitted(): (event: MouseEvent | TouchEvent | null) => void {
  const flow = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const ownView = useRef(false);
  const fitted = useRef({ width, height });
  useEffect(() => {
    const before = fitted.current;
    const changed = Math.abs(width - before.width) + Math.abs(height - before.height);
    if (changed < NOTABLE_PX || width === 0 || height === 0) return;
    const first = before.width === 0;
    fitted.current = { width, height };
    if (!first && !ownView.current) void flow.fitView({ maxZoom: 1, padding: 0.07, duration: motionMs(GLIDE_MS) });
  }, [flow, width, height]);
  return useCallback((event) => {
    if (event) ownView.current = true;
  }, []);
}
