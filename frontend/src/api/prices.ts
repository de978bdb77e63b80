import { api } from "./client";
import type { Prices as PricesJson, PublishedQuota, PublishedRate } from "./schema.gen";

export interface Tier {
  /** Units a month; null in the last tier. */
  readonly up_to: number | null;
  readonly price_usd: number;
}

/** What an account has agreed with AWS: tiers by rate id, quotas by `service.limit`. */
export interface Overrides {
  readonly prices: Readonly<Record<string, readonly Tier[]>>;
  readonly quotas: Readonly<Record<string, number>>;
}

export type Rate = PublishedRate;
export type Quota = PublishedQuota;
export type Prices = Omit<PricesJson, "overrides"> & { readonly overrides: Overrides };

export const pricesApi = {
  get: (workspaceId: string, signal?: AbortSignal) => api.get<Prices>(`/api/workspaces/${workspaceId}/prices/`, signal),
  save: (workspaceId: string, overrides: Overrides) =>
    api.put<Prices>(`/api/workspaces/${workspaceId}/prices/`, overrides),
};
