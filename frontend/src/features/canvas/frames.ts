/** Frames: which one a card or another frame lies in, and how new ones are made. */
import { useCatalog } from "@/state/catalogStore";
import { useDesign } from "@/state/designStore";
import { editByOperations, editThings, newId, setNodeGroups } from "@/state/editing";
import { type Group, NODE_HEIGHT, NODE_WIDTH, type Point, type Rect } from "@/state/graph";
import { selectOne } from "@/state/selection";

const MARGIN = 24;
const TITLE = 40;
const LEAST = { width: 240, height: 140 };

type Groups = ReadonlyMap<string, Group>;

/** The innermost frame that holds the middle of a card at this place. */
export function frameOfCard(groups: Groups, place: Point): Group | undefined {
  const middle = { x: place.x + NODE_WIDTH / 2, y: place.y + NODE_HEIGHT / 2, width: 0, height: 0 };
  return innermost([...groups.values()].filter((group) => holds(group, middle)));
}

/** The innermost other frame that holds all of the frame; never one that lies in it. */
export function parentOf(groups: Groups, group: Group): Group | undefined {
  return innermost(
    [...groups.values()].filter(
      (other) =>
        other.id !== group.id && holds(other, group) && area(other) > area(group) && !liesIn(groups, other, group),
    ),
  );
}

function liesIn(groups: Groups, group: Group, around: Group): boolean {
  const seen = new Set<string>();
  for (let id = group.parent; id !== undefined && !seen.has(id); id = groups.get(id)?.parent) {
    if (id === around.id) return true;
    seen.add(id);
  }
  return false;
}

function holds(outer: Rect, inner: Rect): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

function innermost(groups: readonly Group[]): Group | undefined {
  return [...groups].sort((a, b) => area(a) - area(b))[0];
}

function area(rect: Rect): number {
  return rect.width * rect.height;
}

/** How many frames lie around the frame. */
export function depthOf(groups: Groups, group: Group): number {
  let depth = 0;
  for (let id = group.parent; id !== undefined && depth < groups.size; id = groups.get(id)?.parent) depth += 1;
  return depth;
}

/** Adds a frame of a container with its middle at a place, inside the frame that is there; returns its id. */
export function createFrame(kind: string, middle: Point): string | null {
  const service = useCatalog.getState().services.get(kind);
  if (!service?.frame) return null;
  const { groups } = useDesign.getState();
  const around = innermost([...groups.values()].filter((group) => holds(group, { ...middle, width: 0, height: 0 })));
  const id = newId("g");
  const rect = around
    ? fitInto(around, middle, service.frame, membersOf(groups, around.id))
    : roundMiddle(middle, service.frame);
  const group = { id, kind, label: service.label, ...rect, ...(around ? { parent: around.id } : {}) };
  if (!editByOperations([{ op: "add_group", group }], `frame:${id}`)) return null;
  takeIn(group);
  selectOne("group", id);
  return id;
}

function roundMiddle(middle: Point, { width, height }: { width: number; height: number }): Rect {
  return { x: Math.round(middle.x - width / 2), y: Math.round(middle.y - height / 2), width, height };
}

function membersOf(groups: Groups, id: string): Group[] {
  return [...groups.values()].filter((group) => group.parent === id);
}

/** As large as it can be in the frame around it, and beside the frames that are already there where there is room. */
function fitInto(around: Group, middle: Point, size: { width: number; height: number }, beside: Group[]): Rect {
  const width = Math.max(LEAST.width, Math.min(size.width, around.width - 2 * MARGIN));
  const height = Math.max(LEAST.height, Math.min(size.height, around.height - TITLE - MARGIN));
  const clamp = (value: number, least: number, most: number) => Math.max(least, Math.min(value, most));
  const at = (x: number, y: number): Rect => ({
    x: Math.round(clamp(x, around.x + MARGIN, around.x + around.width - MARGIN - width)),
    y: Math.round(clamp(y, around.y + TITLE, around.y + around.height - MARGIN - height)),
    width,
    height,
  });
  const wanted = at(middle.x - width / 2, middle.y - height / 2);
  const places = [
    wanted,
    ...beside.flatMap((other) => [
      at(other.x + other.width + MARGIN, other.y),
      at(other.x, other.y + other.height + MARGIN),
      at(other.x - width - MARGIN, other.y),
      at(other.x, other.y - height - MARGIN),
    ]),
  ];
  return places.find((place) => !beside.some((other) => overlaps(place, other))) ?? wanted;
}

function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Changes a frame's size; cards that now lie in it join, those that lie outside leave. */
export function resizeFrame(id: string, rect: Rect): void {
  const group = useDesign.getState().groups.get(id);
  if (!group) return;
  editThings({ groups: new Map([[id, rect]]) }, `frame:${id}`);
  takeIn({ ...group, ...rect });
}

/** Puts cards and frames into the innermost frame that holds them, after a frame has come or changed its size. */
function takeIn(changed: Group): void {
  const { nodes, positions, groups } = useDesign.getState();
  const now = new Map(groups).set(changed.id, changed);
  const cards = new Map<string, string | null>();
  for (const node of nodes.values()) {
    const place = positions.get(node.id);
    if (!place) continue;
    const frame = frameOfCard(now, place)?.id ?? null;
    const concerned = frame === changed.id || node.group === changed.id;
    if (concerned && frame !== (node.group ?? null)) cards.set(node.id, frame);
  }
  const inner = new Map<string, { parent: string | undefined }>();
  for (const group of now.values()) {
    const parent = parentOf(now, group)?.id;
    const concerned = parent === changed.id || group.parent === changed.id || group.id === changed.id;
    if (concerned && parent !== group.parent) inner.set(group.id, { parent });
  }
  if (inner.size > 0) editThings({ groups: inner }, `frame:${changed.id}`);
  setNodeGroups(cards);
}
