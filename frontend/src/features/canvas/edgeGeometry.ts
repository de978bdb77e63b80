/** Orthogonal routes between cards: which sides they use, where they bend, and how parallel ones are spread. */
import type { Point, Rect } from "@/state/graph";
import { ObstacleGrid } from "./obstacleGrid";
import { type LabelPlace, middleOfLongest, roundedPath, simplify } from "./polyline";

export type Side = "left" | "right" | "top" | "bottom";

export interface Route {
  readonly points: readonly Point[];
  /** SVG path with rounded corners. */
  readonly path: string;
  readonly sourceSide: Side;
  readonly targetSide: Side;
  readonly label: LabelPlace;
}

export interface RoutedEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
}

const STUB = 20;
const PORT_GAP = 14;
const BEND_COST = 45;
const CROSSING_COST = 2_000;
const BACKWARD_COST = 90;
const VERTICAL_COST = 25;
const LANE = 9;

/** Which sides an edge uses and where it bends, for two places of its ends. */
export interface Plan {
  sourceSide: Side;
  targetSide: Side;
  /** Where between the two ends the middle stretch lies, 0 to 1. */
  bend: number;
}

/** Plans of an earlier routing and the places they were made for. */
export type PlanMemory = Map<string, { plan: Plan; at: string }>;

/**
 * Routes all edges whose two ends are known. With a memory, an edge whose ends lie where they lay
 * keeps its plan even if something else now stands in its way: good for the time of a drag.
 */
export function routeEdges(
  rects: ReadonlyMap<string, Rect>,
  edges: readonly RoutedEdge[],
  memory?: PlanMemory,
): Map<string, Route> {
  const grid = new ObstacleGrid(rects);
  const plans = new Map<string, Plan>();
  for (const edge of edges) {
    const source = rects.get(edge.source);
    const target = rects.get(edge.target);
    if (!source || !target) continue;
    const at = `${source.x},${source.y},${target.x},${target.y}`;
    const known = memory?.get(edge.id);
    const plan = known?.at === at ? known.plan : choosePlan(edge, source, target, grid);
    plans.set(edge.id, plan);
    memory?.set(edge.id, { plan, at });
  }
  const ports = assignPorts(rects, edges, plans);
  const routes = new Map<string, Route>();
  for (const edge of edges) {
    const plan = plans.get(edge.id);
    const ends = ports.get(edge.id);
    if (!plan || !ends) continue;
    const points = simplify(bendsOf(ends.source, ends.target, plan, ends.lane));
    routes.set(edge.id, {
      points,
      path: roundedPath(points),
      sourceSide: plan.sourceSide,
      targetSide: plan.targetSide,
      label: middleOfLongest(points),
    });
  }
  return routes;
}

function isHorizontal(side: Side): boolean {
  return side === "left" || side === "right";
}

function sideCentre(rect: Rect, side: Side): Point {
  const x = side === "left" ? rect.x : side === "right" ? rect.x + rect.width : rect.x + rect.width / 2;
  const y = side === "top" ? rect.y : side === "bottom" ? rect.y + rect.height : rect.y + rect.height / 2;
  return { x, y };
}

function outward(side: Side): Point {
  return { x: side === "left" ? -1 : side === "right" ? 1 : 0, y: side === "top" ? -1 : side === "bottom" ? 1 : 0 };
}

const PAIRS: readonly (readonly [Side, Side])[] = [
  ["right", "left"],
  ["left", "right"],
  ["bottom", "top"],
  ["top", "bottom"],
  ["right", "top"],
  ["right", "bottom"],
  ["left", "top"],
  ["left", "bottom"],
  ["bottom", "left"],
  ["bottom", "right"],
  ["top", "left"],
  ["top", "right"],
  ["right", "right"],
  ["bottom", "bottom"],
];

function choosePlan(edge: RoutedEdge, source: Rect, target: Rect, grid: ObstacleGrid): Plan {
  if (edge.source === edge.target) return { sourceSide: "right", targetSide: "top", bend: 0.5 };
  let best: Plan = { sourceSide: "right", targetSide: "left", bend: 0.5 };
  let lowest = Number.POSITIVE_INFINITY;
  for (const [sourceSide, targetSide] of PAIRS) {
    const from = sideCentre(source, sourceSide);
    const to = sideCentre(target, targetSide);
    if (!fits(from, to, sourceSide, targetSide)) continue;
    for (const bend of bendChoices(sourceSide, targetSide, from, to)) {
      const plan = { sourceSide, targetSide, bend };
      const cost = costOf(simplify(bendsOf(from, to, plan, 0)), plan, edge, grid);
      if (cost < lowest) {
        lowest = cost;
        best = plan;
      }
    }
  }
  return best;
}

