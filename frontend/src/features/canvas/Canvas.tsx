import "@xyflow/react/dist/base.css";
import {
  Background,
  BackgroundVariant,
  type EdgeChange,
  MiniMap,
  type NodeChange,
  type NodeMouseHandler,
  type OnNodeDrag,
  type OnSelectionChangeParams,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useReactFlow,
} from "@xyflow/react";
import {
  type DragEvent,
  type FocusEvent,
  type MouseEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useState,
} from "react";
import { useCanEdit, useDesign } from "@/state/designStore";
import { announceCursor } from "@/state/presence";
import { clearSelection, select, useSelection } from "@/state/selection";
import { SERVICE_DRAG } from "@/state/serviceDrag";
import { setUi, useUi } from "@/state/uiStore";
import styles from "./Canvas.module.css";
import { CanvasControls } from "./CanvasControls";
import { ConnectDialog } from "./ConnectDialog";
import { ConnectLayer } from "./ConnectLayer";
import { CanvasContextMenu, type ContextTarget } from "./ContextMenu";
import { CreateMenuAtPointer } from "./CreateMenuAtPointer";
import { Cursors } from "./Cursors";
import { dragged, dropped } from "./dragging";
import { EmptyDesign } from "./EmptyDesign";
import { FlowLayer } from "./FlowLayer";
import type { CanvasEdge, CanvasNode } from "./flowTypes";
import { GroupFrame } from "./GroupFrame";
import { Legend } from "./Legend";
import { MeaningEdge } from "./MeaningEdge";
import { NodeCard } from "./NodeCard";
import { NoteCard } from "./NoteCard";
import { useCanvasCommands } from "./useCanvasCommands";
import { useCanvasEdges } from "./useCanvasEdges";
import { useCanvasNodes } from "./useCanvasNodes";
import { useCanvasView } from "./useCanvasView";
import { useClipboardEvents } from "./useClipboardEvents";
import { useKeepFitted } from "./useKeepFitted";

const NODE_TYPES = { card: NodeCard, frame: GroupFrame, note: NoteCard };
const EDGE_TYPES = { meaning: MeaningEdge };
const SNAP: [number, number] = [4, 4];
const PAN_BUTTONS = [1, 2];
const MANY_NODES = 150;
const MINIMAP = { width: 168, height: 112 };

export function Canvas() {
  return (
    <ReactFlowProvider>
      <CanvasInside />
    </ReactFlowProvider>
  );
}

