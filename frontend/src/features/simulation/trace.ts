/** Recorded traffic as CSV text: `time,rate` or `time,count`; read as the server reads it. */

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly rate: number;
}

export type ReadTrace = { readonly pieces: readonly Piece[] } | { readonly problem: string };

let last: { text: string; read: ReadTrace } | null = null;

/** The rate over time, or what is wrong and in which line. */
export function readTrace(text: string): ReadTrace {
  if (last?.text !== text) last = { text, read: parse(text) };
  return last.read;
}

function parse(text: string): ReadTrace {
  const lines = text.split(/\r?\n/);
  const header = (lines[0] ?? "").split(",").map((name) => name.trim().toLowerCase());
  const counts = header.join() === "time,count";
  if (!counts && header.join() !== "time,rate")
    return { problem: "Line 1: the header must be time,rate or time,count." };
  const rows: [number, number][] = [];
  for (const [at, line] of lines.slice(1).entries()) {
    if (!line.trim()) continue;
    const fields = line.split(",").map((field) => (field.trim() === "" ? Number.NaN : Number(field)));
    const [time = Number.NaN, value = Number.NaN] = fields;
    if (fields.length !== 2 || !(time >= 0 && value >= 0))
      return { problem: `Line ${at + 2}: “${line.trim()}” is no time and number.` };
    const before = rows.at(-1)?.[0];
    if (before !== undefined && time <= before)
      return { problem: `Line ${at + 2}: ${time} does not come after ${before}.` };
    rows.push([time, value]);
  }
  if (rows.length < 2) return { problem: "At least two lines below the header are needed." };
  const pieces = rows.map(([from, value], at) => {
    const to = rows[at + 1]?.[0] ?? from + (from - (rows[at - 1]?.[0] ?? 0));
    return { from, to, rate: counts ? value / (to - from) : value };
  });
  return { pieces };
}
