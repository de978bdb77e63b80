import { useMemo } from "react";
import type { StateBox, StateLine } from "@/api/workflows";
import { classes } from "@/ui";
import styles from "./StateGraph.module.css";
import { BOX_HEIGHT, layoutStates } from "./stateLayout";

const MARGIN = 28;
/** The picture shrinks to the room that there is, down to this share of its size. */
const SMALLEST = 0.65;
const LONGEST_NAME = 21;

interface StateGraphProps {
  boxes: readonly StateBox[];
  lines: readonly StateLine[];
  /** Lines of the text with an error. */
  wrong: ReadonlySet<string>;
  onChoose: (line: number) => void;
}

/** The states from the top down; a click shows the state in the text. */
export function StateGraph({ boxes, lines, wrong, onChoose }: StateGraphProps) {
  const picture = useMemo(() => layoutStates(boxes, lines), [boxes, lines]);
  if (boxes.length === 0) return <p className={styles.empty}>The states appear here once the text can be read.</p>;
  const width = picture.width + 2 * MARGIN;
  const height = picture.height + 2 * MARGIN;
  return (
    <div className={styles.scroll}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a picture */}
      <svg
        className={styles.picture}
        role="group"
        aria-label={`${boxes.length} states`}
        width={width}
        height={height}
        style={{ maxWidth: `max(100%, ${Math.round(width * SMALLEST)}px)` }}
        viewBox={`${-MARGIN} ${-MARGIN} ${width} ${height}`}
      >
        <defs>
          <marker id="state-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M 0 0 L 8 4 L 0 8 z" className={styles.head} />
          </marker>
        </defs>
        {picture.boxes.map(({ box, x, y, width, height, holds }) => (
          // biome-ignore lint/a11y/useSemanticElements: there is no button inside an SVG
          <g
            key={box.id}
            className={classes(styles.state, styles[box.type.toLowerCase()], wrong.has(box.id) && styles.wrong)}
            role="button"
            tabIndex={0}
            aria-label={`${box.type} ${box.name}, line ${box.line}`}
            onClick={(event) => {
              event.stopPropagation();
              onChoose(box.line);
            }}
            onKeyDown={(event) => {
              if (event.key !== "Enter" && event.key !== " ") return;
              event.preventDefault();
              onChoose(box.line);
            }}
          >
            <title>{`${box.name} (${box.type})`}</title>
            <rect x={x} y={y} width={width} height={height} rx={box.type === "Choice" ? 14 : 6} />
            <text x={x + width / 2} y={y + (holds ? 14 : box.detail ? 17 : BOX_HEIGHT / 2 + 4)} className={styles.name}>
              {shortened(box.name, holds ? Math.floor(width / 7) : LONGEST_NAME)}
            </text>
            {box.detail && !holds && (
              <text x={x + width / 2} y={y + 31} className={styles.detail}>
                {shortened(box.detail, LONGEST_NAME + 4)}
              </text>
            )}
            {box.begins && <circle cx={x + width / 2} cy={y - 6} r={3.5} className={styles.begin} />}
            {box.ends && <circle cx={x + width / 2} cy={y + height + 6} r={3.5} className={styles.end} />}
          </g>
        ))}
        {picture.lines.map(({ line, path, x, y }) => (
          <g key={`${line.origin} ${line.kind} ${line.text} ${line.target}`} className={styles[line.kind]}>
            <path d={path} className={styles.line} markerEnd="url(#state-arrow)" />
            {line.text && (
              <text x={x} y={y} className={styles.label}>
                {shortened(line.text, 16)}
              </text>
            )}
          </g>
        ))}
      </svg>
    </div>
  );
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