function CanvasInside() {
  const flow = useReactFlow<CanvasNode, CanvasEdge>();
  const nodes = useCanvasNodes();
  const edges = useCanvasEdges(nodes);
  const editable = useCanEdit();
  const minimapOpen = useUi((state) => state.minimapOpen);
  const [context, setContext] = useState<ContextTarget | null>(null);
  // A finger moves the view; a mouse draws the selection box.
  const [isTouch] = useState(() => window.matchMedia("(pointer: coarse)").matches);
  const view = useCanvasView();
  useCanvasCommands(view);
  useClipboardEvents();
  const onMoveStart = useKeepFitted();

  const onNodesChange = useCallback((changes: NodeChange<CanvasNode>[]) => {
    if (changes.some((change) => change.type === "select")) applySelection(changes);
  }, []);
  const onEdgesChange = useCallback((changes: EdgeChange<CanvasEdge>[]) => {
    const old = useSelection.getState();
    const gone = new Set(
      changes.flatMap((change) => (change.type === "select" && !change.selected ? [change.id] : [])),
    );
    const edges = [...old.edges].filter((id) => !gone.has(id));
    if (edges.length !== old.edges.size) select({ ...old, edges });
  }, []);
  const onNodeDrag: OnNodeDrag<CanvasNode> = useCallback((_event, _node, moved) => dragged(moved), []);
  const onNodeDragStop: OnNodeDrag<CanvasNode> = useCallback((event, _node, moved) => dropped(moved, event.altKey), []);
  const onSelectionChange = useCallback(({ edges: chosen }: OnSelectionChangeParams<CanvasNode, CanvasEdge>) => {
    const { nodes: cards, groups, notes, edges: old } = useSelection.getState();
    const ids = chosen.map((edge) => edge.id);
    if (ids.length !== old.size || ids.some((id) => !old.has(id))) select({ nodes: cards, groups, notes, edges: ids });
  }, []);
  const openContext: NodeMouseHandler<CanvasNode> = useCallback((event, node) => {
    event.preventDefault();
    if (!node.selected) select({ [kindOf(node)]: [node.id] });
    setContext({ x: event.clientX, y: event.clientY });
  }, []);

  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    const at = { x: event.clientX, y: event.clientY };
    const service = event.dataTransfer.getData(SERVICE_DRAG);
    if (service) view.addService(service, at);
    else for (const file of event.dataTransfer.files) view.importFile(file, at);
  };
  useEffect(() => () => announceCursor(null), []);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it follows the pointer and takes drops; keys have commands
    <div
      className={styles.canvas}
      data-testid="canvas"
      onPointerMove={(event: PointerEvent) =>
        announceCursor(flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false }))
      }
      onPointerLeave={() => announceCursor(null)}
      onFocus={selectFocused}
      onDragOver={(event) => {
        if (!editable) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = "copy";
      }}
      onDrop={editable ? onDrop : undefined}
    >
      <ReactFlow<CanvasNode, CanvasEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onSelectionChange={onSelectionChange}
        onEdgeClick={(event, edge) => selectEdge(edge.id, event.shiftKey)}
        onNodeDrag={onNodeDrag}
        onNodeDragStop={onNodeDragStop}
        onNodeDoubleClick={(_event, node) => node.type !== "frame" && setUi({ renaming: node.id })}
        onNodeContextMenu={openContext}
        onEdgeContextMenu={(event, edge) => {
          event.preventDefault();
          if (!edge.selected) select({ edges: [edge.id] });
          setContext({ x: event.clientX, y: event.clientY });
        }}
        onPaneContextMenu={(event: MouseEvent | globalThis.MouseEvent) => {
          event.preventDefault();
          setContext({ x: event.clientX, y: event.clientY });
        }}
        onPaneClick={clearSelection}
        onMoveStart={onMoveStart}
        nodesDraggable={editable}
        nodesConnectable={false}
        elevateNodesOnSelect={false}
        disableKeyboardA11y
        onlyRenderVisibleElements={nodes.length > MANY_NODES}
        snapToGrid
        snapGrid={SNAP}
        minZoom={0.05}
        maxZoom={2.5}
        fitView
        fitViewOptions={{ maxZoom: 1, padding: 0.07 }}
        panOnScroll
        panOnDrag={isTouch ? true : PAN_BUTTONS}
        selectionOnDrag={!isTouch}
        selectionMode={SelectionMode.Partial}
        selectionKeyCode={null}
        multiSelectionKeyCode="Shift"
        deleteKeyCode={null}
        zoomOnDoubleClick={false}
        proOptions={{ hideAttribution: true }}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} color="var(--canvas-dot)" />
        {minimapOpen && nodes.length > 0 && (
          <MiniMap
            pannable
            zoomable
            className={styles.minimap ?? ""}
            style={MINIMAP}
            ariaLabel="Map of the design"
            nodeColor={(node) =>
              node.selected ? "var(--accent)" : node.type === "card" ? "var(--text-tertiary)" : "var(--surface-active)"
            }
            nodeBorderRadius={12}
            maskColor="color-mix(in srgb, var(--canvas) 72%, transparent)"
            bgColor="var(--surface)"
          />
        )}
        <ConnectLayer />
        <Cursors />
        <FlowLayer edges={edges} />
      </ReactFlow>
      <CanvasControls />
      <Legend edges={edges} />
      <EmptyDesign />
      <CreateMenuAtPointer />
      <ConnectDialog />
      <CanvasContextMenu target={context} onClose={() => setContext(null)} />
    </div>
  );
}

function kindOf(node: CanvasNode): "nodes" | "groups" | "notes" {
  return node.type === "card" ? "nodes" : node.type === "frame" ? "groups" : "notes";
}

/** A card or an edge reached with the Tab key is selected, so that all keys work on it. */
function selectFocused(event: FocusEvent): void {
  const { target } = event;
  const id = target.getAttribute("data-id");
  if (!id || !target.matches(":focus-visible")) return;
  if (target.matches(".react-flow__node")) select({ [kindOfId(id)]: [id] });
  else if (target.matches(".react-flow__edge")) select({ edges: [id] });
}

function kindOfId(id: string): "nodes" | "groups" | "notes" {
  const { groups, notes } = useDesign.getState();
  return groups.has(id) ? "groups" : notes.has(id) ? "notes" : "nodes";
}

function selectEdge(id: string, add: boolean): void {
  const old = useSelection.getState();
  if (add) select({ ...old, edges: [...old.edges, id] });
  else select({ edges: [id] });
}

/** Takes React Flow's selection changes over into the selection store, by kind of thing. */
function applySelection(changes: NodeChange<CanvasNode>[]): void {
  const old = useSelection.getState();
  const next = { nodes: new Set(old.nodes), groups: new Set(old.groups), notes: new Set(old.notes) };
  for (const change of changes) {
    if (change.type !== "select") continue;
    const ids = next[kindOfId(change.id)];
    if (change.selected) ids.add(change.id);
    else ids.delete(change.id);
  }
  select({ ...next, edges: old.edges });
}
