/** The menu that offers what a loose arrow could lead to. */
import { create } from "zustand";
import { useCatalog } from "@/state/catalogStore";
import { useDesign } from "@/state/designStore";
import { editByOperations, newId } from "@/state/editing";
import { NODE_HEIGHT, NODE_WIDTH, type Point } from "@/state/graph";
import type { Operation } from "@/state/operations";
import { selectOne } from "@/state/selection";
import { type Connecting, type Direction, drawing, endsOf, freeLabel, freePlace, outcomeBetween } from "./connecting";
import { frameOfCard } from "./frames";

export interface CreateMenu {
  readonly from: string;
  readonly direction: Direction;
  readonly at: Point;
  readonly client: Point;
}

export const useCreateMenu = create<{ menu: CreateMenu | null }>()(() => ({ menu: null }));

export function openCreateMenu({ from, direction, pointer, client }: Connecting): void {
  useCreateMenu.setState({ menu: { from, direction, at: pointer, client } });
}

export function closeCreateMenu(): void {
  useCreateMenu.setState({ menu: null });
}

/** Adds a node of the service at a place (its middle) and selects it; returns its id. */
export function createNode(serviceId: string, middle: Point, connect?: { from: string; direction: Direction }): string {
  const { services } = useCatalog.getState();
  const { nodes, positions, groups } = useDesign.getState();
  const service = services.get(serviceId);
  const id = newId("n");
  const wanted = { x: middle.x - NODE_WIDTH / 2, y: middle.y - NODE_HEIGHT / 2 };
  const node = {
    id,
    service: serviceId,
    label: freeLabel(service?.label ?? serviceId),
    parameters: {},
    ...freePlace(wanted, [...positions.values()]),
  };
  const frame = frameOfCard(groups, node);
  const edges: Operation[] = [];
  if (connect) {
    const { source, target } = endsOf(connect.from, id, connect.direction);
    const nodeOf = (end: string) => (end === id ? node : nodes.get(end));
    const outcome = outcomeBetween(nodeOf(source), nodeOf(target));
    if (outcome.kind === "allowed") edges.push(...drawing(outcome, source, target).operations);
  }
  if (editByOperations([{ op: "add_node", node: frame ? { ...node, group: frame.id } : node }, ...edges]))
    selectOne("node", id);
  return id;
}
