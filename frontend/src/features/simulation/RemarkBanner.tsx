import { Info, TriangleAlert } from "lucide-react";
import { useMemo, useState } from "react";
import type { Remark } from "@/api/results";
import { isActive } from "@/api/runs";
import { useDesign } from "@/state/designStore";
import { useRuns } from "@/state/runStore";
import { selectOne } from "@/state/selection";
import { canvasView } from "@/state/viewport";
import { Button, classes } from "@/ui";
import { limitRemark } from "./limitRemark";
import styles from "./RemarkBanner.module.css";
import { useThrottled } from "./useThrottled";

/** Kinds of remarks that something is wrong; all others are notes. */
const ALARMING = [
  "ended_early",
  "bottleneck",
  "backlog",
  "retention",
  "loss",
  "dead_letters",
  "retries",
  "failing",
  "loop",
];

/** What the run has to say: what did most harm above all, the rest on request. */
export function RemarkBanner() {
  const remarks = useRemarks();
  const [all, setAll] = useState(false);
  const sorted = remarks.toSorted((a, b) => rank(a) - rank(b));
  const shown = all ? sorted : sorted.slice(0, 1);
  const first = sorted[0];
  if (!first) return null;
  return (
    <div className={classes(styles.banner, isAlarming(first) ? styles.alarm : styles.note)} data-testid="remarks">
      <ul>
        {shown.map((remark) => (
          <RemarkLine key={`${remark.kind}:${remark.node ?? ""}:${remark.text}`} remark={remark} />
        ))}
      </ul>
      {sorted.length > 1 && (
        <Button variant="link" onClick={() => setAll((was) => !was)}>
          {all ? "Show less" : `${sorted.length - 1} more`}
        </Button>
      )}
    </div>
  );
}

const isAlarming = (remark: Remark): boolean => ALARMING.includes(remark.kind);

/** Of what is alarming the engine's own order holds: by harm. */
function rank(remark: Remark): number {
  if (remark.kind === "ended_early") return 0;
  return isAlarming(remark) ? 1 : 2;
}

/** What the engine remarked at the end; where it has no word on a bottleneck, what the windows say of one. */
function useRemarks(): readonly Remark[] {
  const said = useRuns((state) => state.summary?.remarks);
  const hasRun = useRuns((state) => state.shown !== null);
  const ended = useRuns((state) => state.shown !== null && !isActive(state.shown));
  const windows = useThrottled(
    useRuns((state) => state.windows),
    500,
  );
  const nodes = useDesign((state) => state.nodes);
  const edges = useDesign((state) => state.edges);
  return useMemo(() => {
    const remarks = said ?? [];
    if (!hasRun || remarks.some((remark) => remark.kind === "bottleneck")) return remarks;
    const seen = limitRemark(windows, edges.values(), (id) => nodes.get(id)?.label ?? id, ended);
    return seen ? [seen, ...remarks] : remarks;
  }, [said, hasRun, ended, windows, nodes, edges]);
}

function RemarkLine({ remark }: { remark: Remark }) {
  const label = useDesign((state) => (remark.node ? state.nodes.get(remark.node)?.label : undefined));
  const Icon = isAlarming(remark) ? TriangleAlert : Info;
  const show = () => {
    if (!remark.node) return;
    selectOne("node", remark.node);
    canvasView()?.centreOn("node", remark.node);
  };
  return (
    <li>
      <Icon size={14} aria-hidden />
      <span dir="auto">{remark.text}</span>
      {label !== undefined && (
        <Button variant="link" onClick={show}>
          Show
        </Button>
      )}
    </li>
  );
}
