import { X } from "lucide-react";
import { useDesign } from "@/state/designStore";
import { clearSelection, selectionSize, useSelection } from "@/state/selection";
import { IconButton } from "@/ui";
import { DesignSummary } from "./DesignSummary";
import { EdgeInspector } from "./EdgeInspector";
import { GroupInspector } from "./GroupInspector";
import styles from "./Inspector.module.css";
import { NodeInspector } from "./NodeInspector";
import { ManyInspector, NoteInspector } from "./OtherInspectors";

/** What is selected, or the design as a whole: settings, meaning, findings. */
export function Inspector() {
  const selection = useSelection();
  const size = selectionSize(selection);
  return (
    <aside className={styles.inspector} aria-label="Inspector" data-testid="inspector">
      {size > 0 && (
        <IconButton label="Close" keys="Esc" className={styles.close} onClick={clearSelection}>
          <X size={16} />
        </IconButton>
      )}
      {size === 0 ? <DesignSummary /> : size > 1 ? <ManyInspector /> : <One />}
    </aside>
  );
}

function One() {
  const [nodeId] = useSelection((state) => state.nodes);
  const [edgeId] = useSelection((state) => state.edges);
  const [groupId] = useSelection((state) => state.groups);
  const [noteId] = useSelection((state) => state.notes);
  const node = useDesign((state) => (nodeId ? state.nodes.get(nodeId) : undefined));
  const edge = useDesign((state) => (edgeId ? state.edges.get(edgeId) : undefined));
  const group = useDesign((state) => (groupId ? state.groups.get(groupId) : undefined));
  const note = useDesign((state) => (noteId ? state.notes.get(noteId) : undefined));
  if (node) return <NodeInspector key={node.id} node={node} />;
  if (edge) return <EdgeInspector key={edge.id} edge={edge} />;
  if (group) return <GroupInspector key={group.id} group={group} />;
  if (note) return <NoteInspector key={note.id} note={note} />;
  return <DesignSummary />;
}
