import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useMemo, useState } from "react";
import { useShallow } from "zustand/react/shallow";
import type { Action } from "@/api/control";
import type { RunWindow } from "@/api/results";
import { formatCount } from "@/format";
import { useDesign } from "@/state/designStore";
import { compareWith, readAgain } from "@/state/runSession";
import { useRuns } from "@/state/runStore";
import { useSelection } from "@/state/selection";
import { Button, classes, IconButton, Select } from "@/ui";
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
  const [entry, entries, setEntry] = useEntry();
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
      <ScopeRow scope={scope} onScope={setScope}>
        {scope === null && entries.length > 1 && <EntryChoice entry={entry} entries={entries} onEntry={setEntry} />}
      </ScopeRow>
      <Charts scope={scope} entry={entry} />
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

/** The entry point whose latency is shown, null for the slowest, and those of the run. */
function useEntry(): [string | null, readonly string[], (entry: string | null) => void] {
  const entries = useRuns(useShallow((state) => Object.keys(state.windows.at(-1)?.entry_points ?? {})));
  const [wanted, setWanted] = useState<string | null>(null);
  return [wanted !== null && entries.includes(wanted) ? wanted : null, entries, setWanted];
}

interface EntryChoiceProps {
  entry: string | null;
  entries: readonly string[];
  onEntry: (entry: string | null) => void;
}

function EntryChoice({ entry, entries, onEntry }: EntryChoiceProps) {
  const nodes = useDesign((state) => state.nodes);
  const id = useId();
  return (
    <span className={styles.entry}>
      <label htmlFor={id}>Caller latency of</label>
      <Select id={id} value={entry ?? ""} onChange={(event) => onEntry(event.target.value || null)}>
        <option value="">the slowest entry point</option>
        {entries.map((id) => (
          <option key={id} value={id}>
            {nodes.get(id)?.label ?? id}
          </option>
        ))}
      </Select>
    </span>
  );
}

interface ScopeRowProps {
  scope: string | null;
  onScope: (nodeId: string | null) => void;
  children: ReactNode;
}

function ScopeRow({ scope, onScope, children }: ScopeRowProps) {
  const selected = useSelection((state) => (state.nodes.size === 1 ? ([...state.nodes][0] ?? null) : null));
  const label = useDesign((state) => (selected === null ? "" : (state.nodes.get(selected)?.label ?? selected)));
  const ghost = useRuns((state) => state.ghost?.run);
  const dropped = useRuns((state) => state.dropped);
  if (selected === null && !ghost && dropped === 0 && !children) return null;
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
      {children}
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

function Charts({ scope, entry }: { scope: string | null; entry: string | null }) {
  const windows = useThrottled(
    useRuns((state) => state.windows),
    REDRAW_EVERY_MS,
  );
  const ghost = useRuns((state) => state.ghost);
  const actions = useRuns((state) => state.shown?.control.actions ?? NO_ACTIONS);
  const durationS = useRuns((state) => state.shown?.scenario.duration_s ?? 0);
  const runId = useRuns((state) => state.shown?.id ?? "");
  const context = useChartContext(entry);
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
