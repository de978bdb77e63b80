import { formatCompact, type Maybe, significant } from "./number";

const NOTHING = "–";
const CENTS = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** `$41.20`, `$1,250.00`, `$12.4k`, `$0.0034`: US dollars; amounts below a cent keep two digits. */
export function formatMoney(usd: Maybe): string {
  if (typeof usd !== "number" || !Number.isFinite(usd)) return NOTHING;
  const sign = usd < 0 ? "-" : "";
  const size = Math.abs(usd);
  if (size === 0) return "$0.00";
  if (size < 1e-9) return `${sign}<$0.000000001`;
  if (size < 0.01) return `${sign}$${significant(size)}`;
  if (size < 100_000) return `${sign}$${CENTS.format(size)}`;
  return `${sign}$${formatCompact(size)}`;
}

/** `$41.20`, `$1.3k`: where there is no room, as on the axis of a chart. */
export function formatMoneyBriefly(usd: Maybe): string {
  return typeof usd === "number" && usd >= 1_000 ? `$${formatCompact(usd)}` : formatMoney(usd);
}

/** `$41.20/mo`. */
export function formatMoneyPerMonth(usd: Maybe): string {
  const amount = formatMoney(usd);
  return amount === NOTHING ? NOTHING : `${amount}/mo`;
}

/** A price for one unit with every digit it was published with, and cents at least: `$0.0000166667`, `$0.20`. */
export function formatUnitPrice(usd: Maybe): string {
  if (typeof usd !== "number" || !Number.isFinite(usd)) return NOTHING;
  if (usd === 0) return "$0";
  const [whole, cents = ""] = significant(usd, 6).split(".");
  return `$${whole}.${cents.padEnd(2, "0")}`;
}
