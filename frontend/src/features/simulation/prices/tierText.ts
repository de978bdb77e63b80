/** The words beside a price: its unit, and the part of a month's units that a tier is for. */
import type { Rate } from "@/api/prices";
import { formatCount } from "@/format";

const MULTIPLES: Readonly<Record<string, number>> = { "1k": 1e3, "1M": 1e6 };

/** `per 1M requests, up to 300M`, `per GB, from 10,240`; a rate with one price for all says only its unit. */
export function tierText(rate: Pick<Rate, "unit" | "tiers">, at: number): string {
  const below = rate.tiers[at - 1]?.up_to;
  const upTo = rate.tiers[at]?.up_to;
  const size = MULTIPLES[rate.unit.split(" ")[0] ?? ""] ?? 1;
  if (below) return `per ${rate.unit}, from ${formatCount(below * size)}`;
  return upTo ? `per ${rate.unit}, up to ${formatCount(upTo * size)}` : `per ${rate.unit}`;
}
