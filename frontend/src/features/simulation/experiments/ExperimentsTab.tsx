import { Plus } from "lucide-react";
import type { Experiment } from "@/api/experiments";
import { formatAgo } from "@/format";
import { loadExperiments, showExperiment, useExperiments } from "@/state/experimentStore";
import { Button, classes } from "@/ui";
import { ExperimentForm } from "./ExperimentForm";
import { ExperimentResult } from "./ExperimentResult";
import styles from "./Experiments.module.css";
import { kindLabel, progressText, STATUS_WORDS } from "./experimentWords";

/** Questions that many runs answer: the earlier ones at the left, the answer or a new question beside them. */
export function ExperimentsTab() {
  const { status, list, shown } = useExperiments();
  if (status === "failed") {
    return (
      <p className={styles.empty} role="alert">
        The experiments could not be read.{" "}
        <Button variant="link" onClick={() => void loadExperiments()}>
          Try again
        </Button>
      </p>
    );
  }
  return (
    <div className={styles.layout} data-testid="experiments">
      {list.length > 0 && (
        <nav className={styles.list} aria-label="Experiments">
          <Button
            size="small"
            icon={<Plus size={13} />}
            aria-pressed={shown === null}
            onClick={() => void showExperiment(null)}
          >
            New experiment
          </Button>
          {list.map((experiment) => (
            <ListItem key={experiment.id} experiment={experiment} current={experiment.id === shown?.id} />
          ))}
        </nav>
      )}
      <div className={styles.content}>{shown ? <ExperimentResult experiment={shown} /> : <ExperimentForm />}</div>
    </div>
  );
}

function ListItem({ experiment, current }: { experiment: Experiment; current: boolean }) {
  return (
    <button
      type="button"
      className={classes(styles.item, current && styles.current)}
      aria-current={current || undefined}
      onClick={() => void showExperiment(experiment)}
    >
      <strong>
        {experiment.number}. {kindLabel(experiment.question.kind)}
      </strong>
      <span>
        {experiment.status === "running"
          ? progressText(experiment)
          : `${STATUS_WORDS[experiment.status]} ${formatAgo(experiment.finished_at ?? experiment.created_at)}`}
      </span>
    </button>
  );
}
