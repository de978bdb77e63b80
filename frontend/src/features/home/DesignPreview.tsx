import { useCatalog } from "@/state/catalogStore";
import { type DesignDocument, NODE_HEIGHT, NODE_WIDTH } from "@/state/graph";
import { ServiceIcon } from "@/ui";
import styles from "./DesignPreview.module.css";

const MARGIN = 24;
/** Never larger than this share of life size, so that two cards do not fill the picture. */
const LARGEST_SCALE = 0.42;
const BOX = { width: 264, height: 132 };
const ICONS_FROM_SCALE = 0.12;

interface Frame {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The part of the canvas that holds all cards, in the proportions of the picture. */
export function frameOf(nodes: readonly { x: number; y: number }[]): Frame {
  const left = Math.min(...nodes.map((node) => node.x)) - MARGIN;
  const top = Math.min(...nodes.map((node) => node.y)) - MARGIN;
  const right = Math.max(...nodes.map((node) => node.x + NODE_WIDTH)) + MARGIN;
  const bottom = Math.max(...nodes.map((node) => node.y + NODE_HEIGHT)) + MARGIN;
  const scale = Math.min(LARGEST_SCALE, BOX.width / (right - left), BOX.height / (bottom - top));
  const width = BOX.width / scale;
  const height = BOX.height / scale;
  return { x: (left + right - width) / 2, y: (top + bottom - height) / 2, width, height };
}

/** A small drawing of a design: its cards as icons, its edges as lines. */
export function DesignPreview({ document }: { document: DesignDocument }) {
  const services = useCatalog((state) => state.services);
  const { nodes, edges } = document;
  if (nodes.length === 0) return <p className={styles.nothing}>Empty</p>;
  const frame = frameOf(nodes);
  const scale = BOX.width / frame.width;
  const centre = new Map(nodes.map((node) => [node.id, { x: node.x + NODE_WIDTH / 2, y: node.y + NODE_HEIGHT / 2 }]));
  const size = Math.max(12, Math.min(26, NODE_HEIGHT * scale));
  return (
    <div className={styles.preview} aria-hidden>
      <svg
        viewBox={`${frame.x} ${frame.y} ${frame.width} ${frame.height}`}
        className={styles.lines}
        preserveAspectRatio="none"
        aria-hidden
      >
        {edges.map((edge) => {
          const from = centre.get(edge.source);
          const to = centre.get(edge.target);
          if (!from || !to) return null;
          const middle = (from.x + to.x) / 2;
          return (
            <path
              key={edge.id}
              className={edge.mode === "failure" ? styles.failure : undefined}
              d={`M${from.x} ${from.y}H${middle}V${to.y}H${to.x}`}
            />
          );
        })}
      </svg>
      {nodes.map((node) => {
        const service = services.get(node.service);
        const at = centre.get(node.id) ?? { x: 0, y: 0 };
        const style = {
          left: `${((at.x - frame.x) / frame.width) * 100}%`,
          top: `${((at.y - frame.y) / frame.height) * 100}%`,
        };
        return (
          <span key={node.id} className={styles.node} style={style}>
            {scale >= ICONS_FROM_SCALE ? (
              <ServiceIcon icon={service?.icon ?? ""} entryPoint={service?.entry_point} size={size} />
            ) : (
              <i />
            )}
          </span>
        );
      })}
    </div>
  );
}
