import type { Edge, Node } from "@xyflow/react";
import type { EdgeStyle } from "@/state/catalog";
import type { DesignEdge, DesignNode, Group, Note } from "@/state/graph";
import type { Route } from "./edgeGeometry";

export type CardNode = Node<{ node: DesignNode }, "card">;
export type FrameNode = Node<{ group: Group }, "frame">;
export type NoteNode = Node<{ note: Note }, "note">;
export type CanvasNode = CardNode | FrameNode | NoteNode;
export type CanvasEdge = Edge<
  { edge: DesignEdge; route: Route; style: EdgeStyle; label: string; known: boolean },
  "meaning"
>;
