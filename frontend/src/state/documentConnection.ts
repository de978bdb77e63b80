/** The open design's shared document: its socket, what has been stored of it, and this person's undo. */
import * as decoding from "lib0/decoding";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { ApiError, api } from "@/api/client";
import { socketAddress } from "@/api/liveSocket";
import { CLOSED, type Refusal, type Role, useDesign } from "./designStore";
import { type DocumentMaps, documentMaps } from "./documentMaps";
import { mirrorDocument } from "./mirror";
import { countsAsUpdate, StoredCounter } from "./storedCounter";

/** Origin of this person's own changes: the only ones that undo takes back. */
export const LOCAL = Symbol("local");

const MESSAGE_STORED = 100;

/** What the server's close codes for good mean (docs/architecture.md). */
const REFUSALS: ReadonlyMap<number, Refusal> = new Map([
  [4400, "unreadable"],
  [4401, "signed_out"],
  [4404, "missing"],
  [4413, "too_large"],
]);

export interface OpenDocument {
  readonly designId: string;
  readonly maps: DocumentMaps;
  readonly provider: WebsocketProvider;
  readonly undo: Y.UndoManager;
  close: () => void;
}

interface DesignAnswer {
  id: string;
  name: string;
  role: Role;
  workspace: { id: string; name: string };
}

let current: OpenDocument | null = null;

/** The open document, or null. */
export function openDocument(): OpenDocument | null {
  return current;
}

/** Opens a design: its facts by REST, its content by the shared document. Closes the one before. */
export function openDesign(designId: string): void {
  closeDesign();
  useDesign.setState({ ...CLOSED, designId, status: "loading" });
  const opened = connect(designId);
  current = opened;
  void loadFacts(designId);
}

export function closeDesign(): void {
  current?.close();
  current = null;
  useDesign.setState(CLOSED);
}

async function loadFacts(designId: string): Promise<void> {
  try {
    const { role, workspace } = await api.get<DesignAnswer>(`/api/designs/${designId}/`);
    if (useDesign.getState().designId === designId) useDesign.setState({ role, workspace });
  } catch (error) {
    if (useDesign.getState().designId !== designId || !(error instanceof ApiError)) return;
    if (error.status === 404) refuse("missing");
    else if (error.status === 401 || error.status === 403) refuse("signed_out");
  }
}

function refuse(status: Refusal): void {
  current?.close();
  current = null;
  useDesign.setState({ status });
}

function connect(designId: string): OpenDocument {
  const doc = new Y.Doc();
  const maps = documentMaps(doc);
  const counter = new StoredCounter((save) => useDesign.setState({ save }));
  const provider = new WebsocketProvider(socketAddress(`/ws/designs/${designId}`), "document/", doc, {
    connect: false,
    disableBc: true,
    WebSocketPolyfill: countingSocket(counter),
  });
  provider.messageHandlers[MESSAGE_STORED] = (_encoder, decoder) => counter.stored(decoding.readVarUint(decoder));

  const undo = new Y.UndoManager(
    [maps.meta, maps.nodes, maps.positions, maps.edges, maps.groups, maps.notes, maps.scenarios],
    { trackedOrigins: new Set([LOCAL]), captureTimeout: 0 },
  );
  const showUndo = () => useDesign.setState({ canUndo: undo.canUndo(), canRedo: undo.canRedo() });
  for (const event of ["stack-item-added", "stack-item-popped", "stack-cleared"] as const) undo.on(event, showUndo);

  const stopMirror = mirrorDocument(maps, (part) => useDesign.setState(part));
  doc.on("update", (_update: Uint8Array, origin: unknown) => {
    if (origin !== provider) counter.edited();
  });
  provider.on("status", ({ status }) => {
    if (status === "connected") counter.connected();
    if (status === "disconnected") counter.lost();
  });
  provider.on("connection-error", () => counter.lost());
  provider.on("sync", (synced) => {
    if (synced) useDesign.setState({ status: "ready" });
  });
  provider.on("closed", ({ code }) => refuse(REFUSALS.get(code) ?? "missing"));

  const warn = (event: BeforeUnloadEvent) => {
    if (counter.unsaved) event.preventDefault();
  };
  window.addEventListener("beforeunload", warn);
  provider.connect();
  return {
    designId,
    maps,
    provider,
    undo,
    close: () => {
      window.removeEventListener("beforeunload", warn);
      stopMirror();
      undo.destroy();
      provider.destroy();
      doc.destroy();
    },
  };
}

/** A WebSocket that tells the counter of each document update that goes out on it. */
function countingSocket(counter: StoredCounter): typeof WebSocket {
  return class extends WebSocket {
    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
      super.send(data as never);
      if (data instanceof Uint8Array && countsAsUpdate(data)) counter.sent();
    }
  };
}
