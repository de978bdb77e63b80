import type { StateBox, StateLine } from "@/api/workflows";

export const BOX_WIDTH = 148;
export const BOX_HEIGHT = 40;
const GAP_X = 20;
const GAP_Y = 36;
const PADDING = 12;
const HEADER = 30;
const ASIDE = 130;

/** A state with its place in the picture, in px from the top left. */
export interface PlacedBox {
  readonly box: StateBox;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** True for a state that others lie in. */
  readonly holds: boolean;
}

/** A transition as an SVG path, with the place of its label. */
export interface PlacedLine {
  readonly line: StateLine;
  readonly path: string;
  readonly x: number;
  readonly y: number;
}

export interface StatePicture {
  readonly boxes: readonly PlacedBox[];
  readonly lines: readonly PlacedLine[];
  readonly width: number;
  readonly height: number;
}

interface Block {
  width: number;
  height: number;
  placed: PlacedBox[];
}

/** States from the top down: each below all that lead to it, those of a branch inside their state. */
export function layoutStates(boxes: readonly StateBox[], lines: readonly StateLine[]): StatePicture {
  const inside = new Map<string, StateBox[]>();
  for (const box of boxes) {
    const key = laneKey(box.inside, box.lane);
    inside.set(key, [...(inside.get(key) ?? []), box]);
  }
  const lanes = new Map<string, number>();
  for (const { inside: parent, lane } of boxes) lanes.set(parent, Math.max(lanes.get(parent) ?? 0, lane + 1));
  const block = layoutLane("", 0, { inside, lanes, lines });
  const byId = new Map(block.placed.map((placed) => [placed.box.id, placed]));
  const placedLines = lines.flatMap((line) => {
    const from = byId.get(line.origin);
    const to = byId.get(line.target);
    return from && to ? [placeLine(line, from, to)] : [];
  });
  return { boxes: block.placed, lines: placedLines, width: block.width, height: block.height };
}

interface Given {
  readonly inside: ReadonlyMap<string, readonly StateBox[]>;
  readonly lanes: ReadonlyMap<string, number>;
  readonly lines: readonly StateLine[];
}

function laneKey(parent: string, lane: number): string {
  return `${parent}\n${lane}`;
}

function layoutLane(parent: string, lane: number, given: Given): Block {
  const members = given.inside.get(laneKey(parent, lane)) ?? [];
  const sizes = new Map(members.map((box) => [box.id, layoutBox(box, given)]));
  const rows = rowsOf(members, given.lines);
  const widths = rows.map((row) =>
    row.reduce((sum, box) => sum + (sizes.get(box.id)?.width ?? 0), GAP_X * (row.length - 1)),
  );
  const width = Math.max(0, ...widths);
  const placed: PlacedBox[] = [];
  let y = 0;
  for (const [number, row] of rows.entries()) {
    let x = (width - (widths[number] ?? 0)) / 2;
    let tallest = 0;
    for (const box of row) {
      const own = sizes.get(box.id);
      if (!own) continue;
      placed.push(...shifted(own.placed, x, y));
      x += own.width + GAP_X;
      tallest = Math.max(tallest, own.height);
    }
    y += tallest + GAP_Y;
  }
  return { width, height: Math.max(0, y - GAP_Y), placed };
}

function layoutBox(box: StateBox, given: Given): Block {
  const count = given.lanes.get(box.id) ?? 0;
  if (count === 0) {
    const placed = { box, x: 0, y: 0, width: BOX_WIDTH, height: BOX_HEIGHT, holds: false };
    return { width: BOX_WIDTH, height: BOX_HEIGHT, placed: [placed] };
  }
  const blocks = Array.from({ length: count }, (_, lane) => layoutLane(box.id, lane, given));
  const inner = blocks.reduce((sum, block) => sum + block.width, GAP_X * (count - 1));
  const width = Math.max(BOX_WIDTH, inner + 2 * PADDING);
  const height = HEADER + Math.max(...blocks.map((block) => block.height)) + PADDING;
  const placed: PlacedBox[] = [{ box, x: 0, y: 0, width, height, holds: true }];
  let x = (width - inner) / 2;
  for (const block of blocks) {
    placed.push(...shifted(block.placed, x, HEADER));
    x += block.width + GAP_X;
  }
  return { width, height, placed };
}

function shifted(placed: readonly PlacedBox[], x: number, y: number): PlacedBox[] {
  return placed.map((one) => ({ ...one, x: one.x + x, y: one.y + y }));
}

/** The members row by row; a way back up does not push a state down. */
function rowsOf(members: readonly StateBox[], lines: readonly StateLine[]): StateBox[][] {
  const ids = new Set(members.map((box) => box.id));
  const after = new Map<string, string[]>();
  for (const line of lines) {
    if (ids.has(line.origin) && ids.has(line.target)) {
      after.set(line.origin, [...(after.get(line.origin) ?? []), line.target]);
    }
  }
  const order = downwards(members, after);
  const row = new Map<string, number>();
  const place = new Map(order.map((id, index) => [id, index]));
  for (const id of order) {
    const own = row.get(id) ?? 0;
    row.set(id, own);
    for (const target of after.get(id) ?? []) {
      if ((place.get(target) ?? 0) > (place.get(id) ?? 0)) row.set(target, Math.max(row.get(target) ?? 0, own + 1));
    }
  }
  const rows: StateBox[][] = [];
  for (const box of members) {
    const number = row.get(box.id) ?? 0;
    rows[number] = [...(rows[number] ?? []), box];
  }
  return rows.filter((each) => each !== undefined);
}

/** An order in which each state comes before those that follow it, except where the way leads back. */
function downwards(members: readonly StateBox[], after: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const order: string[] = [];
  const starts = [...members].sort((a, b) => Number(b.begins) - Number(a.begins));
  for (const { id: start } of starts) {
    const pending = [{ id: start, next: 0 }];
    if (done.has(start)) continue;
    done.add(start);
    const found: string[] = [];
    while (pending.length > 0) {
      const top = pending[pending.length - 1];
      if (!top) break;
      const target = (after.get(top.id) ?? [])[top.next];
      top.next += 1;
      if (target === undefined) {
        pending.pop();
        found.push(top.id);
      } else if (!done.has(target)) {
        done.add(target);
        pending.push({ id: target, next: 0 });
      }
    }
    order.push(...found.reverse());
  }
  return order;
}

function placeLine(line: StateLine, from: PlacedBox, to: PlacedBox): PlacedLine {
  const x1 = from.x + from.width / 2;
  const y1 = from.y + from.height;
  const x2 = to.x + to.width / 2;
  if (to.y > y1) {
    const middle = (y1 + to.y) / 2;
    // A way past other rows goes round at the side, so that it does not run through their states.
    const aside = to.y - y1 > GAP_Y + 1 ? (x2 < x1 ? -ASIDE : ASIDE) : 0;
    return {
      line,
      path: `M ${x1} ${y1} C ${x1 + aside} ${middle}, ${x2 + aside} ${middle}, ${x2} ${to.y - 2}`,
      x: x1 + (x2 - x1) * 0.6 + aside * 0.7,
      y: y1 + (to.y - y1) * 0.6,
    };
  }
  const startX = from.x + from.width;
  const startY = from.y + from.height / 2;
  const endX = to.x + to.width;
  const endY = to.y + to.height / 2;
  const out = Math.max(startX, endX) + 24;
  return {
    line,
    path: `M ${startX} ${startY} C ${out} ${startY}, ${out} ${endY}, ${endX + 2} ${endY}`,
    x: out - 6,
    y: (startY + endY) / 2,
  };
}
