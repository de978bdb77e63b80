/** What an arrow from one service to another would mean, looked up in the catalog's table. */
import type { Connection } from "@/state/catalog";
import { pairKey } from "@/state/catalogStore";
import type { DesignEdge } from "@/state/graph";

export type ConnectionOutcome =
  | {
      readonly kind: "allowed";
      /** Rows that the edge may have; the first is taken. */
      readonly rows: readonly [Connection, ...Connection[]];
      /** What the arrow does not mean, where it can only mean something else than one would think. */
      readonly caution?: Connection;
    }
  | { readonly kind: "refused"; readonly row: Connection }
  | { readonly kind: "unknown" };

type Pairs = ReadonlyMap<string, readonly Connection[]>;

/** Looks a pair of service ids up: usable rows, the row that says why not, or nothing known. */
export function checkConnection(pairs: Pairs, source: string, target: string): ConnectionOutcome {
  const rows = (pairs.get(pairKey(source, target)) ?? []).filter((row) => row.drawable);
  const [first, ...others] = rows.filter((row) => row.usable);
  if (first) {
    const caution = first.preferred ? undefined : rows.find((row) => !row.usable);
    return { kind: "allowed", rows: [first, ...others], ...(caution ? { caution } : {}) };
  }
  const [refused] = rows;
  return refused ? { kind: "refused", row: refused } : { kind: "unknown" };
}

/** The edge that a row makes between two nodes. */
export function edgeOf(row: Connection | null, id: string, source: string, target: string): DesignEdge {
  return {
    id,
    source,
    target,
    connection: row?.id ?? "unknown",
    mode: row?.mode ?? "asynchronous",
    flow: row?.flow ?? "async",
    parameters: {},
  };
}
