/** What follows from a design, as `GET /api/designs/<id>/facts/` tells it. */
import type { Source } from "@/state/catalog";
import { api } from "./client";

/** A policy document as AWS takes it; resources are written as `${node-id.Arn}`. */
export type Policy = Readonly<Record<string, unknown>>;

export interface Alarm {
  readonly namespace: string;
  readonly metric: string;
  readonly statistic: string;
  readonly threshold: string;
  readonly why: string;
  readonly authority: Source;
}

export interface Guarantee {
  readonly entry: string;
  readonly delivery: string;
  readonly ordering: string;
  readonly hops: readonly { readonly edge: string; readonly delivery: string; readonly ordering: string }[];
}

export interface NodeFacts {
  readonly role_policy: Policy | null;
  readonly role_trust: Policy | null;
  readonly resource_policy: Policy | null;
  readonly alarms: readonly Alarm[];
  readonly failures: readonly { readonly edge: string; readonly sentences: readonly string[] }[];
  readonly guarantees: readonly Guarantee[];
}

export interface EdgeFacts {
  readonly actions: readonly string[];
  readonly principal: string;
  readonly failure: readonly string[];
  readonly guarantees: readonly Guarantee[];
}

const address = (designId: string, kind: "node" | "edge", id: string) =>
  `/api/designs/${designId}/facts/?${kind}=${encodeURIComponent(id)}`;

export const factsApi = {
  node: (designId: string, id: string, signal?: AbortSignal) =>
    api.get<NodeFacts>(address(designId, "node", id), signal),
  edge: (designId: string, id: string, signal?: AbortSignal) =>
    api.get<EdgeFacts>(address(designId, "edge", id), signal),
};
