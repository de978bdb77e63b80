import { EdgeLabelRenderer, type EdgeProps, useStore } from "@xyflow/react";
import { memo } from "react";
import type { EdgeStyle } from "@/state/catalog";
import { useFindingsOf } from "@/state/findingsStore";
import type { Point } from "@/state/graph";
import { usePeers } from "@/state/presence";
import { classes } from "@/ui";
import { EdgeEnd, EdgeStart } from "./EdgeEnds";
import type { CanvasEdge } from "./flowTypes";
import styles from "./MeaningEdge.module.css";
import { distance, roundedPath, toward } from "./polyline";

const DASHES: Record<EdgeStyle["line"], string | undefined> = {
  solid: undefined,
  double: undefined,
  dashed: "6 4",
  dotted: "1.5 4.5",
  long_dash: "10 4",
};
const LABELS_FROM_ZOOM = 0.6;
const ARROW = 9;
const SHORTEST_LABEL = 60;

/** The points of a line with its last stretch shortened, so that it ends at the foot of the arrow. */
function shortened(points: readonly Point[], by: number): Point[] {
  const last = points.at(-1);
  const before = points.at(-2);
  if (!last || !before) return [...points];
  return [...points.slice(0, -1), toward(last, before, Math.min(by, distance(last, before) / 2))];
}

export const MeaningEdge = memo(function MeaningEdge({ id, data, selected }: EdgeProps<CanvasEdge>) {
  const finding = useFindingsOf(id)[0];
  const showLabels = useStore((state) => state.transform[2] >= LABELS_FROM_ZOOM);
  const peer = usePeers((state) => state.peers.find((found) => found.selected.includes(id)));
  if (!data) return null;
  const { route, style, known, label } = data;
  const line = roundedPath(shortened(route.points, style.end === "filled" ? ARROW : 1));
  const kind = known ? styles[style.id] : styles.unknown;
  const severity = finding && finding.severity !== "advice" ? finding.severity : null;
  return (
    <g
      className={classes(styles.edge, kind, selected && styles.selected)}
      data-testid={`edge-${id}`}
      data-style={style.id}
    >
      <path d={route.path} className={classes("react-flow__edge-interaction", styles.target)} />
      {(selected || severity || peer) && (
        <path
          d={line}
          className={classes(styles.glow, severity && styles[severity])}
          style={peer && !selected ? { stroke: peer.color } : undefined}
        />
      )}
      {style.line === "double" ? (
        <>
          <path d={line} className={styles.line} strokeWidth={style.width + 3} />
          <path d={line} className={styles.gap} strokeWidth={style.width} />
        </>
      ) : (
        <path d={line} className={styles.line} strokeWidth={style.width} strokeDasharray={DASHES[style.line]} />
      )}
      <EdgeStart style={style} points={route.points} side={route.sourceSide} />
      <EdgeEnd style={style} points={route.points} side={route.targetSide} />
      {showLabels && (label || severity) && (
        <EdgeLabelRenderer>
          <span
            className={classes(styles.label, route.label.flat && styles.above, severity && styles[`${severity}Label`])}
            style={{
              translate: `${route.label.x}px ${route.label.y}px`,
              maxWidth: route.label.flat ? Math.max(SHORTEST_LABEL, route.label.room - 8) : undefined,
            }}
            title={finding?.title}
          >
            {severity && <b aria-hidden>!</b>}
            {label}
          </span>
        </EdgeLabelRenderer>
      )}
    </g>
  );
});
