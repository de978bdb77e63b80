/** Lines of straight stretches: simplified, with rounded corners, and where a label fits. */
import type { Point } from "@/state/graph";

const CORNER = 10;

/** The middle of a stretch, how long it is, and whether it lies flat. */
export type LabelPlace = Point & { readonly room: number; readonly flat: boolean };

/** Leaves out points that lie on a straight line or coincide. */
export function simplify(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    if (last && Math.abs(last.x - point.x) < 0.5 && Math.abs(last.y - point.y) < 0.5) continue;
    const before = kept.at(-2);
    const straight =
      before &&
      last &&
      ((Math.abs(before.x - last.x) < 0.5 && Math.abs(last.x - point.x) < 0.5) ||
        (Math.abs(before.y - last.y) < 0.5 && Math.abs(last.y - point.y) < 0.5));
    if (straight) kept.pop();
    kept.push(point);
  }
  return kept;
}

/** The points as an SVG path whose corners are rounded. */
export function roundedPath(points: readonly Point[]): string {
  const first = points[0];
  if (!first) return "";
  let path = `M${first.x} ${first.y}`;
  for (let index = 1; index < points.length; index += 1) {
    const corner = points[index] as Point;
    const next = points[index + 1];
    if (!next) {
      path += `L${corner.x} ${corner.y}`;
      continue;
    }
    const before = points[index - 1] as Point;
    const radius = Math.min(CORNER, distance(before, corner) / 2, distance(corner, next) / 2);
    const enter = toward(corner, before, radius);
    const leave = toward(corner, next, radius);
    path += `L${enter.x} ${enter.y}Q${corner.x} ${corner.y} ${leave.x} ${leave.y}`;
  }
  return path;
}

/** How far two points are apart. */
export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** The point `length` away from `from` in the direction of `to`. */
export function toward(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) * length) / whole, y: from.y + ((to.y - from.y) * length) / whole };
}

/** Where a label sits best: the first of the longest stretches. */
export function middleOfLongest(points: readonly Point[]): LabelPlace {
  let best = { ...(points[0] ?? { x: 0, y: 0 }), room: 0, flat: true };
  let longest = -1;
  for (let index = 1; index < points.length; index += 1) {
    const a = points[index - 1] as Point;
    const b = points[index] as Point;
    const length = distance(a, b);
    if (length > longest) {
      longest = length;
      best = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, room: length, flat: Math.abs(a.y - b.y) < 1 };
    }
  }
  return best;
}
