import { X } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import type { Action } from "@/api/control";
import type { RunWindow } from "@/api/results";
import { formatCount } from "@/format";
import { useDesign } from "@/state/designStore";
import { compareWith, readAgain } from "@/state/runSession";
import { useRuns } from "@/state/runStore";
import { useSelection } from "@/state/selection";
import { Button, classes, IconButton } from "@/ui";
import type { ChartData } from "./chart";
import { chartsOf } from "./chartData";
import { PlayBar } from "./PlayBar";
import { RemarkBanner } from "./RemarkBanner";
import styles from "./RunTab.module.css";
import { TimeChart } from "./TimeChart";
import { useChartContext } from "./useChartContext";
import { useThrottled } from "./useThrottled";

const REDRAW_EVERY_MS = 100;
const NO_ACTIONS: readonly Action[] = [];

/** The charts of the run being shown, or what will be there. */
export function RunTab() {
  const failed = useRuns((state) => state.link === "failed");
  const [scope, setScope] = useScope();
  return (
    <>
      <Refusal />
      <RemarkBanner />
      {failed && (
        <p className={classes(styles.message, styles.error)} role="alert">
          The run could not be read.{" "}
          <Button variant="link" onClick={readAgain}>
            Try again
          </Button>
        </p>
      )}
      <PlayBar />
      <ScopeRow scope={scope} onScope={setScope} />
      <Charts scope={scope} />
    </>
  );
}

/** The node whose charts are shown: the one just selected on the canvas, until All is chosen. */
function useScope(): [string | null, (nodeId: string | null) => void] {
  const selected = useSelection((state) => (state.nodes.size === 1 ? ([...state.nodes][0] ?? null) : null));
  const [scope, setScope] = useState(selected);
  useEffect(() => setScope(selected), [selected]);
  return [scope, setScope];
}

function ScopeRow({ scope, onScope }: { scope: string | null; onScope: (nodeId: string | null) => void }) {
  const selected = useSelection((state) => (state.nodes.size === 1 ? ([...state.nodes][0] ?? null) : null));
  const label = useDesign((state) => (selected === null ? "" : (state.nodes.get(selected)?.label ?? selected)));
  const ghost = useRuns((state) => state.ghost?.run);
  const dropped = useRuns((state) => state.dropped);
  if (selected === null && !ghost && dropped === 0) return null;
  return (
    <div className={styles.scope}>
      {selected !== null && (
        <fieldset className={styles.switch} aria-label="Charts of">
          <button type="button" aria-pressed={scope === null} onClick={() => onScope(null)}>
            All
          </button>
          <button type="button" aria-pressed={scope !== null} onClick={() => onScope(selected)} dir="auto">
            {label}
          </button>
        </fieldset>
      )}
      {dropped > 0 && <span>The first {formatCount(dropped)} windows are no longer held.</span>}
      {ghost && (
        <span className={styles.ghost}>
          <i /> compared with run {ghost.number}
          <IconButton label="Stop comparing" size="small" onClick={() => void compareWith(null)}>
            <X size={13} />
          </IconButton>
        </span>
      )}
    </div>
  );
}

/** Why the last start was refused, until the next. */
function Refusal() {
  const refusal = useRuns((state) => state.refusal);
  const failedRun = useRuns((state) => (state.shown?.error ? state.shown : null));
  const text = refusal || failedRun?.error;
  if (!text) return null;
  return (
    <p className={classes(styles.message, styles.error)} role="alert">
      <strong>{refusal ? "The run was not started." : "The run did not get to its end."}</strong> {text}
    </p>
  );
}

function Charts({ scope }: { scope: string | null }) {
  const windows = useThrottled(
    useRuns((state) => state.windows),
    REDRAW_EVERY_MS,
  );
  const ghost = useRuns((state) => state.ghost);
  const actions = useRuns((state) => state.shown?.control.actions ?? NO_ACTIONS);
  const durationS = useRuns((state) => state.shown?.scenario.duration_s ?? 0);
  const runId = useRuns((state) => state.shown?.id ?? "");
  const context = useChartContext();
  const charts = useMemo(() => chartsOf(windows, scope, context), [windows, scope, context]);
  const ghosts = useGhostCharts(ghost?.windows ?? null, scope, context);
  return (
    <div className={styles.charts}>
      {charts.map((chart) => (
        <TimeChart
          key={`${runId}:${scope ?? ""}:${chart.id}`}
          chart={chart}
          ghost={ghosts.get(chart.id) ?? null}
          durationS={durationS}
          actions={actions}
        />
      ))}
    </div>
  );
}

function useGhostCharts(
  windows: readonly RunWindow[] | null,
  scope: string | null,
  context: ReturnType<typeof useChartContext>,
): ReadonlyMap<string, ChartData> {
  return useMemo(
    () => new Map((windows ? chartsOf(windows, scope, context) : []).map((chart) => [chart.id, chart])),
    [windows, scope, context],
  );
}
