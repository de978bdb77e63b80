import { formatCount, formatMilliseconds, formatRate } from "@/format";
import { useNodeLoad } from "@/state/runStore";
import { classes } from "@/ui";
import styles from "./LoadMarks.module.css";

const RADIUS = 23;
const LENGTH = 2 * Math.PI * RADIUS;
/** Utilisation from which a ring warns, and from which it alarms. */
const BUSY = 0.7;
const FULL = 0.95;
const ERRORS_SHOWN_FROM = 0.001;

/** The ring round a card's icon: utilisation clockwise from the top, the share of errors as a red arc back from it. */
export function LoadRing({ nodeId }: { nodeId: string }) {
  const load = useNodeLoad(nodeId);
  if (!load) return null;
  const used = Math.min(1, Math.max(0, load.utilisation ?? 0));
  const failed = Math.min(1, load.errorShare);
  const level = failed > 0.05 || used >= FULL ? styles.alarm : used >= BUSY ? styles.busy : styles.calm;
  const percent = load.utilisation === null ? "no limit" : `${Math.round(used * 100)} % in use`;
  return (
    <svg className={styles.ring} viewBox="0 0 52 52" role="img" aria-label={`Load: ${percent}`}>
      <circle cx={26} cy={26} r={RADIUS} className={styles.track} />
      {used > 0 && (
        <circle cx={26} cy={26} r={RADIUS} className={level} strokeDasharray={`${used * LENGTH} ${LENGTH}`} />
      )}
      {failed >= ERRORS_SHOWN_FROM && (
        <circle
          cx={26}
          cy={26}
          r={RADIUS}
          className={styles.errors}
          strokeDasharray={`${Math.max(0.02, failed) * LENGTH} ${LENGTH}`}
          strokeDashoffset={Math.max(0.02, failed) * LENGTH}
        />
      )}
    </svg>
  );
}

/** The third line of a card: rate and p99 during a run, otherwise its settings. */
export function LoadLine({ nodeId, otherwise }: { nodeId: string; otherwise: string }) {
  const load = useNodeLoad(nodeId);
  if (!load) return <span className={styles.line}>{otherwise}</span>;
  if (load.queueDepth > 0) {
    return <span className={classes(styles.line, styles.waiting)}>{formatCount(load.queueDepth)} waiting</span>;
  }
  const failing = load.errorShare >= 0.01;
  const parts = [formatRate(load.ratePerS), load.p99Ms > 0 ? formatMilliseconds(load.p99Ms) : ""].filter(Boolean);
  return (
    <span className={classes(styles.line, failing ? styles.failing : styles.live)} title="Rate · p99">
      {parts.join(" · ")}
    </span>
  );
}

const LOG_FULL = 6;

/** A bar under a queue's card: its depth on a logarithmic scale, full at a million. */
export function QueueBar({ nodeId }: { nodeId: string }) {
  const load = useNodeLoad(nodeId);
  if (!load || load.queueDepth <= 0) return null;
  const share = Math.min(1, Math.log10(load.queueDepth + 1) / LOG_FULL);
  return (
    <span className={styles.bar} role="img" aria-label={`${formatCount(load.queueDepth)} messages waiting`}>
      <span style={{ width: `${share * 100}%` }} />
    </span>
  );
}
