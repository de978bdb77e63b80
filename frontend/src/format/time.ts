import { type Maybe, significant } from "./number";

const NOTHING = "–";

function isThere(value: Maybe): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

/** `84 ms`, `1.9 s`, `12 min`, `3.5 h`, `4 d`: a length of time, from milliseconds. */
export function formatMilliseconds(ms: Maybe): string {
  if (!isThere(ms)) return NOTHING;
  const size = Math.abs(ms);
  if (size === 0) return "0 ms";
  if (size < 0.01) return "<0.01 ms";
  if (size < 999.5) return `${significant(ms, size >= 100 ? 3 : 2)} ms`;
  return formatSeconds(ms / 1000);
}

/** The same, from seconds. */
export function formatSeconds(s: Maybe): string {
  if (!isThere(s)) return NOTHING;
  const size = Math.abs(s);
  if (size === 0) return "0 s";
  if (size < 0.9995) return formatMilliseconds(s * 1000);
  if (size < 119.5) return `${significant(s, size >= 100 ? 3 : 2)} s`;
  if (size < 119.5 * 60) return `${significant(s / 60, size >= 6000 ? 3 : 2)} min`;
  if (size < 47.95 * 3600) return `${significant(s / 3600)} h`;
  return `${significant(s / 86_400)} d`;
}

/** A point in simulated time: `7:12`, `1:07:12`. */
export function formatClock(s: Maybe): string {
  if (!isThere(s)) return NOTHING;
  const whole = Math.max(0, Math.floor(s + 1e-6));
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

const STEPS: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];
const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** `just now`, `5 minutes ago`, `yesterday`: a moment of the real world, from an ISO text. */
export function formatAgo(iso: string, now: number = Date.now()): string {
  const seconds = (new Date(iso).getTime() - now) / 1000;
  if (!Number.isFinite(seconds)) return NOTHING;
  for (const [unit, length] of STEPS) {
    if (Math.abs(seconds) >= length) return RELATIVE.format(Math.round(seconds / length), unit);
  }
  return "just now";
}

const MOMENT = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

/** `24 Nov 2026, 20:23`, in the person's own time zone. */
export function formatMoment(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? NOTHING : MOMENT.format(date);
}
