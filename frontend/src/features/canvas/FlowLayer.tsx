import { useStore } from "@xyflow/react";
import { useEffect, useRef } from "react";
import type { Point } from "@/state/graph";
import { useEdgeLoads } from "@/state/runStore";
import styles from "./FlowLayer.module.css";
import type { CanvasEdge } from "./flowTypes";
import { motionMs } from "./motion";
import { distance } from "./polyline";

const MOST_DOTS = 400;
const DOT_RADIUS = 2.75;
const SPEED_PX_PER_S = 90;

interface Lane {
  points: readonly Point[];
  length: number;
  dots: number;
  failing: boolean;
}

/** Dots that travel along the edges during a run: how many tells the rate, on a logarithmic scale. */
export function FlowLayer({ edges }: { edges: readonly CanvasEdge[] }) {
  const loads = useEdgeLoads();
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const transform = useStore((state) => state.transform);
  const view = useRef(transform);
  view.current = transform;
  const still = motionMs(1) === 0;

  useEffect(() => {
    const surface = canvas.current;
    const pen = surface?.getContext("2d");
    if (!surface || !pen || loads.size === 0 || still) return;
    const lanes = lanesOf(edges, loads);
    const style = getComputedStyle(document.documentElement);
    const good = style.getPropertyValue("--flow-dot");
    const bad = style.getPropertyValue("--error");
    const ratio = window.devicePixelRatio || 1;
    surface.width = width * ratio;
    surface.height = height * ratio;
    let frame = 0;
    const draw = (now: number) => {
      const [x, y, zoom] = view.current;
      pen.setTransform(1, 0, 0, 1, 0, 0);
      pen.clearRect(0, 0, surface.width, surface.height);
      pen.setTransform(zoom * ratio, 0, 0, zoom * ratio, x * ratio, y * ratio);
      for (const lane of lanes) {
        pen.fillStyle = lane.failing ? bad : good;
        const gap = lane.length / lane.dots;
        const start = ((now / 1000) * SPEED_PX_PER_S) % gap;
        for (let dot = 0; dot < lane.dots; dot += 1) {
          const at = pointAlong(lane.points, start + dot * gap);
          pen.beginPath();
          pen.arc(at.x, at.y, DOT_RADIUS, 0, 2 * Math.PI);
          pen.fill();
        }
      }
      frame = requestAnimationFrame(draw);
    };
    frame = requestAnimationFrame(draw);
    return () => {
      cancelAnimationFrame(frame);
      pen.setTransform(1, 0, 0, 1, 0, 0);
      pen.clearRect(0, 0, surface.width, surface.height);
    };
  }, [edges, loads, width, height, still]);

  return <canvas ref={canvas} className={styles.layer} style={{ width, height }} aria-hidden />;
}

/** 1 dot for a trickle, one more with each factor of about three, thinned out when there would be too many. */
export function dotsFor(ratePerS: number): number {
  return ratePerS <= 0 ? 0 : Math.max(1, Math.min(8, Math.round(1 + 2 * Math.log10(1 + ratePerS))));
}

function lanesOf(
  edges: readonly CanvasEdge[],
  loads: ReadonlyMap<string, { ratePerS: number; errorShare: number }>,
): Lane[] {
  const lanes = edges.flatMap((edge) => {
    const load = loads.get(edge.id);
    const points = edge.data?.route.points;
    if (!load || !points) return [];
    const dots = dotsFor(load.ratePerS);
    return dots === 0 ? [] : [{ points, length: lengthOf(points), dots, failing: load.errorShare >= 0.05 }];
  });
  const wanted = lanes.reduce((sum, lane) => sum + lane.dots, 0);
  if (wanted <= MOST_DOTS) return lanes;
  return lanes.slice(0, MOST_DOTS).map((lane) => ({ ...lane, dots: 1 }));
}

function lengthOf(points: readonly Point[]): number {
  return points.reduce((sum, point, index) => sum + (index > 0 ? distance(points[index - 1] ?? point, point) : 0), 0);
}

function pointAlong(points: readonly Point[], along: number): Point {
  let left = along;
  for (let index = 1; index < points.length; index += 1) {
    const a = points[index - 1] as Point;
    const b = points[index] as Point;
    const length = distance(a, b);
    if (left <= length) {
      const share = length === 0 ? 0 : left / length;
      return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
    }
    left -= length;
  }
  return points.at(-1) ?? { x: 0, y: 0 };
}
