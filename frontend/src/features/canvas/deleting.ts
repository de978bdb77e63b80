import { useDesign } from "@/state/designStore";
import { editByOperations } from "@/state/editing";
import type { Operation } from "@/state/operations";
import { clearSelection, useSelection } from "@/state/selection";

/** Removes what is selected, edges of removed nodes included, as one undoable change. */
export function deleteSelection(): void {
  const design = useDesign.getState();
  const { nodes, edges, groups, notes } = useSelection.getState();
  const operations: Operation[] = [
    ...[...edges]
      .filter((id) => {
        const edge = design.edges.get(id);
        return edge && !nodes.has(edge.source) && !nodes.has(edge.target);
      })
      .map((id) => ({ op: "remove_edge" as const, edge_id: id })),
    ...[...nodes].filter((id) => design.nodes.has(id)).map((id) => ({ op: "remove_node" as const, node_id: id })),
    ...[...groups].filter((id) => design.groups.has(id)).map((id) => ({ op: "remove_group" as const, group_id: id })),
    ...[...notes].filter((id) => design.notes.has(id)).map((id) => ({ op: "remove_note" as const, note_id: id })),
  ];
  if (operations.length > 0 && editByOperations(operations)) clearSelection();
}
