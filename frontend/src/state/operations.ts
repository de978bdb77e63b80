/** Operations as JSON, applied to the shared document: what fixes, the API and the canvas have in common. */
import * as Y from "yjs";
import { type DocumentMaps, type ItemMap, writeEdge, writeNode } from "./documentMaps";
import type { DesignEdge, Group, Note, PlacedNode, Value } from "./graph";

export type Operation =
  | { op: "add_node"; node: PlacedNode }
  | { op: "remove_node"; node_id: string }
  | { op: "move_node"; node_id: string; x: number; y: number }
  | { op: "relabel_node"; node_id: string; label: string }
  | { op: "set_node_parameter"; node_id: string; parameter: string; value: Value }
  | { op: "add_edge"; edge: DesignEdge }
  | { op: "remove_edge"; edge_id: string }
  | { op: "set_edge_parameter"; edge_id: string; parameter: string; value: Value }
  | { op: "set_edge_connection"; edge: DesignEdge }
  | { op: "add_group"; group: Group }
  | { op: "remove_group"; group_id: string }
  | { op: "add_note"; note: Note }
  | { op: "remove_note"; note_id: string };

/** The operation does not fit the design; the message names what is missing or in the way. */
export class OperationError extends Error {}

/** Applies all operations in one transaction, or none: throws OperationError when one does not fit. */
export function applyOperations(maps: DocumentMaps, operations: readonly Operation[], origin: unknown): void {
  refuseMisfits(maps, operations);
  maps.doc.transact(() => {
    for (const operation of operations) applyOne(maps, operation);
  }, origin);
}

function applyOne(maps: DocumentMaps, operation: Operation): void {
  switch (operation.op) {
    case "add_node": {
      const { x, y, ...node } = operation.node;
      maps.nodes.set(node.id, writeNode(node));
      maps.positions.set(node.id, { x, y });
      return;
    }
    case "remove_node":
      for (const [id, edge] of maps.edges.entries()) {
        if (edge.get("source") === operation.node_id || edge.get("target") === operation.node_id) maps.edges.delete(id);
      }
      maps.nodes.delete(operation.node_id);
      maps.positions.delete(operation.node_id);
      return;
    case "move_node":
      maps.positions.set(operation.node_id, { x: operation.x, y: operation.y });
      return;
    case "relabel_node":
      maps.nodes.get(operation.node_id)?.set("label", operation.label);
      return;
    case "set_node_parameter":
      setParameter(maps.nodes.get(operation.node_id), operation.parameter, operation.value);
      return;
    case "add_edge":
      maps.edges.set(operation.edge.id, writeEdge(operation.edge));
      return;
    case "set_edge_connection":
      changeEdge(maps.edges, operation.edge);
      return;
    case "remove_edge":
      maps.edges.delete(operation.edge_id);
      return;
    case "set_edge_parameter":
      setParameter(maps.edges.get(operation.edge_id), operation.parameter, operation.value);
      return;
    case "add_group": {
      const { id, ...group } = operation.group;
      maps.groups.set(id, group);
      return;
    }
    case "remove_group":
      maps.groups.delete(operation.group_id);
      return;
    case "add_note": {
      const { id, ...note } = operation.note;
      maps.notes.set(id, note);
      return;
    }
    case "remove_note":
      maps.notes.delete(operation.note_id);
  }
}

function setParameter(item: ItemMap | undefined, parameter: string, value: Value): void {
  let parameters = item?.get("parameters");
  if (item && !(parameters instanceof Y.Map)) {
    parameters = new Y.Map(Object.entries((parameters as Record<string, Value> | undefined) ?? {}));
    item.set("parameters", parameters);
  }
  if (!(parameters instanceof Y.Map)) return;
  if (value === null) parameters.delete(parameter);
  else parameters.set(parameter, value);
}

/** Sets what differs only, so that a change by somebody else to another part of the edge survives. */
function changeEdge(edges: Y.Map<ItemMap>, edge: DesignEdge): void {
  const item = edges.get(edge.id);
  if (!item) return;
  for (const key of ["source", "target", "connection", "mode", "flow"] as const) {
    if (item.get(key) !== edge[key]) item.set(key, edge[key]);
  }
  const old = item.get("parameters");
  const names = old instanceof Y.Map ? [...old.keys()] : [];
  for (const name of names) if (!(name in edge.parameters)) setParameter(item, name, null);
  for (const [name, value] of Object.entries(edge.parameters)) setParameter(item, name, value);
}

/** Follows which things exist from one operation to the next, and throws at the first that does not fit. */
function refuseMisfits(maps: DocumentMaps, operations: readonly Operation[]): void {
  const present = {
    node: new Set(maps.nodes.keys()),
    edge: new Set(maps.edges.keys()),
    group: new Set(maps.groups.keys()),
    note: new Set(maps.notes.keys()),
  };
  const ends = new Map([...maps.edges.entries()].map(([id, edge]) => [id, [edge.get("source"), edge.get("target")]]));
  type Kind = keyof typeof present;
  const need = (kind: Kind, id: string) => {
    if (!present[kind].has(id)) throw new OperationError(`There is no ${kind} “${id}” any more.`);
  };
  const add = (kind: Kind, id: string) => {
    if (present[kind].has(id)) throw new OperationError(`The ${kind} “${id}” is there already.`);
    present[kind].add(id);
  };
  const remove = (kind: Kind, id: string) => {
    need(kind, id);
    present[kind].delete(id);
  };
  const needEnds = (edge: DesignEdge) => {
    need("node", edge.source);
    need("node", edge.target);
    ends.set(edge.id, [edge.source, edge.target]);
  };
  for (const operation of operations) {
    switch (operation.op) {
      case "add_node":
        add("node", operation.node.id);
        break;
      case "remove_node":
        remove("node", operation.node_id);
        for (const [id, pair] of ends) if (pair.includes(operation.node_id)) present.edge.delete(id);
        break;
      case "move_node":
      case "relabel_node":
      case "set_node_parameter":
        need("node", operation.node_id);
        break;
      case "add_edge":
        needEnds(operation.edge);
        add("edge", operation.edge.id);
        break;
      case "remove_edge":
        remove("edge", operation.edge_id);
        break;
      case "set_edge_parameter":
        need("edge", operation.edge_id);
        break;
      case "set_edge_connection":
        need("edge", operation.edge.id);
        needEnds(operation.edge);
        break;
      case "add_group":
        add("group", operation.group.id);
        break;
      case "remove_group":
        remove("group", operation.group_id);
        break;
      case "add_note":
        add("note", operation.note.id);
        break;
      case "remove_note":
        remove("note", operation.note_id);
        break;
      default:
        throw new OperationError(`“${(operation as { op: string }).op}” is not an operation.`);
    }
  }
}
