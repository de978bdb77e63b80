/**
 * How Windtunnel writes numbers: three significant digits, SI prefix, unit, the same everywhere.
 * A value that is not there (null, undefined, NaN) is written as an en dash.
 */

const NOTHING = "–";
const PREFIXES = [
  { from: 1e12, sign: "T" },
  { from: 1e9, sign: "G" },
  { from: 1e6, sign: "M" },
  { from: 1e3, sign: "k" },
] as const;
const GROUPED = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

export type Maybe = number | null | undefined;

function isThere(value: Maybe): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

/** At most `digits` significant digits, without trailing zeros: `1.2`, `84`, `0.034`. */
export function significant(value: number, digits = 2): string {
  if (value === 0) return "0";
  const size = Math.floor(Math.log10(Math.abs(value)));
  const decimals = Math.min(12, Math.max(0, digits - 1 - size));
  const text = value.toFixed(decimals);
  return decimals > 0 ? text.replace(/\.?0+$/, "") : text;
}

function digitsFor(value: number): number {
  return Math.abs(value) >= 100 ? 3 : 2;
}

/** `1.2k`, `340`, `8.5M`: a count or a rate where space is short. */
export function formatCompact(value: Maybe): string {
  if (!isThere(value)) return NOTHING;
  for (const { from, sign } of PREFIXES) {
    if (Math.abs(value) >= from * 0.9995) return `${significant(value / from, digitsFor(value / from))}${sign}`;
  }
  return significant(value, digitsFor(value));
}

/** `8,412` up to six digits, `1.2M` from there on: a whole number of things. */
export function formatCount(value: Maybe): string {
  if (!isThere(value)) return NOTHING;
  return Math.abs(value) < 1e6 ? GROUPED.format(Math.round(value)) : formatCompact(value);
}

/** All digits with thousands separators: `12,345,678`. */
export function formatExact(value: Maybe): string {
  return isThere(value) ? GROUPED.format(Math.round(value)) : NOTHING;
}

/** `1.2k/s`, from a number per second. */
export function formatRate(perSecond: Maybe): string {
  return isThere(perSecond) ? `${formatCompact(perSecond)}/s` : NOTHING;
}

/** `2.1 %`, from a share of 1. Tiny shares that are not zero say so: `<0.1 %`. */
export function formatPercent(share: Maybe): string {
  if (!isThere(share)) return NOTHING;
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) return "<0.1 %";
  if (percent > 99.9 && percent < 100) return ">99.9 %";
  return `${percent >= 10 ? percent.toFixed(0) : significant(Math.round(percent * 10) / 10)} %`;
}

const BYTE_UNITS = ["B", "KB", "MB", "GB", "TB", "PB"] as const;

/** `1.2 MB`, from bytes; AWS counts in powers of 1024. */
export function formatBytes(bytes: Maybe): string {
  if (!isThere(bytes)) return NOTHING;
  let value = bytes;
  let unit = 0;
  while (Math.abs(value) >= 1023.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${significant(value, digitsFor(value))} ${BYTE_UNITS[unit]}`;
}

/** A counted unit beside this number: `shard` for 1, else `shards`; `ms`, `MB` and `%` stay as they are. */
export function unitFor(value: Maybe, unit: string): string {
  if (value !== 1 || !/^[a-z]{4,}s$/.test(unit)) return unit;
  return unit.replace(/ies$/, "y").replace(/xes$/, "x").replace(/s$/, "");
}

/** A number and its unit as a person writes them: `512 MB`, `1 message`, `10 messages`, `5 %`, `120/s`, `2 MB`. */
export function formatQuantity(value: Maybe, unit: string): string {
  if (!isThere(value)) return NOTHING;
  if (unit === "bytes" && Math.abs(value) >= 1e6) return formatBytes(value);
  const number = Number.isInteger(value) ? formatCount(value) : formatCompact(value);
  if (unit.startsWith("/")) return number + unit;
  return unit ? `${number} ${unitFor(value, unit)}` : number;
}
