import { Square } from "lucide-react";
import { isActive, type Run } from "@/api/runs";
import { formatPercent } from "@/format";
import { useCanEdit } from "@/state/designStore";
import { cancelRun } from "@/state/runSession";
import { useRuns } from "@/state/runStore";
import { Button, classes } from "@/ui";
import styles from "./RunStatusBar.module.css";
import { clockText, progressOf, STATUS_TONES, STATUS_WORDS, type Tone } from "./runWords";

/** How the run being shown is going: its status, its simulated time, and Cancel. */
export function RunStatusBar() {
  const starting = useRuns((state) => state.starting);
  const run = useRuns((state) => state.shown);
  const link = useRuns((state) => state.link);
  return (
    <div className={styles.bar} data-testid="run-status">
      {starting ? (
        <StatusChip tone="accent" text="Starting" busy />
      ) : run ? (
        <>
          {link === "lost" && <span className={styles.note}>Connection lost, reconnecting…</span>}
          {link === "loading" && <span className={styles.note}>Reading…</span>}
          <RunChip run={run} />
          <Progress run={run} />
          {isActive(run) && <CancelSmall />}
        </>
      ) : (
        <LastRun />
      )}
    </div>
  );
}

function CancelSmall() {
  const cancelling = useRuns((state) => state.cancelling);
  const editable = useCanEdit();
  if (!editable) return null;
  return (
    <Button
      size="small"
      icon={<Square size={10} fill="currentColor" />}
      disabled={cancelling}
      onClick={() => void cancelRun()}
    >
      {cancelling ? "Cancelling…" : "Cancel"}
    </Button>
  );
}

function RunChip({ run }: { run: Run }) {
  if (run.status === "running" && run.control.paused) return <StatusChip tone="neutral" text="Paused" />;
  return <StatusChip tone={STATUS_TONES[run.status]} text={STATUS_WORDS[run.status]} busy={isActive(run)} />;
}

export function StatusChip({ tone, text, busy }: { tone: Tone; text: string; busy?: boolean }) {
  return (
    <span className={classes(styles.chip, styles[tone])}>
      <i className={classes(styles.dot, busy && styles.busy)} />
      {text}
    </span>
  );
}

function Progress({ run }: { run: Run }) {
  const reachedS = useRuns((state) => state.windows.at(-1)?.end_s ?? 0);
  const progress = progressOf(run, reachedS);
  const clock = clockText(run, isActive(run) ? progress * run.scenario.duration_s : reachedS);
  return (
    <>
      <span className={styles.clock}>{clock}</span>
      {run.status !== "finished" && (
        <span
          className={styles.track}
          role="progressbar"
          aria-label={`Run ${run.number}`}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(progress * 100)}
          aria-valuetext={formatPercent(progress)}
        >
          <span style={{ width: `${progress * 100}%` }} />
        </span>
      )}
    </>
  );
}

function LastRun() {
  const last = useRuns((state) => state.history[0]);
  return <span className={styles.note}>{last ? `Last run: ${last.number}` : "Not run yet"}</span>;
}
