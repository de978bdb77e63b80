import { ApiError, api } from "@/api/client";
import { useDesign } from "@/state/designStore";
import { editByOperations, newId } from "@/state/editing";
import { type DesignDocument, NODE_HEIGHT, NODE_WIDTH, type Point } from "@/state/graph";
import { select } from "@/state/selection";
import { showToast } from "@/state/toasts";
import { boundsOf, type Piece, pasteOperations, pieceBoxes } from "./clipboard";

interface ImportAnswer {
  document: DesignDocument;
  report: {
    format: string;
    nodes: number;
    edges: number;
    unknown: { id: string; type: string }[];
    notes: string[];
  };
}

const LARGEST_BYTES = 10 * 1024 * 1024;
const MOST_TYPES_NAMED = 6;

/** Reads a template or design file on the server and adds it around a place, as one undoable change. */
export async function importOnto(file: File, at: Point): Promise<boolean> {
  if (file.size > LARGEST_BYTES) {
    showToast({ title: `${file.name} is too large`, text: "The largest file is 10 MB.", tone: "error" });
    return false;
  }
  try {
    const { document, report } = await api.upload<ImportAnswer>("/api/import/", file);
    const pasted = pasteOperations(document, { at: roomFor(document, at) }, newId);
    if (pasted.operations.length === 0) {
      showToast({ title: `${file.name} holds no resources`, text: report.notes.join("\n"), tone: "warning" });
      return false;
    }
    if (!editByOperations(pasted.operations)) return false;
    select({ nodes: pasted.nodes, groups: pasted.groups, notes: pasted.notes });
    showToast({
      title: `${file.name}: ${report.nodes} nodes, ${report.edges} edges`,
      text: [unknownText(report.unknown), ...report.notes].filter(Boolean).join("\n"),
      tone: report.unknown.length > 0 ? "warning" : "good",
    });
    return true;
  } catch (error) {
    const text =
      error instanceof ApiError
        ? [error.message, error.path && `At ${error.path}.`].filter(Boolean).join(" ")
        : String(error);
    showToast({ title: `${file.name} cannot be read`, text, tone: "error" });
    return false;
  }
}

const BESIDE = 64;

/** The wanted middle of a new piece, or one below the design when the piece would cover what is there. */
export function roomFor(piece: Piece, at: Point): Point {
  const size = boundsOf(pieceBoxes(piece));
  const taken = [...useDesign.getState().positions.values()];
  if (!size || taken.length === 0) return at;
  const covers = taken.some(
    (place) =>
      Math.abs(place.x + NODE_WIDTH / 2 - at.x) < (size.width + NODE_WIDTH) / 2 &&
      Math.abs(place.y + NODE_HEIGHT / 2 - at.y) < (size.height + NODE_HEIGHT) / 2,
  );
  if (!covers) return at;
  const left = Math.min(...taken.map((place) => place.x));
  const bottom = Math.max(...taken.map((place) => place.y)) + NODE_HEIGHT;
  return { x: left + size.width / 2, y: bottom + BESIDE + size.height / 2 };
}

/** Which resource types came in as plain nodes: `3 of types not modelled yet: AWS::X::Y, ...`. */
export function unknownText(unknown: readonly { type: string }[]): string {
  if (unknown.length === 0) return "";
  const types = [...new Set(unknown.map((item) => item.type))].sort();
  const named = types.slice(0, MOST_TYPES_NAMED).join(", ");
  const rest = types.length - MOST_TYPES_NAMED;
  return `${unknown.length} of types that are not modelled yet, kept as plain nodes: ${named}${rest > 0 ? ` and ${rest} more` : ""}.`;
}
