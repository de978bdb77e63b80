import { ChartNoAxesCombined, Ellipsis } from "lucide-react";
import { isActive, type Run } from "@/api/runs";
import { formatAgo, formatMoment, formatPercent, formatSeconds } from "@/format";
import { useCanEdit } from "@/state/designStore";
import { compareWith, deleteRun, loadHistory, repeatRun, showRun } from "@/state/runSession";
import { useRuns } from "@/state/runStore";
import { Button, IconButton, MenuButton, type MenuEntry } from "@/ui";
import { openDrawer } from "./drawerStore";
import { StatusChip } from "./RunStatusBar";
import styles from "./RunsTab.module.css";
import { STATUS_TONES, STATUS_WORDS } from "./runWords";

/** The design's runs, to be opened again, compared, repeated or deleted. */
export function RunsTab() {
  const history = useRuns((state) => state.history);
  const status = useRuns((state) => state.historyStatus);
  if (status === "failed") {
    return (
      <p className={styles.empty} role="alert">
        The runs could not be read.{" "}
        <Button variant="link" onClick={() => void loadHistory()}>
          Try again
        </Button>
      </p>
    );
  }
  if (history.length === 0) {
    return (
      <p className={styles.empty}>
        {status === "ready" ? "No runs yet. Press R to run the design; every run is kept here." : "Reading the runs…"}
      </p>
    );
  }
  return (
    <table className={styles.table} data-testid="runs-table">
      <caption className="visually-hidden">Runs of this design</caption>
      <thead>
        <tr>
          <th scope="col">Run</th>
          <th scope="col">Status</th>
          <th scope="col">Scenario</th>
          <th scope="col" className={styles.number}>
            Simulated
          </th>
          <th scope="col" className={styles.number}>
            Seed
          </th>
          <th scope="col">Started</th>
          <th scope="col">
            <span className="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {history.map((run) => (
          <RunRow key={run.id} run={run} />
        ))}
      </tbody>
    </table>
  );
}

function open(run: Run): void {
  showRun(run);
  openDrawer("run");
}

function RunRow({ run }: { run: Run }) {
  const shown = useRuns((state) => state.shown?.id === run.id);
  const isGhost = useRuns((state) => state.ghost?.run.id === run.id);
  return (
    <tr aria-current={shown || undefined}>
      <th scope="row">
        <Button variant="link" onClick={() => open(run)}>
          Run {run.number}
        </Button>
      </th>
      <td>
        <StatusChip
          tone={STATUS_TONES[run.status]}
          text={run.status === "running" ? formatPercent(run.progress) : STATUS_WORDS[run.status]}
          busy={isActive(run)}
        />
      </td>
      <td className={styles.name} dir="auto">
        {run.scenario.name ?? run.scenario.id}
      </td>
      <td className={styles.number}>{formatSeconds(run.scenario.duration_s)}</td>
      <td className={styles.number}>{run.seed}</td>
      <td title={formatMoment(run.created_at)}>
        {formatAgo(run.created_at)}
        {run.created_by && (
          <>
            {" by "}
            <bdi>{run.created_by.name}</bdi>
          </>
        )}
      </td>
      <td className={styles.actions}>
        {!isActive(run) && !shown && (
          <IconButton
            label={isGhost ? "Stop comparing" : `Compare with run ${run.number}`}
            size="small"
            pressed={isGhost}
            onClick={() => void compareWith(isGhost ? null : run)}
          >
            <ChartNoAxesCombined size={14} />
          </IconButton>
        )}
        <RunMenu run={run} />
      </td>
    </tr>
  );
}

function RunMenu({ run }: { run: Run }) {
  const editable = useCanEdit();
  const entries: MenuEntry[] = [
    { id: "open", label: "Open", onSelect: () => open(run) },
    {
      id: "repeat",
      label: "Run again as it was",
      detail: "The same design, scenario and seed",
      disabled: !editable || isActive(run),
      onSelect: () => void repeatRun(run),
    },
    { id: "line", separator: true },
    { id: "delete", label: "Delete", danger: true, disabled: !editable, onSelect: () => deleteRun(run) },
  ];
  return (
    <MenuButton label={`Run ${run.number}`} entries={entries}>
      {(button) => (
        <IconButton label={`More for run ${run.number}`} size="small" {...button}>
          <Ellipsis size={14} />
        </IconButton>
      )}
    </MenuButton>
  );
}
