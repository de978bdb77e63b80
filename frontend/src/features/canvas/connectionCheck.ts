/** What an arrow from one service to another would mean, looked up in the catalog's table. */
import type { Connection, Requirement } from "@/state/catalog";
import { pairKey } from "@/state/catalogStore";
import type { DesignEdge } from "@/state/graph";

export type ConnectionOutcome =
  | {
      readonly kind: "allowed";
      /** Rows that the edge may have, those that work as things are set first; the first is taken. */
      readonly rows: readonly [Connection, ...Connection[]];
      /** What the first row requires of its ends and they lack. */
      readonly unmet: readonly Requirement[];
      /** What the arrow does not mean, where it can only mean something else than one would think. */
      readonly caution?: Connection;
    }
  | { readonly kind: "refused"; readonly row: Connection }
  | { readonly kind: "unknown" };

type Pairs = ReadonlyMap<string, readonly Connection[]>;
/** The requirements of a row that do not hold between two particular nodes. */
type UnmetOf = (row: Connection) => readonly Requirement[];

const NOTHING_REQUIRED: UnmetOf = () => [];

/** Looks a pair of service ids up: usable rows, the row that says why not, or nothing known. */
export function checkConnection(
  pairs: Pairs,
  source: string,
  target: string,
  unmetOf: UnmetOf = NOTHING_REQUIRED,
): ConnectionOutcome {
  const rows = (pairs.get(pairKey(source, target)) ?? []).filter((row) => row.drawable);
  const usable = rows.filter((row) => row.usable).map((row) => ({ row, unmet: unmetOf(row) }));
  usable.sort((a, b) => Number(a.unmet.length > 0) - Number(b.unmet.length > 0));
  const [first, ...others] = usable;
  if (first) {
    const caution = usable.some(({ row }) => row.preferred) ? undefined : rows.find((row) => !row.usable);
    return {
      kind: "allowed",
      rows: [first.row, ...others.map((other) => other.row)],
      unmet: first.unmet,
      ...(caution ? { caution } : {}),
    };
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
