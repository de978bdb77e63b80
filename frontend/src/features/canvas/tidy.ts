/** Arranges a design along its flow, from left to right, with ELK in a worker. */
import type { ElkNode } from "elkjs/lib/elk-api";
import workerAddress from "elkjs/lib/elk-worker.min.js?url";
import type { DesignState } from "@/state/designStore";
import { NODE_HEIGHT, NODE_WIDTH, type Point, type Rect } from "@/state/graph";
import { motionMs } from "./motion";

const GRID = 4;
/** The order of the model is left out with frames: ELK fails on it when edges cross their borders. */
const NESTABLE = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.layered.spacing.nodeNodeBetweenLayers": "72",
  "elk.spacing.nodeNode": "48",
  "elk.spacing.componentComponent": "72",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  "elk.layered.nodePlacement.favorStraightEdges": "true",
  "elk.aspectRatio": "1.6",
};
const OPTIONS = { ...NESTABLE, "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES" };
const FOLDED = { "elk.layered.wrapping.strategy": "MULTI_EDGE", "elk.layered.wrapping.correctionFactor": "1.4" };
/** A layout wider than this, and so many times wider than high, is folded. */
const LONG_PX = 1400;
const LONG_RATIO = 3;

/** Room in a frame for its title, and around what lies in it. */
const IN_FRAME = {
  ...NESTABLE,
  "elk.padding": "[top=52,left=24,bottom=24,right=24]",
  "elk.nodeSize.constraints": "MINIMUM_SIZE",
  "elk.nodeSize.minimum": "(240,140)",
};
const WITH_FRAMES = { ...NESTABLE, "elk.hierarchyHandling": "INCLUDE_CHILDREN" };

export interface TidyLayout {
  readonly cards: Map<string, Point>;
  readonly frames: Map<string, Rect>;
}

/** New places for the whole design: cards stay in their frames, and frames become as large as what lies in them. */
export async function tidyDesign(design: DesignState): Promise<TidyLayout> {
  if (design.groups.size === 0) {
    return { cards: await tidyPlaces(design, new Set(design.nodes.keys())), frames: new Map() };
  }
  const { default: Elk } = await import("elkjs/lib/elk-api");
  const elk = new Elk({ workerUrl: workerAddress });
  try {
    const flat = elkGraph(design, new Set(design.nodes.keys()));
    const children = nested(design, flat.children ?? []);
    const laidOut = await elk.layout({ ...flat, layoutOptions: WITH_FRAMES, children });
    return layoutFrom(design, laidOut, cornerOf(design, new Set(design.nodes.keys())));
  } finally {
    elk.terminateWorker();
  }
}

/** The cards, those in frames as children of their frames. */
export function nested(design: DesignState, cards: readonly ElkNode[]): ElkNode[] {
  const inside = (group: string | undefined) =>
    cards.filter((card) => {
      const own = design.nodes.get(card.id)?.group;
      return (own !== undefined && design.groups.has(own) ? own : undefined) === group;
    });
  const framesIn = (parent: string | undefined): ElkNode[] =>
    [...design.groups.values()]
      .filter(
        (group) =>
          (group.parent !== undefined && design.groups.has(group.parent) ? group.parent : undefined) === parent,
      )
      .map((group) => {
        const children = [...framesIn(group.id), ...inside(group.id)];
        const size = children.length === 0 ? { width: group.width, height: group.height } : {};
        return { id: group.id, layoutOptions: IN_FRAME, children, ...size };
      });
  return [...framesIn(undefined), ...inside(undefined)];
}

