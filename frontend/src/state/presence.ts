/** Who else is on the design, where their pointer is and what they have selected: volatile, never stored. */
import { create } from "zustand";
import { openDocument } from "./documentConnection";
import type { Point } from "./graph";
import { useSelection } from "./selection";
import { useSession } from "./sessionStore";

export interface Peer {
  readonly clientId: number;
  readonly userId: string;
  readonly name: string;
  readonly color: string;
  /** Pointer in canvas coordinates. */
  readonly cursor: Point | null;
  readonly selected: readonly string[];
  /** Nodes that this person is dragging right now, and where they are. */
  readonly dragged: Readonly<Record<string, Point>>;
}

/** White text on each of these is >= 4.5:1. */
const COLORS = ["#0a7d55", "#b3471b", "#8e3a9e", "#1f6fb8", "#a8336b", "#7a6200", "#3d6b1f", "#4f5bd5"];
const CURSOR_EVERY_MS = 40;
/** Characters that a selection or a drag may take: the server takes presence messages of 16 KiB. */
const ANNOUNCED_CHARACTERS = 5_000;

export const usePeers = create<{ peers: readonly Peer[] }>()(() => ({ peers: [] }));

export function colorOf(userId: string): string {
  let hash = 0;
  for (const char of userId) hash = (hash * 31 + char.charCodeAt(0)) >>> 0;
  return COLORS[hash % COLORS.length] ?? "#4f5bd5";
}

/** Announces this person on the open design and follows the others until the returned function is called. */
export function startPresence(): () => void {
  const awareness = openDocument()?.provider.awareness;
  const { user } = useSession.getState();
  if (!awareness || !user) return () => {};
  awareness.setLocalStateField("user", { id: user.id, name: user.name });
  const showPeers = () => {
    const peers = [...awareness.getStates()]
      .filter(([clientId]) => clientId !== awareness.clientID)
      .map(([clientId, state]) => readPeer(clientId, state))
      .filter((peer) => peer !== null);
    usePeers.setState({ peers });
  };
  awareness.on("change", showPeers);
  const stopSelection = useSelection.subscribe((state) =>
    awareness.setLocalStateField(
      "selected",
      announced([...state.nodes, ...state.edges, ...state.groups, ...state.notes], (id) => id),
    ),
  );
  showPeers();
  return () => {
    awareness.off("change", showPeers);
    stopSelection();
    usePeers.setState({ peers: [] });
  };
}

/** The first of these, as many as a presence message has room for: of a thousand the others see some. */
export function announced<Item>(items: readonly Item[], text: (item: Item) => string): Item[] {
  const kept: Item[] = [];
  let characters = 0;
  for (const item of items) {
    characters += text(item).length + 4;
    if (characters > ANNOUNCED_CHARACTERS) break;
    kept.push(item);
  }
  return kept;
}

export function readPeer(clientId: number, state: Record<string, unknown>): Peer | null {
  const user = state.user as { id?: unknown; name?: unknown } | undefined;
  if (typeof user?.name !== "string") return null;
  const userId = String(user.id ?? clientId);
  return {
    clientId,
    userId,
    name: user.name,
    color: colorOf(userId),
    cursor: (state.cursor as Point | null | undefined) ?? null,
    selected: Array.isArray(state.selected) ? (state.selected as string[]) : [],
    dragged: (state.dragged as Record<string, Point> | undefined) ?? {},
  };
}

let lastCursorAt = 0;

export function announceCursor(cursor: Point | null): void {
  const now = performance.now();
  if (cursor && now - lastCursorAt < CURSOR_EVERY_MS) return;
  lastCursorAt = now;
  openDocument()?.provider.awareness.setLocalStateField("cursor", cursor);
}

let lastDragAt = 0;

/** Shows the others where the things being dragged are; an empty record ends it. */
export function announceDrag(dragged: Record<string, Point>): void {
  const now = performance.now();
  if (Object.keys(dragged).length > 0 && now - lastDragAt < CURSOR_EVERY_MS) return;
  lastDragAt = now;
  openDocument()?.provider.awareness.setLocalStateField(
    "dragged",
    Object.fromEntries(announced(Object.entries(dragged), (entry) => JSON.stringify(entry))),
  );
}
