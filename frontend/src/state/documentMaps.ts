/** The shared Yjs document: where each part of a design lives in it, and how to read it. */
import * as Y from "yjs";
import type { DesignEdge, DesignNode, Flow, Group, Mode, Note, Parameters, Point, Scenario, Value } from "./graph";

export type ItemMap = Y.Map<unknown>;

export interface DocumentMaps {
  readonly doc: Y.Doc;
  readonly meta: Y.Map<unknown>;
  readonly nodes: Y.Map<ItemMap>;
  readonly positions: Y.Map<Point>;
  readonly edges: Y.Map<ItemMap>;
  readonly groups: Y.Map<Omit<Group, "id">>;
  readonly notes: Y.Map<Omit<Note, "id">>;
  readonly scenarios: Y.Map<Omit<Scenario, "id">>;
}

export function documentMaps(doc: Y.Doc): DocumentMaps {
  return {
    doc,
    meta: doc.getMap("meta"),
    nodes: doc.getMap("nodes"),
    positions: doc.getMap("positions"),
    edges: doc.getMap("edges"),
    groups: doc.getMap("groups"),
    notes: doc.getMap("notes"),
    scenarios: doc.getMap("scenarios"),
  };
}

const text = (value: unknown, otherwise = ""): string => (typeof value === "string" ? value : otherwise);

function parametersOf(item: ItemMap): Parameters {
  const parameters = item.get("parameters");
  if (parameters instanceof Y.Map) return parameters.toJSON() as Record<string, Value>;
  return (parameters as Record<string, Value> | undefined) ?? {};
}

export function readNode(id: string, item: ItemMap): DesignNode {
  const group = item.get("group");
  const resource = item.get("resource");
  return {
    id,
    service: text(item.get("service"), "other"),
    label: text(item.get("label"), id),
    parameters: parametersOf(item),
    ...(typeof group === "string" ? { group } : {}),
    ...(resource === undefined || resource === null ? {} : { resource }),
  };
}

export function readEdge(id: string, item: ItemMap): DesignEdge {
  return {
    id,
    source: text(item.get("source")),
    target: text(item.get("target")),
    connection: text(item.get("connection"), "unknown"),
    mode: text(item.get("mode"), "asynchronous") as Mode,
    flow: text(item.get("flow"), "async") as Flow,
    parameters: parametersOf(item),
  };
}

function parameterMap(parameters: Parameters): Y.Map<Value> {
  return new Y.Map(Object.entries(parameters));
}

export function writeNode(node: DesignNode): ItemMap {
  const item: ItemMap = new Y.Map();
  item.set("service", node.service);
  item.set("label", node.label);
  if (node.group !== undefined) item.set("group", node.group);
  if (node.resource !== undefined) item.set("resource", node.resource);
  item.set("parameters", parameterMap(node.parameters));
  return item;
}

export function writeEdge(edge: DesignEdge): ItemMap {
  const item: ItemMap = new Y.Map();
  for (const key of ["source", "target", "connection", "mode", "flow"] as const) item.set(key, edge[key]);
  item.set("parameters", parameterMap(edge.parameters));
  return item;
}