/** Whether the line can leave and arrive straight without turning back into its own card. */
function fits(from: Point, to: Point, sourceSide: Side, targetSide: Side): boolean {
  if (sourceSide === targetSide) return true;
  const out = outward(sourceSide);
  const into = outward(targetSide);
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const opposite = isHorizontal(sourceSide) === isHorizontal(targetSide);
  if (opposite) return out.x * dx + out.y * dy >= STUB;
  return out.x * dx + out.y * dy >= STUB && into.x * -dx + into.y * -dy >= STUB;
}

function bendChoices(sourceSide: Side, targetSide: Side, from: Point, to: Point): readonly number[] {
  const isZ = sourceSide !== targetSide && isHorizontal(sourceSide) === isHorizontal(targetSide);
  if (!isZ) return [0.5];
  const room = isHorizontal(sourceSide) ? Math.abs(to.x - from.x) : Math.abs(to.y - from.y);
  return room < 3 * STUB ? [0.5] : [0.5, STUB / room, 1 - STUB / room];
}

function costOf(points: readonly Point[], plan: Plan, edge: RoutedEdge, grid: ObstacleGrid): number {
  let cost = (points.length - 2) * BEND_COST;
  for (let index = 1; index < points.length; index += 1) {
    const a = points[index - 1] as Point;
    const b = points[index] as Point;
    cost += Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
    cost += grid.crossings(a, b, edge.source, edge.target) * CROSSING_COST;
  }
  if (plan.sourceSide === "left") cost += BACKWARD_COST;
  if (!isHorizontal(plan.sourceSide)) cost += VERTICAL_COST;
  if (!isHorizontal(plan.targetSide)) cost += VERTICAL_COST;
  if (plan.bend !== 0.5) cost += 10;
  return cost;
}

/** All points of a route, ends included. `lane` shifts the middle stretch so that parallel ones do not coincide. */
function bendsOf(from: Point, to: Point, plan: Plan, lane: number): Point[] {
  const { sourceSide, targetSide, bend } = plan;
  if (sourceSide === targetSide) {
    const reach = STUB + 8 + Math.abs(lane);
    if (isHorizontal(sourceSide)) {
      const x = Math.max(from.x, to.x) + reach;
      return [from, { x, y: from.y }, { x, y: to.y }, to];
    }
    const y = Math.max(from.y, to.y) + reach;
    return [from, { x: from.x, y }, { x: to.x, y }, to];
  }
  if (isHorizontal(sourceSide) !== isHorizontal(targetSide)) {
    if (!fits(from, to, sourceSide, targetSide)) {
      // A loop back to the same card: out, round its corner, and in again.
      const out = outward(sourceSide);
      const into = outward(targetSide);
      const first = { x: from.x + out.x * STUB, y: from.y + out.y * STUB };
      const last = { x: to.x + into.x * STUB, y: to.y + into.y * STUB };
      return [from, first, { x: first.x, y: last.y }, last, to];
    }
    return isHorizontal(sourceSide) ? [from, { x: to.x, y: from.y }, to] : [from, { x: from.x, y: to.y }, to];
  }
  if (isHorizontal(sourceSide)) {
    const x = between(from.x, to.x, bend, lane);
    return [from, { x, y: from.y }, { x, y: to.y }, to];
  }
  const y = between(from.y, to.y, bend, lane);
  return [from, { x: from.x, y }, { x: to.x, y }, to];
}

function between(from: number, to: number, bend: number, lane: number): number {
  const direction = Math.sign(to - from);
  const room = Math.max(0, Math.abs(to - from) - 2 * STUB);
  const middle = Math.abs(to - from) * bend + lane;
  return from + direction * Math.min(STUB + room, Math.max(Math.min(STUB, Math.abs(to - from) / 2), middle));
}

interface Ends {
  source: Point;
  target: Point;
  lane: number;
}

interface End {
  edge: RoutedEdge;
  /** Coordinate along the side of what is at the other end: the order in which lines do not cross. */
  toward: number;
  isSource: boolean;
}

