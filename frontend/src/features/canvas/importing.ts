import { ApiError, api } from "@/api/client";
import { editByOperations, newId } from "@/state/editing";
import type { DesignDocument, Point } from "@/state/graph";
import { select } from "@/state/selection";
import { showToast } from "@/state/toasts";
import { pasteOperations } from "./clipboard";

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
    const pasted = pasteOperations(document, { at }, newId);
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

/** Which resource types came in as plain nodes: `3 of types not modelled yet: AWS::X::Y, ...`. */
export function unknownText(unknown: readonly { type: string }[]): string {
  if (unknown.length === 0) return "";
  const types = [...new Set(unknown.map((item) => item.type))].sort();
  const named = types.slice(0, MOST_TYPES_NAMED).join(", ");
  const rest = types.length - MOST_TYPES_NAMED;
  return `${unknown.length} of types that are not modelled yet, kept as plain nodes: ${named}${rest > 0 ? ` and ${rest} more` : ""}.`;
}
