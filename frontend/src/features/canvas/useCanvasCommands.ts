import { useReactFlow } from "@xyflow/react";
import { useEffect } from "react";
import { type Command, registerCommands } from "@/state/commands";
import { canEdit, useDesign } from "@/state/designStore";
import { editByOperations, editThings, newId, redo, setNodeGroups, undo } from "@/state/editing";
import { NODE_HEIGHT, NODE_WIDTH, type Point, type Rect } from "@/state/graph";
import { clearSelection, select, selectionSize, selectOne, useSelection } from "@/state/selection";
import { showToast } from "@/state/toasts";
import { setUi } from "@/state/uiStore";
import { canvasView } from "@/state/viewport";
import { isEmpty, pasteOperations, pieceOf, pieceToText } from "./clipboard";
import { freePlace } from "./connecting";
import { deleteSelection } from "./deleting";
import { endMoved, showMoved } from "./drag";
import { moveThings, withMembers } from "./dragging";
import { motionMs } from "./motion";
import { glide, tidyDesign, tidyPlaces } from "./tidy";
import { pasteText } from "./useClipboardEvents";

const NUDGE = 4;
const FAR = 32;
const FRAME_MARGIN = 28;
const ZOOM_MS = 160;

const editable = () => canEdit(useDesign.getState());
const chosen = () => useSelection.getState();
const someChosen = () => selectionSize(chosen()) > 0;
const onlyNode = () =>
  chosen().nodes.size === 1 && selectionSize(chosen()) === 1 ? [...chosen().nodes][0] : undefined;

/** The canvas's commands: registered while it is there, for keys, command palette and menus. */
export function useCanvasCommands(view: { middle: () => Point; fit: () => void }): void {
  const flow = useReactFlow();
  useEffect(() => {
    const zoom = (factor: number) => void flow.zoomTo(flow.getZoom() * factor, { duration: motionMs(ZOOM_MS) });
    const viewing: Command[] = [
      { id: "view.fit", label: "Show everything", group: "View", keys: ["0"], perform: view.fit },
      {
        id: "view.actual_size",
        label: "Zoom to 100 %",
        group: "View",
        keys: ["1"],
        perform: () => void flow.zoomTo(1, { duration: motionMs(ZOOM_MS) }),
      },
      { id: "view.zoom_in", label: "Zoom in", group: "View", keys: ["+", "="], perform: () => zoom(1.25) },
      { id: "view.zoom_out", label: "Zoom out", group: "View", keys: ["-"], perform: () => zoom(0.8) },
    ];
    const creating: Command[] = [
      {
        id: "create.note",
        label: "Add a note",
        group: "Create",
        keys: ["N"],
        enabled: editable,
        perform: () => addNote(view.middle()),
      },
      {
        id: "create.group",
        label: "Frame the selection",
        group: "Create",
        keys: ["G"],
        enabled: editable,
        perform: () => addFrame(view.middle()),
      },
      {
        id: "edit.paste",
        label: "Paste",
        group: "Edit",
        keys: ["Mod+V"],
        native: true,
        enabled: editable,
        perform: () => void pasteFromSystem(view.middle()),
      },
    ];
    return registerCommands([...viewing, ...creating, ...EDITING, ...NUDGING]);
  }, [flow, view]);
}

const EDITING: Command[] = [
  {
    id: "edit.undo",
    label: "Undo",
    group: "Edit",
    keys: ["Mod+Z"],
    enabled: () => useDesign.getState().canUndo,
    perform: undo,
  },
  {
    id: "edit.redo",
    label: "Redo",
    group: "Edit",
    keys: ["Mod+Shift+Z", "Mod+Y"],
    enabled: () => useDesign.getState().canRedo,
    perform: redo,
  },
  {
    id: "edit.copy",
    label: "Copy",
    group: "Edit",
    keys: ["Mod+C"],
    native: true,
    enabled: someChosen,
    perform: () => void copyToSystem(),
  },
  {
    id: "edit.cut",
    label: "Cut",
    group: "Edit",
    keys: ["Mod+X"],
    native: true,
    enabled: () => someChosen() && editable(),
    perform: () => void copyToSystem().then(deleteSelection),
  },
  {
    id: "edit.duplicate",
    label: "Duplicate",
    group: "Edit",
    keys: ["Mod+D"],
    enabled: () => someChosen() && editable(),
    perform: duplicate,
  },
  {
    id: "edit.delete",
    label: "Delete",
    group: "Edit",
    keys: ["Delete", "Backspace"],
    enabled: () => someChosen() && editable(),
    perform: deleteSelection,
  },
  { id: "edit.select_all", label: "Select everything", group: "Edit", keys: ["Mod+A"], perform: selectAll },
  {
    id: "edit.rename",
    label: "Rename",
    group: "Edit",
    keys: ["Enter", "F2"],
    enabled: () => editable() && selectionSize(chosen()) === 1 && chosen().edges.size === 0,
    perform: () => setUi({ renaming: [...chosen().nodes, ...chosen().notes][0] ?? null }),
  },
  {
    id: "edit.connect",
    label: "Connect to",
    group: "Edit",
    keys: ["C"],
    enabled: () => editable() && onlyNode() !== undefined,
    perform: () => setUi({ connectFrom: onlyNode() ?? null }),
  },
  {
    id: "edit.deselect",
    label: "Deselect",
    group: "Edit",
    keys: ["Escape"],
    enabled: someChosen,
    perform: clearSelection,
  },
  {
    id: "design.tidy",
    label: "Tidy up",
    group: "Design",
    keys: ["Shift+T"],
    enabled: () => editable() && useDesign.getState().nodes.size > 1,
    perform: () => void tidyUp(),
  },
];

