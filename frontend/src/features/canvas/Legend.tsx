import { ChevronDown, ChevronUp } from "lucide-react";
import { useCatalog } from "@/state/catalogStore";
import { setUi, useUi } from "@/state/uiStore";
import { classes } from "@/ui";
import { EdgeEnd, EdgeStart } from "./EdgeEnds";
import type { CanvasEdge } from "./flowTypes";
import styles from "./Legend.module.css";
import edgeStyles from "./MeaningEdge.module.css";

const DASHES: Record<string, string | undefined> = { dashed: "6 4", dotted: "1.5 4.5", long_dash: "10 4" };
const SAMPLE = [
  { x: 2, y: 8 },
  { x: 54, y: 8 },
];

/** What the lines of the design mean; it lists the kinds that are used. */
export function Legend({ edges }: { edges: readonly CanvasEdge[] }) {
  const all = useCatalog((state) => state.styles);
  const open = useUi((state) => state.legendOpen);
  if (edges.length === 0) return null;
  const used = new Set(edges.map((edge) => edge.data?.style.id));
  const shown = all.filter((style) => used.has(style.id));
  return (
    <section className={styles.legend} aria-label="Legend">
      <button type="button" className={styles.toggle} aria-expanded={open} onClick={() => setUi({ legendOpen: !open })}>
        Legend {open ? <ChevronDown size={14} /> : <ChevronUp size={14} />}
      </button>
      {open && (
        <ul>
          {shown.map((style) => (
            <li key={style.id} title={style.explanation}>
              <svg width={56} height={16} className={edgeStyles[style.id]} aria-hidden>
                {style.line === "double" ? (
                  <>
                    <path d="M2 8H52" className={edgeStyles.line} strokeWidth={style.width + 3} />
                    <path d="M2 8H52" className={edgeStyles.gap} strokeWidth={style.width} />
                  </>
                ) : (
                  <path
                    d={style.end === "filled" ? "M2 8H45" : "M2 8H53"}
                    className={edgeStyles.line}
                    strokeWidth={style.width}
                    strokeDasharray={DASHES[style.line]}
                  />
                )}
                <EdgeStart style={style} points={SAMPLE} side="right" />
                <EdgeEnd style={style} points={SAMPLE} side="left" />
              </svg>
              <span className={classes(styles.name)}>{style.label}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
