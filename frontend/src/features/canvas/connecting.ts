/** The arrow that is being drawn right now: from where, to what, and what it would mean. */
import { create } from "zustand";
import { useCatalog } from "@/state/catalogStore";
import { useDesign } from "@/state/designStore";
import { editByOperations, newId } from "@/state/editing";
import { NODE_HEIGHT, NODE_WIDTH, type Point } from "@/state/graph";
import type { Operation } from "@/state/operations";
import { selectOne } from "@/state/selection";
import { type ConnectionOutcome, checkConnection, edgeOf } from "./connectionCheck";

export type Direction = "out" | "in";

export interface Connecting {
  readonly from: string;
  readonly direction: Direction;
  /** Pointer on the canvas and in the window. */
  readonly pointer: Point;
  readonly client: Point;
  readonly over: string | null;
  /** True after the pointer was released over a refused target: the card stays until answered. */
  readonly held: boolean;
  readonly outcomes: ReadonlyMap<string, ConnectionOutcome>;
}

export const useConnecting = create<{ drawing: Connecting | null }>()(() => ({ drawing: null }));

export function startConnecting(from: string, direction: Direction, pointer: Point, client: Point): void {
  useConnecting.setState({
    drawing: { from, direction, pointer, client, over: null, held: false, outcomes: outcomesFrom(from, direction) },
  });
}

export function moveConnecting(pointer: Point, client: Point, over: string | null): void {
  const { drawing } = useConnecting.getState();
  if (drawing && !drawing.held) useConnecting.setState({ drawing: { ...drawing, pointer, client, over } });
}

export function holdConnecting(): void {
  const { drawing } = useConnecting.getState();
  if (drawing) useConnecting.setState({ drawing: { ...drawing, held: true } });
}

export function stopConnecting(): void {
  useConnecting.setState({ drawing: null });
}

/** The two ends of an arrow drawn out of, or into, `from`. */
export function endsOf(from: string, other: string, direction: Direction): { source: string; target: string } {
  return direction === "out" ? { source: from, target: other } : { source: other, target: from };
}

/** For every node of the design: what an arrow from (or, for `in`, to) this node would mean. */
export function outcomesFrom(from: string, direction: Direction): Map<string, ConnectionOutcome> {
  const { nodes } = useDesign.getState();
  const { pairs } = useCatalog.getState();
  const own = nodes.get(from)?.service ?? "";
  const outcomes = new Map<string, ConnectionOutcome>();
  for (const node of nodes.values()) {
    outcomes.set(
      node.id,
      direction === "out" ? checkConnection(pairs, own, node.service) : checkConnection(pairs, node.service, own),
    );
  }
  return outcomes;
}

/** Draws the edge between two nodes with its preferred meaning. False when the pair is refused. */
export function connectNodes(source: string, target: string): boolean {
  const { nodes } = useDesign.getState();
  const outcome = checkConnection(
    useCatalog.getState().pairs,
    nodes.get(source)?.service ?? "",
    nodes.get(target)?.service ?? "",
  );
  if (outcome.kind === "refused") return false;
  const id = newId("e");
  const edge = edgeOf(outcome.kind === "allowed" ? outcome.rows[0] : null, id, source, target);
  if (editByOperations([{ op: "add_edge", edge }])) selectOne("edge", id);
  return true;
}

/** Puts the bridge of a refused pair between the two nodes, with both its connections, as one change. */
export function insertBridge(source: string, target: string): void {
  const { nodes, positions } = useDesign.getState();
  const { pairs, services, connections } = useCatalog.getState();
  const outcome = checkConnection(pairs, nodes.get(source)?.service ?? "", nodes.get(target)?.service ?? "");
  const bridge = outcome.kind === "refused" ? outcome.row.bridge : null;
  const service = bridge && services.get(bridge.service);
  const first = bridge && connections.get(bridge.first);
  const second = bridge && connections.get(bridge.second);
  if (!service || !first || !second) return;
  const id = newId("n");
  const place = freePlace(middleOf(positions.get(source), positions.get(target)), [...positions.values()]);
  const operations: Operation[] = [
    { op: "add_node", node: { id, service: service.id, label: freeLabel(service.label), parameters: {}, ...place } },
    { op: "add_edge", edge: edgeOf(first, newId("e"), source, id) },
    { op: "add_edge", edge: edgeOf(second, newId("e"), id, target) },
  ];
  if (editByOperations(operations)) selectOne("node", id);
}

function middleOf(a: Point | undefined, b: Point | undefined): Point {
  return { x: ((a?.x ?? 0) + (b?.x ?? 0)) / 2, y: ((a?.y ?? 0) + (b?.y ?? 0)) / 2 };
}

const STEP = NODE_HEIGHT + 24;

/** The place, or the nearest one above or below it where a card lies on no other. */
export function freePlace(wanted: Point, taken: readonly Point[]): Point {
  const isFree = (place: Point) =>
    taken.every(
      (other) => Math.abs(other.x - place.x) >= NODE_WIDTH + 8 || Math.abs(other.y - place.y) >= NODE_HEIGHT + 8,
    );
  for (let step = 0; step < 60; step += 1) {
    const shift = Math.ceil(step / 2) * STEP * (step % 2 === 1 ? 1 : -1);
    const place = { x: Math.round(wanted.x), y: Math.round(wanted.y + shift) };
    if (isFree(place)) return place;
  }
  return wanted;
}

/** The label, with the first number that no other node's label has: `queue`, `queue 2`, `queue 3`. */
export function freeLabel(label: string): string {
  const taken = new Set([...useDesign.getState().nodes.values()].map((node) => node.label));
  let free = label;
  for (let number = 2; taken.has(free); number += 1) free = `${label} ${number}`;
  return free;
}
