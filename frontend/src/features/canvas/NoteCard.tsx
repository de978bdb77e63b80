import { type NodeProps, NodeResizer } from "@xyflow/react";
import { memo, useEffect, useRef } from "react";
import { useCanEdit } from "@/state/designStore";
import { editThings } from "@/state/editing";
import { setUi, useUi } from "@/state/uiStore";
import { classes } from "@/ui";
import type { NoteNode } from "./flowTypes";
import styles from "./NoteCard.module.css";

/** A sticky text; double-click or Enter to write. */
export const NoteCard = memo(function NoteCard({ id, data, selected }: NodeProps<NoteNode>) {
  const { note } = data;
  const editable = useCanEdit();
  const writing = useUi((state) => state.renaming === id) && editable;
  const ref = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (writing) ref.current?.select();
  }, [writing]);
  return (
    <div className={classes(styles.note, selected && styles.selected)} data-testid={`note-${id}`}>
      <NodeResizer
        isVisible={selected && editable}
        minWidth={96}
        minHeight={48}
        lineClassName={styles.resize ?? ""}
        handleClassName={styles.corner ?? ""}
        onResizeEnd={(_event, { x, y, width, height }) =>
          editThings({ notes: new Map([[id, { x, y, width, height }]]) })
        }
      />
      {writing ? (
        <textarea
          ref={ref}
          className="nodrag nowheel nopan"
          aria-label="Text of the note"
          defaultValue={note.text}
          maxLength={10_000}
          dir="auto"
          onBlur={(event) => {
            setUi({ renaming: null });
            if (event.target.value !== note.text) editThings({ notes: new Map([[id, { text: event.target.value }]]) });
          }}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === "Escape") event.currentTarget.blur();
          }}
        />
      ) : (
        <p dir="auto">{note.text || "Double-click to write"}</p>
      )}
    </div>
  );
});
