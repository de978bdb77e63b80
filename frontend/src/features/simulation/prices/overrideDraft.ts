/** The prices and quotas of one's own while they are being typed: texts, read when they are saved. */
import type { Overrides, Prices, Rate, Tier } from "@/api/prices";
import { formatExact } from "@/format";

/** The server's bounds: more is a slip of the keyboard. */
const MOST_USD = 1e6;
const MOST_UNITS = 1e15;

/** Typed texts by `rate id:tier` and by quota id; an empty text means the published figure. */
export type Draft = Readonly<Record<string, string>>;

export const tierKey = (rate: Rate, tier: number): string => `${rate.id}:${tier}`;

/** What stands in the fields when the dialog opens. */
export function draftOf(prices: Prices): Draft {
  const draft: Record<string, string> = {};
  for (const rate of prices.rates) {
    const own = prices.overrides.prices[rate.id];
    if (own && !hasPublishedEdges(rate, own)) continue;
    rate.tiers.forEach((tier, at) => {
      const price = own?.[at]?.price_usd;
      if (price !== undefined && price !== tier.price_usd) draft[tierKey(rate, at)] = String(price);
    });
  }
  for (const [id, value] of Object.entries(prices.overrides.quotas)) draft[id] = String(value);
  return draft;
}

/** False for tiers of one's own that the API was given: the dialog has no fields for them and keeps them. */
export function hasPublishedEdges(rate: Rate, own: readonly Tier[]): boolean {
  return own.length === rate.tiers.length && own.every((tier, at) => tier.up_to === rate.tiers[at]?.up_to);
}

export type ReadDraft = { readonly overrides: Overrides } | { readonly key: string; readonly problem: string };

/** Reads the fields; a rate with one price of its own keeps the published ones in its other tiers. */
export function readDraft(prices: Prices, draft: Draft): ReadDraft {
  const own: Record<string, Tier[]> = {};
  const quotas: Record<string, number> = {};
  for (const rate of prices.rates) {
    const tiers: Tier[] = [];
    for (const [at, tier] of rate.tiers.entries()) {
      const read = readNumber(draft[tierKey(rate, at)], MOST_USD);
      if (read === undefined) {
        const problem = `${rate.service}, ${rate.item}: a price is a number from 0 to ${formatExact(MOST_USD)}.`;
        return { key: tierKey(rate, at), problem };
      }
      tiers.push({ up_to: tier.up_to, price_usd: read ?? tier.price_usd });
    }
    const kept = prices.overrides.prices[rate.id];
    if (kept && !hasPublishedEdges(rate, kept) && rate.tiers.every((_, at) => !draft[tierKey(rate, at)]?.trim())) {
      own[rate.id] = [...kept];
      continue;
    }
    const isOwn = tiers.some((tier, at) => tier.price_usd !== rate.tiers[at]?.price_usd);
    if (isOwn) own[rate.id] = tiers;
  }
  for (const quota of prices.quotas) {
    const read = readNumber(draft[quota.id], MOST_UNITS);
    if (read === undefined) {
      return { key: quota.id, problem: `${quota.service}, ${quota.name}: a quota is a number from 0 on.` };
    }
    if (read !== null && read !== quota.value) quotas[quota.id] = read;
  }
  return { overrides: { prices: own, quotas } };
}

/** The number, null for an empty field, undefined for what is no number from 0 to the bound. */
function readNumber(text: string | undefined, most: number): number | null | undefined {
  const trimmed = (text ?? "").replaceAll(",", "").trim();
  if (trimmed === "") return null;
  const value = Number(trimmed);
  return value >= 0 && value <= most ? value : undefined;
}
