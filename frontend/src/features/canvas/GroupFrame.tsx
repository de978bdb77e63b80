import { type NodeProps, NodeResizer } from "@xyflow/react";
import { type CSSProperties, memo } from "react";
import { useCatalog } from "@/state/catalogStore";
import { useCanEdit } from "@/state/designStore";
import { editThings } from "@/state/editing";
import { classes, ServiceIcon } from "@/ui";
import type { FrameNode } from "./flowTypes";
import { resizeFrame } from "./frames";
import styles from "./GroupFrame.module.css";

/** A titled frame; its kind decides icon, line and colour as AWS draws them. The title is its handle. */
export const GroupFrame = memo(function GroupFrame({ id, data, selected }: NodeProps<FrameNode>) {
  const { group } = data;
  const editable = useCanEdit();
  const service = useCatalog((state) => state.services.get(group.kind));
  const frame = service?.frame;
  const look = frame ? frame.dashed && styles.dashed : (styles[group.kind] ?? styles.plain);
  return (
    <div
      className={classes(styles.frame, look, selected && styles.selected)}
      style={frame ? ({ "--frame": frame.colour } as CSSProperties) : undefined}
      data-testid={`group-${id}`}
      data-kind={group.kind}
    >
      <NodeResizer
        isVisible={selected && editable}
        minWidth={120}
        minHeight={80}
        handleClassName={styles.corner ?? ""}
        lineClassName={styles.resize ?? ""}
        onResizeEnd={(_event, { x, y, width, height }) => resizeFrame(id, { x, y, width, height })}
      />
      <div className={classes("frame-handle", styles.title, service?.frame && styles.withIcon)} title={service?.name}>
        {service?.frame && <ServiceIcon icon={service.icon} size={26} />}
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
              if (label && label !== group.label) editThings({ groups: new Map([[id, { label }]]) });
            }}
            onKeyDown={(event) => {
              event.stopPropagation();
              if (event.key === "Escape") event.currentTarget.value = group.label;
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
