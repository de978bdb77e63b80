import { create } from "zustand";
import { api } from "@/api/client";
import type { Catalog, Connection, EdgeStyle, Labelled, Parameter, Service } from "./catalog";
import type { DesignEdge, Flow, Value } from "./graph";

export interface CatalogState {
  readonly status: "idle" | "loading" | "ready" | "failed";
  readonly version: string;
  readonly categories: readonly string[];
  readonly styles: readonly EdgeStyle[];
  /** Labels of modes, flows, verdicts and permission sides, each under `kind:id`. */
  readonly labels: ReadonlyMap<string, string>;
  readonly modeStyles: ReadonlyMap<string, Readonly<Record<Flow, string>>>;
  readonly services: ReadonlyMap<string, Service>;
  readonly connections: ReadonlyMap<string, Connection>;
  /** Rows by `source>target`, the preferred one first. */
  readonly pairs: ReadonlyMap<string, readonly Connection[]>;
}

export const useCatalog = create<CatalogState>()(() => ({
  status: "idle",
  version: "",
  categories: [],
  styles: [],
  labels: new Map(),
  modeStyles: new Map(),
  services: new Map(),
  connections: new Map(),
  pairs: new Map(),
}));

/** Fetches the catalog once; a failed attempt can be repeated. */
export async function loadCatalog(): Promise<void> {
  const { status } = useCatalog.getState();
  if (status === "loading" || status === "ready") return;
  useCatalog.setState({ status: "loading" });
  try {
    setCatalog(await api.get<Catalog>("/api/catalog/"));
  } catch {
    useCatalog.setState({ status: "failed" });
  }
}

export function setCatalog(catalog: Catalog): void {
  useCatalog.setState({
    status: "ready",
    version: catalog.version,
    categories: catalog.categories,
    styles: catalog.styles,
    labels: new Map([
      ...labelsOf("mode", catalog.modes),
      ...labelsOf("flow", catalog.flows),
      ...labelsOf("verdict", catalog.verdicts),
      ...labelsOf("permission", catalog.permission_sides),
    ]),
    modeStyles: new Map(catalog.modes.map((mode) => [mode.id, mode.styles])),
    services: new Map(catalog.services.map((service) => [service.id, service])),
    connections: new Map(catalog.connections.map((row) => [row.id, row])),
    pairs: pairsOf(catalog.connections),
  });
}

function labelsOf(kind: string, items: readonly Labelled[]): [string, string][] {
  return items.map((item) => [`${kind}:${item.id}`, item.label]);
}

function pairsOf(connections: readonly Connection[]): Map<string, Connection[]> {
  const pairs = new Map<string, Connection[]>();
  for (const row of connections) {
    const key = pairKey(row.source, row.target);
    pairs.set(key, [...(pairs.get(key) ?? []), row]);
  }
  for (const rows of pairs.values()) {
    rows.sort((a, b) => Number(b.preferred) - Number(a.preferred) || (a.id < b.id ? -1 : 1));
  }
  return pairs;
}

export function pairKey(source: string, target: string): string {
  return `${source}>${target}`;
}

/** A thing's value for a parameter: its own, or the default. */
export function parameterValue(parameter: Parameter, own: Readonly<Record<string, Value>>): Value {
  return own[parameter.id] ?? parameter.default;
}

/** The style in which an edge is drawn: its row's, or by mode and flow when the row is unknown. */
export function edgeStyleId(catalog: CatalogState, edge: Pick<DesignEdge, "connection" | "mode" | "flow">): string {
  return (
    catalog.connections.get(edge.connection)?.style ?? catalog.modeStyles.get(edge.mode)?.[edge.flow] ?? "asynchronous"
  );
}

/** The same edge with another meaning; of its own values it keeps those that the new row has too. */
export function withConnection(edge: DesignEdge, row: Connection): DesignEdge {
  const known = new Set(row.parameters.map((parameter) => parameter.id));
  const parameters = Object.fromEntries(Object.entries(edge.parameters).filter(([name]) => known.has(name)));
  return { ...edge, connection: row.id, mode: row.mode, flow: row.flow, parameters };
}