/** Spreads the ends on each side of each card, in an order that avoids crossings. */
function assignPorts(
  rects: ReadonlyMap<string, Rect>,
  edges: readonly RoutedEdge[],
  plans: ReadonlyMap<string, Plan>,
): Map<string, Ends> {
  const sides = new Map<string, End[]>();
  const add = (node: string, side: Side, end: End) => {
    const key = `${node}:${side}`;
    const list = sides.get(key);
    if (list) list.push(end);
    else sides.set(key, [end]);
  };
  for (const edge of edges) {
    const plan = plans.get(edge.id);
    const source = rects.get(edge.source);
    const target = rects.get(edge.target);
    if (!plan || !source || !target) continue;
    const along = (side: Side, other: Rect) =>
      isHorizontal(side) ? other.y + other.height / 2 : other.x + other.width / 2;
    add(edge.source, plan.sourceSide, { edge, toward: along(plan.sourceSide, target), isSource: true });
    add(edge.target, plan.targetSide, { edge, toward: along(plan.targetSide, source), isSource: false });
  }
  const placed = new Map<string, Ends>();
  for (const edge of edges) placed.set(edge.id, { source: { x: 0, y: 0 }, target: { x: 0, y: 0 }, lane: 0 });
  for (const [key, ends] of sides) {
    const at = key.lastIndexOf(":");
    const rect = rects.get(key.slice(0, at));
    if (rect) placeOnSide(rect, key.slice(at + 1) as Side, ends, placed);
  }
  alignLoneEnds(edges, plans, sides, rects, placed);
  return placed;
}

function placeOnSide(rect: Rect, side: Side, ends: End[], placed: Map<string, Ends>): void {
  ends.sort((a, b) => a.toward - b.toward || (a.edge.id < b.edge.id ? -1 : 1));
  const length = isHorizontal(side) ? rect.height : rect.width;
  const gap = ends.length < 2 ? 0 : Math.min(PORT_GAP, (length - 20) / (ends.length - 1));
  const centre = sideCentre(rect, side);
  const middle = isHorizontal(side) ? centre.y : centre.x;
  ends.forEach((end, index) => {
    const shift = (index - (ends.length - 1) / 2) * gap;
    const point = isHorizontal(side) ? { x: centre.x, y: centre.y + shift } : { x: centre.x + shift, y: centre.y };
    const entry = placed.get(end.edge.id);
    if (!entry) return;
    entry[end.isSource ? "source" : "target"] = point;
    if (ends.length > 1 && entry.lane === 0) {
      // Those that go furthest out turn first, so that the others pass inside them.
      const rank = end.toward < middle ? index : ends.length - 1 - index;
      entry.lane = (rank - (ends.length - 1) / 2) * LANE * (end.isSource ? 1 : -1);
    }
  });
}

/** Two cards that nearly line up, with one line between them: make it straight. */
function alignLoneEnds(
  edges: readonly RoutedEdge[],
  plans: ReadonlyMap<string, Plan>,
  sides: ReadonlyMap<string, readonly End[]>,
  rects: ReadonlyMap<string, Rect>,
  placed: Map<string, Ends>,
): void {
  for (const edge of edges) {
    const plan = plans.get(edge.id);
    const ends = placed.get(edge.id);
    if (!plan || !ends || isHorizontal(plan.sourceSide) !== isHorizontal(plan.targetSide)) continue;
    if (plan.sourceSide === plan.targetSide) continue;
    const loneSource = sides.get(`${edge.source}:${plan.sourceSide}`)?.length === 1;
    const loneTarget = sides.get(`${edge.target}:${plan.targetSide}`)?.length === 1;
    const axis = isHorizontal(plan.sourceSide) ? "y" : "x";
    const off = Math.abs(ends.source[axis] - ends.target[axis]);
    if (off === 0 || off > 22) continue;
    const movable = loneTarget ? edge.target : loneSource ? edge.source : null;
    const rect = movable === null ? undefined : rects.get(movable);
    if (!rect) continue;
    const wanted = loneTarget ? ends.source[axis] : ends.target[axis];
    const start = axis === "y" ? rect.y : rect.x;
    const length = axis === "y" ? rect.height : rect.width;
    if (wanted < start + 8 || wanted > start + length - 8) continue;
    const end = loneTarget ? "target" : "source";
    ends[end] = { ...ends[end], [axis]: wanted };
  }
}
