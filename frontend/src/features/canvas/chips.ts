/** Small words on a card's lower edge: what its connections and its place in the network tell. */
import type { DesignEdge, DesignNode, Group } from "@/state/graph";
import { liesInVpc } from "./requirements";

export interface Chip {
  readonly text: string;
  readonly title: string;
}

/** Services that can be attached to a VPC or not; what always lies in one needs no word about it. */
const ATTACHABLE: ReadonlySet<string> = new Set(["lambda", "opensearch", "redshift", "http_endpoint"]);

const VPC: Chip = { text: "VPC", title: "Attached to a VPC" };
const FAILURES: Chip = {
  text: "DLQ",
  title: "What fails is kept: it has a dead-letter queue or a failure destination",
};

const failing = new WeakMap<ReadonlyMap<string, DesignEdge>, ReadonlySet<string>>();

/** The nodes whose failures go somewhere; worked out once for each state of the edges. */
export function withFailurePath(edges: ReadonlyMap<string, DesignEdge>): ReadonlySet<string> {
  const known = failing.get(edges);
  if (known) return known;
  const found = new Set([...edges.values()].filter((edge) => edge.mode === "failure").map((edge) => edge.source));
  failing.set(edges, found);
  return found;
}

export function isAttached(node: DesignNode, groups: ReadonlyMap<string, Group>): boolean {
  if (!ATTACHABLE.has(node.service)) return false;
  return node.parameters.in_vpc === true || node.parameters.location === "vpc" || liesInVpc(node.group, groups);
}

export function chipsOf(attached: boolean, keepsFailures: boolean): Chip[] {
  return [...(attached ? [VPC] : []), ...(keepsFailures ? [FAILURES] : [])];
}
