/** The bill of a run in the order in which a person reads it. */
import type { Cost, CostLine } from "@/api/results";
import { formatCompact, formatUnitPrice } from "@/format";
import type { FreeTier } from "@/state/uiStore";
import { tierText } from "./prices/tierText";

/** The lines of one node with their sums; the dearest line first. */
export interface CostGroup {
  readonly node: string;
  readonly label: string;
  readonly lines: readonly CostLine[];
  readonly amountUsd: number;
  readonly monthlyUsd: number;
  /** Share of the month's total, 0 to 1. */
  readonly share: number;
}

export const FREE_TIERS: readonly { readonly id: FreeTier; readonly label: string }[] = [
  { id: "none", label: "Without free tiers" },
  { id: "always", label: "With what is always free" },
  { id: "legacy_12_months", label: "First year of an account made before 15 July 2025" },
];

/** The bill of an account with this free tier. */
export function withFreeTier(cost: Cost, tier: FreeTier): Cost {
  if (tier === "none") return cost;
  return {
    ...cost,
    lines: cost.lines.map((line) => ({ ...line, monthly_usd: line.monthly_usd - (line.free_usd?.[tier] ?? 0) })),
    monthly_usd: cost.monthly_usd - (cost.monthly_free_usd?.[tier] ?? 0),
  };
}

/** Nodes by what they cost in a month, the dearest first; the same for the lines of each. */
export function costGroups(cost: Cost, labelOf: (nodeId: string) => string): CostGroup[] {
  const byNode = new Map<string, CostLine[]>();
  for (const line of cost.lines) byNode.set(line.node, [...(byNode.get(line.node) ?? []), line]);
  return [...byNode]
    .map(([node, lines]) => {
      const monthlyUsd = sum(lines.map((line) => line.monthly_usd));
      return {
        node,
        label: labelOf(node),
        lines: lines.sort((a, b) => b.monthly_usd - a.monthly_usd || (a.item < b.item ? -1 : 1)),
        amountUsd: sum(lines.map((line) => line.amount_usd)),
        monthlyUsd,
        share: shareOf(cost, monthlyUsd),
      };
    })
    .sort((a, b) => b.monthlyUsd - a.monthlyUsd || (a.node < b.node ? -1 : 1));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Share of the month's total, 0 to 1. */
export const shareOf = (cost: Cost, usd: number): number => (cost.monthly_usd > 0 ? usd / cost.monthly_usd : 0);

export const isEstimate = (line: CostLine): boolean => Boolean(line.estimate) || /estimate/i.test(line.source);

/** A unit of the price list that counts many: `1M requests`, `1,000 requests`. */
const MANY = /^(?<count>[\d,]+)(?<million>M?) (?<thing>.+)$/;

/** `12k GB-s`, or `15k requests` for 0.015 units of `1M requests`. */
export function amountText(quantity: number, unit: string): string {
  const many = MANY.exec(unit)?.groups;
  if (!many?.count || !many.thing) return `${formatCompact(quantity)} ${unit}`;
  const count = Number(many.count.replaceAll(",", "")) * (many.million ? 1e6 : 1);
  return `${formatCompact(quantity * count)} ${many.thing}`;
}

/** `12k GB-seconds × $0.0000166667`, or `15k requests × $0.2 per 1M`. */
export function quantityTimesPrice(line: CostLine): string {
  const price = formatUnitPrice(line.unit_price_usd);
  const many = MANY.exec(line.unit)?.groups;
  const per = many ? ` per ${many.count}${many.million ?? ""}` : "";
  return `${amountText(line.quantity, line.unit)} × ${price}${per}`;
}

/** Every tier in words: `$1.00 per 1M requests, up to 300M`. */
export function priceTexts(line: CostLine): string[] {
  const tiers = line.tiers ?? [{ up_to: null, price_usd: line.unit_price_usd }];
  return tiers.map(
    (tier, at) => `${formatUnitPrice(tier.price_usd)} ${tierText({ unit: line.unit, tiers: [...tiers] }, at)}`,
  );
}

/** What the free tier gives this line in a month: `1M requests`; empty where it gives nothing. */
export function freeText(line: CostLine, tier: FreeTier): string {
  const quantity = line.free_quantity?.[tier] ?? 0;
  return quantity > 0 ? amountText(quantity, line.unit) : "";
}

/** Who published the price, and when. */
export const sourceText = ({ source, as_of, own_price }: CostLine): string =>
  own_price || source.includes(as_of) ? source : `${source}, as of ${as_of}`;

/** The sources of the prices, each once, with the dates of its oldest and newest price. */
export function priceSources(cost: Cost): string[] {
  const dates = new Map<string, string[]>();
  for (const line of cost.lines) dates.set(line.source, [...(dates.get(line.source) ?? []), line.as_of]);
  return [...dates]
    .map(([source, found]) => {
      const [oldest, newest] = [found.sort()[0] ?? "", found.at(-1) ?? ""];
      if (cost.lines.some((line) => line.own_price && line.source === source)) return source;
      return `${source}, as of ${oldest === newest ? oldest : `${oldest} to ${newest}`}`;
    })
    .sort();
}

/** The lines with a price of the workspace's own: `orders: Requests`. */
export const ownPrices = (cost: Cost, labelOf: (nodeId: string) => string): string[] =>
  cost.lines.filter((line) => line.own_price).map((line) => `${labelOf(line.node)}: ${line.item}`);