const NUDGING: Command[] = (
  [
    ["ArrowLeft", -1, 0],
    ["ArrowRight", 1, 0],
    ["ArrowUp", 0, -1],
    ["ArrowDown", 0, 1],
  ] as const
).flatMap(([key, dx, dy]) =>
  [NUDGE, FAR].map((step) => ({
    id: `edit.nudge_${key}_${step}`,
    label: `Move ${key.slice(5).toLowerCase()} by ${step} px`,
    group: "Edit" as const,
    keys: [step === FAR ? `Shift+${key}` : key],
    keysOnly: true,
    enabled: () => someChosen() && editable(),
    perform: () => nudge(dx * step, dy * step),
  })),
);

function nudge(dx: number, dy: number): void {
  const design = useDesign.getState();
  const { nodes, groups, notes } = chosen();
  const moved = [...nodes, ...groups, ...notes].flatMap((id) => {
    const at = design.positions.get(id) ?? design.groups.get(id) ?? design.notes.get(id);
    return at ? [{ id, position: { x: at.x + dx, y: at.y + dy } }] : [];
  });
  moveThings(design, withMembers(design, moved), "nudge");
}

function selectAll(): void {
  const { nodes, edges, groups, notes } = useDesign.getState();
  select({ nodes: nodes.keys(), edges: edges.keys(), groups: groups.keys(), notes: notes.keys() });
}

function duplicate(): void {
  const piece = pieceOf(useDesign.getState(), chosen());
  if (isEmpty(piece)) return;
  const pasted = pasteOperations(piece, { offset: { x: 24, y: NODE_HEIGHT + 24 } }, newId);
  if (editByOperations(pasted.operations)) select({ nodes: pasted.nodes, groups: pasted.groups, notes: pasted.notes });
}

const NO_CLIPBOARD = "The browser does not give access to the clipboard. Use the keys instead.";

async function copyToSystem(): Promise<void> {
  const piece = pieceOf(useDesign.getState(), chosen());
  if (isEmpty(piece)) return;
  try {
    await navigator.clipboard.writeText(pieceToText(piece));
  } catch {
    showToast({ title: "Nothing was copied", text: NO_CLIPBOARD, tone: "warning" });
    throw new Error(NO_CLIPBOARD);
  }
}

async function pasteFromSystem(at: Point): Promise<void> {
  try {
    if (!pasteText(await navigator.clipboard.readText(), at)) {
      showToast({ title: "The clipboard holds no piece of a design" });
    }
  } catch {
    showToast({ title: "Nothing was pasted", text: NO_CLIPBOARD, tone: "warning" });
  }
}

function addNote(middle: Point): void {
  const id = newId("t");
  const place = { x: Math.round(middle.x - 100), y: Math.round(middle.y - 48) };
  if (editByOperations([{ op: "add_note", note: { id, text: "", ...place, width: 200, height: 96 } }])) {
    selectOne("note", id);
    setUi({ renaming: id });
  }
}

/** A frame round the selected cards, which become its members; an empty one in the middle when there are none. */
function addFrame(middle: Point): void {
  const { positions } = useDesign.getState();
  const nodes = [...chosen().nodes];
  const places = nodes.flatMap((id) => positions.get(id) ?? []);
  const id = newId("g");
  const rect =
    places.length > 0
      ? frameRound(places)
      : { ...freePlace({ x: middle.x - 160, y: middle.y - 100 }, []), width: 320, height: 200 };
  const merge = `frame:${id}`;
  if (!editByOperations([{ op: "add_group", group: { id, kind: "plain", label: "Group", ...rect } }], merge)) return;
  setNodeGroups(new Map(nodes.map((node) => [node, id])));
  selectOne("group", id);
}

function frameRound(places: readonly Point[]): Rect {
  const x = Math.min(...places.map((place) => place.x)) - FRAME_MARGIN;
  const y = Math.min(...places.map((place) => place.y)) - FRAME_MARGIN - 12;
  const right = Math.max(...places.map((place) => place.x)) + NODE_WIDTH + FRAME_MARGIN;
  const bottom = Math.max(...places.map((place) => place.y)) + NODE_HEIGHT + FRAME_MARGIN;
  return { x, y, width: right - x, height: bottom - y };
}

/** Arranges the selected cards, or all when fewer than two are selected; one undo takes it back. */
async function tidyUp(): Promise<void> {
  const design = useDesign.getState();
  if (chosen().nodes.size > 1) {
    const places = await tidyPlaces(design, chosen().nodes);
    await glide(design.positions, places, showMoved);
    moveThings(useDesign.getState(), places);
  } else {
    const { cards, frames } = await tidyDesign(design);
    await glide(new Map([...design.positions, ...design.groups]), new Map([...cards, ...frames]), showMoved);
    editThings({ nodes: cards, groups: frames }, `tidy:${newId("d")}`);
  }
  endMoved();
  canvasView()?.fit();
}
