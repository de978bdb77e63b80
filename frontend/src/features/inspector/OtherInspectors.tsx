import { performCommand, shownKeys, useCommands } from "@/state/commands";
import { useCanEdit } from "@/state/designStore";
import { editThings } from "@/state/editing";
import type { Note } from "@/state/graph";
import { useSelection } from "@/state/selection";
import { Button, Field, TextArea, Tooltip } from "@/ui";
import styles from "./Inspector.module.css";

export function NoteInspector({ note }: { note: Note }) {
  const editable = useCanEdit();
  return (
    <>
      <span className={styles.badge}>Note</span>
      <Field htmlFor="note-text" label="Text" stacked>
        <TextArea
          key={note.text}
          id="note-text"
          rows={8}
          defaultValue={note.text}
          disabled={!editable}
          maxLength={10_000}
          dir="auto"
          onBlur={(event) => {
            const text = event.target.value;
            if (text !== note.text) editThings({ notes: new Map([[note.id, { text }]]) });
          }}
        />
      </Field>
      <Actions ids={["edit.duplicate", "edit.delete"]} />
    </>
  );
}

/** Several things at once: what they are, and what can be done with all of them. */
export function ManyInspector() {
  const { nodes, edges, groups, notes } = useSelection();
  const counts = [
    [nodes.size, "node", "nodes"],
    [edges.size, "edge", "edges"],
    [groups.size, "frame", "frames"],
    [notes.size, "note", "notes"],
  ] as const;
  const text = counts
    .filter(([count]) => count > 0)
    .map(([count, one, many]) => `${count} ${count === 1 ? one : many}`)
    .join(", ");
  return (
    <>
      <span className={styles.badge}>Selection</span>
      <h2 className={styles.title}>{text}</h2>
      <p className={styles.summary}>Drag to move them together; Alt-drag leaves copies.</p>
      <Actions ids={["edit.duplicate", "create.group", "design.tidy", "edit.copy", "edit.cut", "edit.delete"]} />
    </>
  );
}

export function Actions({ ids }: { ids: readonly string[] }) {
  const commands = useCommands((state) => state.commands);
  return (
    <div className={styles.actions}>
      {ids.map((id) => {
        const command = commands.get(id);
        if (!command) return null;
        return (
          <Tooltip key={id} text={command.label} keys={shownKeys(id)}>
            <Button
              size="small"
              variant={id === "edit.delete" ? "danger" : "secondary"}
              disabled={command.enabled?.() === false}
              onClick={() => performCommand(id)}
            >
              {command.label}
            </Button>
          </Tooltip>
        );
      })}
    </div>
  );
}