/** Places on the canvas from places within frames. */
export function layoutFrom(design: DesignState, laidOut: ElkNode, corner: Point): TidyLayout {
  const cards = new Map<string, Point>();
  const frames = new Map<string, Rect>();
  const top = laidOut.children ?? [];
  const shift = {
    x: corner.x - Math.min(...top.map((child) => child.x ?? 0)),
    y: corner.y - Math.min(...top.map((child) => child.y ?? 0)),
  };
  const walk = (children: readonly ElkNode[], from: Point) => {
    for (const child of children) {
      const at = { x: snap((child.x ?? 0) + from.x), y: snap((child.y ?? 0) + from.y) };
      if (!design.groups.has(child.id)) cards.set(child.id, at);
      else {
        frames.set(child.id, { ...at, width: snap(child.width ?? 0), height: snap(child.height ?? 0) });
        walk(child.children ?? [], { x: (child.x ?? 0) + from.x, y: (child.y ?? 0) + from.y });
      }
    }
  };
  walk(top, shift);
  return { cards, frames };
}

function snap(value: number): number {
  return Math.round(value / GRID) * GRID;
}

/** New places for the given nodes; their top-left corner stays where it was. */
export async function tidyPlaces(design: DesignState, ids: ReadonlySet<string>): Promise<Map<string, Point>> {
  const { default: Elk } = await import("elkjs/lib/elk-api");
  const elk = new Elk({ workerUrl: workerAddress });
  try {
    const graph = elkGraph(design, ids);
    let laidOut = await elk.layout(graph);
    const width = laidOut.width ?? 0;
    if (width > LONG_PX && width > (laidOut.height ?? 0) * LONG_RATIO) {
      // A long chain is folded into rows, to be read like text.
      laidOut = await elk.layout({ ...graph, layoutOptions: { ...OPTIONS, ...FOLDED } });
    }
    return placesFrom(laidOut, cornerOf(design, ids));
  } finally {
    elk.terminateWorker();
  }
}

export function elkGraph(design: DesignState, ids: ReadonlySet<string>): ElkNode {
  // In reading order, so that what lay above or left tends to stay there.
  const ordered = [...ids].sort((a, b) => {
    const first = design.positions.get(a);
    const second = design.positions.get(b);
    return (first?.y ?? 0) - (second?.y ?? 0) || (first?.x ?? 0) - (second?.x ?? 0);
  });
  return {
    id: "design",
    layoutOptions: OPTIONS,
    children: ordered.map((id) => ({ id, width: NODE_WIDTH, height: NODE_HEIGHT })),
    edges: [...design.edges.values()]
      .filter((edge) => ids.has(edge.source) && ids.has(edge.target) && edge.source !== edge.target)
      .map((edge) => ({ id: edge.id, sources: [edge.source], targets: [edge.target] })),
  };
}

function cornerOf(design: DesignState, ids: ReadonlySet<string>): Point {
  const places = [...ids].map((id) => design.positions.get(id) ?? { x: 0, y: 0 });
  return { x: Math.min(...places.map((place) => place.x)), y: Math.min(...places.map((place) => place.y)) };
}

export function placesFrom(laidOut: ElkNode, corner: Point): Map<string, Point> {
  const children = laidOut.children ?? [];
  const left = Math.min(...children.map((child) => child.x ?? 0));
  const top = Math.min(...children.map((child) => child.y ?? 0));
  return new Map(
    children.map((child) => [
      child.id,
      { x: snap((child.x ?? 0) - left + corner.x), y: snap((child.y ?? 0) - top + corner.y) },
    ]),
  );
}

const GLIDE_MS = 320;

/** Shows things gliding from where they are to new places; resolves when they are there. */
export function glide(
  from: ReadonlyMap<string, Point>,
  to: ReadonlyMap<string, Point>,
  show: (places: ReadonlyMap<string, Point>) => void,
): Promise<void> {
  if (motionMs(GLIDE_MS) === 0) return Promise.resolve();
  return new Promise((resolve) => {
    const begin = performance.now();
    const step = (now: number) => {
      const share = Math.min(1, (now - begin) / GLIDE_MS);
      if (share === 1) {
        resolve();
        return;
      }
      const eased = 1 - (1 - share) ** 3;
      const between = [...to].map(([id, end]) => {
        const start = from.get(id) ?? end;
        return [id, { x: start.x + (end.x - start.x) * eased, y: start.y + (end.y - start.y) * eased }] as const;
      });
      show(new Map(between));
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
}
