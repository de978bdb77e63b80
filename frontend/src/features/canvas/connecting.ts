/** The arrow that is being drawn right now: from where, to what, and what it would mean. */
import { create } from "zustand";
import { useCatalog } from "@/state/catalogStore";
import { useDesign } from "@/state/designStore";
import { editByOperations, newId } from "@/state/editing";
import { type DesignNode, NODE_HEIGHT, NODE_WIDTH, type Point } from "@/state/graph";
import type { Operation } from "@/state/operations";
import { selectOne } from "@/state/selection";
import { showToast } from "@/state/toasts";
import { type ConnectionOutcome, checkConnection, edgeOf } from "./connectionCheck";
import { fixesOf, liesInVpc, type RequiredOf, settingWords, unmetRequirements } from "./requirements";

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
  const own = nodes.get(from);
  const outcomes = new Map<string, ConnectionOutcome>();
  for (const node of nodes.values()) {
    outcomes.set(node.id, direction === "out" ? outcomeBetween(own, node) : outcomeBetween(node, own));
  }
  return outcomes;
}

/** What an arrow between two nodes would mean as they are set, a new node among them. */
export function outcomeBetween(source: DesignNode | undefined, target: DesignNode | undefined): ConnectionOutcome {
  const { pairs } = useCatalog.getState();
  return checkConnection(pairs, source?.service ?? "", target?.service ?? "", (row) =>
    source && target ? unmetRequirements(row, endOf(source), endOf(target)) : [],
  );
}

function endOf(node: DesignNode): RequiredOf {
  return {
    id: node.id,
    service: useCatalog.getState().services.get(node.service),
    parameters: node.parameters,
    inVpcFrame: liesInVpc(node.group, useDesign.getState().groups),
  };
}

/** The operations that draw an allowed or unknown edge, with the settings that it needs at its ends. */
export function drawing(
  outcome: ConnectionOutcome,
  source: string,
  target: string,
): { id: string; operations: Operation[] } {
  const id = newId("e");
  const [row, unmet] = outcome.kind === "allowed" ? [outcome.rows[0], outcome.unmet] : [null, []];
  return {
    id,
    operations: [{ op: "add_edge", edge: edgeOf(row, id, source, target) }, ...fixesOf(unmet, id, source, target)],
  };
}

/** Draws the edge between two nodes with its preferred meaning, as one change. False when the pair is refused. */
export function connectNodes(source: string, target: string): boolean {
  const { nodes } = useDesign.getState();
  const outcome = outcomeBetween(nodes.get(source), nodes.get(target));
  if (outcome.kind === "refused") return false;
  const { id, operations } = drawing(outcome, source, target);
  const set = setWithEdge(outcome, source, target);
  if (editByOperations(operations)) {
    selectOne("edge", id);
    if (set.length > 0)
      showToast({ title: "Drawn with the settings it needs", text: `${set.join("; ")}. One undo takes both back.` });
  }
  return true;
}

/** What drawing the edge also sets, in words: `“Versioning” switched on at uploads`. */
export function setWithEdge(outcome: ConnectionOutcome, source: string, target: string): string[] {
  if (outcome.kind !== "allowed") return [];
  const { nodes } = useDesign.getState();
  const { services } = useCatalog.getState();
  return outcome.unmet
    .filter(({ fix }) => fix !== null)
    .map((requirement) => {
      const node = requirement.end === "edge" ? undefined : nodes.get(requirement.end === "source" ? source : target);
      const known = node ? services.get(node.service)?.parameters : outcome.rows[0].parameters;
      return settingWords(requirement, known ?? [], node?.label);
    });
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
  const node = { id, service: service.id, label: freeLabel(service.label), parameters: {}, ...place };
  const operations: Operation[] = [{ op: "add_node", node }];
  for (const [row, from, to] of [
    [first, nodes.get(source), node],
    [second, node, nodes.get(target)],
  ] as const) {
    if (!from || !to) return;
    const edge = edgeOf(row, newId("e"), from.id, to.id);
    const unmet = unmetRequirements(row, endOf(from), endOf(to));
    operations.push({ op: "add_edge", edge }, ...fixesOf(unmet, edge.id, from.id, to.id));
  }
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
