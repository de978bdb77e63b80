/** A piece of a design as text, so that it can be copied within a design, to another one and into an editor. */
import type { DesignState } from "@/state/designStore";
import {
  type DesignEdge,
  type Group,
  NODE_HEIGHT,
  NODE_WIDTH,
  type Note,
  type PlacedNode,
  type Point,
  type Rect,
} from "@/state/graph";
import type { Operation } from "@/state/operations";
import type { SelectionState } from "@/state/selection";

const FORMAT = "windtunnel-clipboard";
const VERSION = 1;

export interface Piece {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly DesignEdge[];
  readonly groups: readonly Group[];
  readonly notes: readonly Note[];
}

export interface Pasted {
  readonly operations: readonly Operation[];
  readonly nodes: readonly string[];
  readonly groups: readonly string[];
  readonly notes: readonly string[];
}

/** What is selected: nodes, frames with what they hold, notes, and the edges between those nodes. */
export function pieceOf(design: DesignState, selection: SelectionState): Piece {
  const groups = [...design.groups.values()].filter((group) => selection.groups.has(group.id));
  const held = new Set(groups.map((group) => group.id));
  const nodes = [...design.nodes.values()]
    .filter((node) => selection.nodes.has(node.id) || (node.group !== undefined && held.has(node.group)))
    .map((node) => ({ ...node, ...(design.positions.get(node.id) ?? { x: 0, y: 0 }) }));
  const ids = new Set(nodes.map((node) => node.id));
  return {
    nodes,
    edges: [...design.edges.values()].filter((edge) => ids.has(edge.source) && ids.has(edge.target)),
    groups,
    notes: [...design.notes.values()].filter((note) => selection.notes.has(note.id)),
  };
}

export function isEmpty(piece: Piece): boolean {
  return piece.nodes.length + piece.groups.length + piece.notes.length === 0;
}

export function pieceToText(piece: Piece): string {
  return JSON.stringify({ format: FORMAT, version: VERSION, ...piece }, null, 2);
}

/** Reads a copied piece or a whole design file; null when the text is neither. */
export function pieceFromText(text: string): Piece | null {
  if (!text.trimStart().startsWith("{")) return null;
  try {
    const data = JSON.parse(text) as Partial<Piece> & { format?: string; version?: number };
    if (data.version !== VERSION || !(data.format === FORMAT || data.format === "windtunnel-design")) return null;
    return { nodes: data.nodes ?? [], edges: data.edges ?? [], groups: data.groups ?? [], notes: data.notes ?? [] };
  } catch {
    return null;
  }
}

/** The operations that add a piece with new ids, its middle at `at` or shifted by `offset` from where it was. */
export function pasteOperations(
  piece: Piece,
  place: { at: Point } | { offset: Point },
  newId: (prefix: string) => string,
): Pasted {
  const shift = "offset" in place ? place.offset : shiftTo(piece, place.at);
  const move = (point: Point) => ({ x: Math.round(point.x + shift.x), y: Math.round(point.y + shift.y) });
  const ids = new Map<string, string>();
  for (const node of piece.nodes) ids.set(node.id, newId("n"));
  for (const group of piece.groups) ids.set(group.id, newId("g"));
  const operations: Operation[] = [];
  for (const group of piece.groups) {
    const { parent, ...rest } = group;
    const newParent = parent === undefined ? undefined : ids.get(parent);
    operations.push({
      op: "add_group",
      group: {
        ...rest,
        ...move(group),
        id: ids.get(group.id) ?? group.id,
        ...(newParent ? { parent: newParent } : {}),
      },
    });
  }
  for (const node of piece.nodes) {
    const { group, ...rest } = node;
    const newGroup = group === undefined ? undefined : ids.get(group);
    operations.push({
      op: "add_node",
      node: { ...rest, ...move(node), id: ids.get(node.id) ?? node.id, ...(newGroup ? { group: newGroup } : {}) },
    });
  }
  for (const edge of piece.edges) {
    const source = ids.get(edge.source);
    const target = ids.get(edge.target);
    if (source && target) operations.push({ op: "add_edge", edge: { ...edge, id: newId("e"), source, target } });
  }
  const notes = piece.notes.map((note) => ({ ...note, ...move(note), id: newId("t") }));
  for (const note of notes) operations.push({ op: "add_note", note });
  return {
    operations,
    nodes: piece.nodes.map((node) => ids.get(node.id) ?? node.id),
    groups: piece.groups.map((group) => ids.get(group.id) ?? group.id),
    notes: notes.map((note) => note.id),
  };
}

function shiftTo(piece: Piece, at: Point): Point {
  const bounds = boundsOf(pieceBoxes(piece));
  if (!bounds) return { x: 0, y: 0 };
  return { x: at.x - bounds.x - bounds.width / 2, y: at.y - bounds.y - bounds.height / 2 };
}

/** Where the things of a piece lie. */
export function pieceBoxes(piece: Piece): Rect[] {
  const cards = piece.nodes.map((node) => ({ x: node.x, y: node.y, width: NODE_WIDTH, height: NODE_HEIGHT }));
  return [...cards, ...piece.groups, ...piece.notes];
}

/** The smallest rectangle round all; null when there is nothing. */
export function boundsOf(boxes: readonly Rect[]): Rect | null {
  if (boxes.length === 0) return null;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}
