import { type NodeHandle, Position } from "@xyflow/react";
import { useMemo, useRef } from "react";
import { useDesign } from "@/state/designStore";
import { NODE_HEIGHT, NODE_WIDTH, type Point } from "@/state/graph";
import { usePeers } from "@/state/presence";
import { useSelection } from "@/state/selection";
import { useDrag } from "./drag";
import type { CanvasNode } from "./flowTypes";
import { depthOf } from "./frames";

/** Ends for React Flow, which wants them; lines are drawn by our own routes. */
const HANDLES: NodeHandle[] = [
  { type: "target", position: Position.Left, x: 0, y: NODE_HEIGHT / 2, width: 1, height: 1 },
  { type: "source", position: Position.Right, x: NODE_WIDTH, y: NODE_HEIGHT / 2, width: 1, height: 1 },
];

/** Frames lie below everything else, inner ones above those around them. */
const LAYERS_OF_FRAMES = 1000;

interface Cached {
  key: readonly unknown[];
  node: CanvasNode;
}

/** The design's cards, frames and notes for React Flow; what did not change keeps its identity. */
export function useCanvasNodes(): CanvasNode[] {
  const nodes = useDesign((state) => state.nodes);
  const positions = useDesign((state) => state.positions);
  const groups = useDesign((state) => state.groups);
  const notes = useDesign((state) => state.notes);
  const selection = useSelection();
  const moved = useDrag((state) => state.moved);
  const peers = usePeers((state) => state.peers);
  const cache = useRef(new Map<string, Cached>());

  return useMemo(() => {
    const draggedByPeers = new Map(peers.flatMap((peer) => Object.entries(peer.dragged)));
    const old = cache.current;
    const next = new Map<string, Cached>();
    const add = (key: readonly unknown[], id: string, make: () => CanvasNode) => {
      const known = old.get(id);
      const same = known?.key.every((part, index) => part === key[index]);
      next.set(id, known && same ? known : { key, node: make() });
    };
    const placeOf = (id: string, own: Point) => moved.get(id) ?? draggedByPeers.get(id) ?? own;

    for (const group of groups.values()) {
      const place = placeOf(group.id, group);
      const selected = selection.groups.has(group.id);
      const depth = depthOf(groups, group);
      add([group, place.x, place.y, selected, depth], group.id, () => ({
        id: group.id,
        type: "frame",
        position: { x: place.x, y: place.y },
        width: group.width,
        height: group.height,
        measured: { width: group.width, height: group.height },
        selected,
        zIndex: depth - LAYERS_OF_FRAMES,
        dragHandle: ".frame-handle",
        ariaLabel: `Frame ${group.label}`,
        data: { group },
      }));
    }
    for (const node of nodes.values()) {
      const place = placeOf(node.id, positions.get(node.id) ?? { x: 0, y: 0 });
      const selected = selection.nodes.has(node.id);
      add([node, place.x, place.y, selected], node.id, () => ({
        id: node.id,
        type: "card",
        position: { x: place.x, y: place.y },
        width: NODE_WIDTH,
        height: NODE_HEIGHT,
        measured: { width: NODE_WIDTH, height: NODE_HEIGHT },
        handles: HANDLES,
        selected,
        zIndex: selected ? 10 : 1,
        data: { node },
      }));
    }
    for (const note of notes.values()) {
      const place = placeOf(note.id, note);
      const selected = selection.notes.has(note.id);
      add([note, place.x, place.y, selected], note.id, () => ({
        id: note.id,
        type: "note",
        position: { x: place.x, y: place.y },
        width: note.width,
        height: note.height,
        measured: { width: note.width, height: note.height },
        selected,
        zIndex: 0,
        ariaLabel: "Note",
        data: { note },
      }));
    }
    cache.current = next;
    return [...next.values()].map((entry) => entry.node);
  }, [nodes, positions, groups, notes, selection, moved, peers]);
}
