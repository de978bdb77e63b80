import { type NodeProps, NodeResizer } from "@xyflow/react";
import { memo } from "react";
import { useCanEdit } from "@/state/designStore";
import { editThings } from "@/state/editing";
import { classes } from "@/ui";
import type { FrameNode } from "./flowTypes";
import styles from "./GroupFrame.module.css";

/** A titled frame; its kind decides line and colour as AWS draws them. The title is its handle. */
export const GroupFrame = memo(function GroupFrame({ id, data, selected }: NodeProps<FrameNode>) {
  const { group } = data;
  const editable = useCanEdit();
  const keep = (change: { label?: string } & Partial<Record<"x" | "y" | "width" | "height", number>>) =>
    editThings({ groups: new Map([[id, change]]) });
  return (
    <div
      className={classes(styles.frame, styles[group.kind] ?? styles.plain, selected && styles.selected)}
      data-testid={`group-${id}`}
    >
      <NodeResizer
        isVisible={selected && editable}
        minWidth={120}
        minHeight={80}
        handleClassName={styles.corner ?? ""}
        lineClassName={styles.resize ?? ""}
        onResizeEnd={(_event, { x, y, width, height }) => keep({ x, y, width, height })}
      />
      <div className={classes("frame-handle", styles.title)}>
        {selected && editable ? (
          <input
            key={group.label}
            className="nodrag"
            aria-label="Name of the frame"
            defaultValue={group.label}
            maxLength={200}
            dir="auto"
            onBlur={(event) => {
              const label = event.target.value.trim();
              if (label && label !== group.label) keep({ label });
            }}
            onKeyDown={(event) => {
              event.stopPropagation();
              if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
            }}
          />
        ) : (
          <span dir="auto">{group.label}</span>
        )}
      </div>
    </div>
  );
});
