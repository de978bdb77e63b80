import type { EdgeStyle } from "@/state/catalog";
import type { Point } from "@/state/graph";
import type { Side } from "./edgeGeometry";
import styles from "./MeaningEdge.module.css";

const ANGLE: Record<Side, number> = { left: 0, top: 90, right: 180, bottom: 270 };

interface EndProps {
  style: EdgeStyle;
  points: readonly Point[];
  side: Side;
}

/** The mark at the target: a filled or open arrow, a ring before it when the reader pulls, or a shield. */
export function EdgeEnd({ style, points, side }: EndProps) {
  const at = points.at(-1);
  if (!at) return null;
  return (
    <g transform={`translate(${at.x} ${at.y}) rotate(${ANGLE[side]})`}>
      {style.end === "filled" && <path d="M0 0L-10 -5L-10 5Z" className={styles.solid} />}
      {(style.end === "open" || style.end === "ring") && <path d="M-7.5 -5L-0.5 0L-7.5 5" className={styles.open} />}
      {style.end === "ring" && <circle cx={-14} cy={0} r={4} className={styles.hollow} />}
      {style.end === "shield" && (
        <path
          d="M-1 0L-2.5 -5C-5 -4.6 -7.6 -5.4 -9.5 -6.4C-12.5 -3 -12.5 3 -9.5 6.4C-7.6 5.4 -5 4.6 -2.5 5Z"
          className={styles.hollow}
        />
      )}
    </g>
  );
}

/** The mark at the source: a diamond where a subscription or a rule starts. */
export function EdgeStart({ style, points, side }: EndProps) {
  const at = points[0];
  if (!at || style.start !== "diamond") return null;
  return (
    <g transform={`translate(${at.x} ${at.y}) rotate(${ANGLE[side]})`}>
      <path d="M-1 0L-6.5 -5L-12 0L-6.5 5Z" className={styles.hollow} />
    </g>
  );
}
