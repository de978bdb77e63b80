/** The bill of a run in the order in which a person reads it. */
import type { Cost, CostLine } from "@/api/results";
import { formatCompact, formatUnitPrice } from "@/format";
import type { FreeTier } from "@/state/uiStore";

export interface CostRow {
  readonly line: CostLine;
  readonly label: string;
  /** Rows of a node stand together; its label is said once. */
  readonly isFirstOfNode: boolean;
  readonly estimate: boolean;
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
export function costRows(cost: Cost, labelOf: (nodeId: string) => string): CostRow[] {
  const byNode = new Map<string, CostLine[]>();
  for (const line of cost.lines) byNode.set(line.node, [...(byNode.get(line.node) ?? []), line]);
  const sum = (lines: readonly CostLine[]) => lines.reduce((total, line) => total + line.monthly_usd, 0);
  return [...byNode]
    .sort(([a, linesA], [b, linesB]) => sum(linesB) - sum(linesA) || (a < b ? -1 : 1))
    .flatMap(([node, lines]) =>
      lines
        .sort((a, b) => b.monthly_usd - a.monthly_usd || (a.item < b.item ? -1 : 1))
        .map((line, at) => ({
          line,
          label: labelOf(node),
          isFirstOfNode: at === 0,
          estimate: isEstimate(line),
          share: cost.monthly_usd > 0 ? line.monthly_usd / cost.monthly_usd : 0,
        })),
    );
}

const isEstimate = (line: CostLine): boolean => /estimate/i.test(line.source);

/** A unit of the price list that counts many: `1M requests`, `1,000 requests`. */
const MANY = /^(?<count>[\d,]+)(?<million>M?) (?<thing>.+)$/;

/** `12k GB-seconds × $0.0000166667`, or `15k requests × $0.2 per 1M`. */
export function quantityTimesPrice(line: CostLine): string {
  const price = formatUnitPrice(line.unit_price_usd);
  const many = MANY.exec(line.unit)?.groups;
  if (!many?.count || !many.thing) return `${formatCompact(line.quantity)} ${line.unit} × ${price}`;
  const count = Number(many.count.replaceAll(",", "")) * (many.million ? 1e6 : 1);
  return `${formatCompact(line.quantity * count)} ${many.thing} × ${price} per ${many.count}${many.million ?? ""}`;
}

/** The sources of the prices with their dates, each once. */
export function priceSources(cost: Cost): string[] {
  const said = cost.lines.map(({ source, as_of }) => (source.includes(as_of) ? source : `${source}, as of ${as_of}`));
  return [...new Set(said)].sort();
}
