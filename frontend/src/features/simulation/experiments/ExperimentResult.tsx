import { Square, Trash2 } from "lucide-react";
import type { Experiment, Point } from "@/api/experiments";
import { formatMoney, formatRate } from "@/format";
import type { Parameter } from "@/state/catalog";
import { useCatalog } from "@/state/catalogStore";
import { useCanEdit, useDesign } from "@/state/designStore";
import { cancelExperiment, deleteExperiment } from "@/state/experimentStore";
import { Button, classes, IconButton } from "@/ui";
import { Curve } from "./Curve";
import styles from "./Experiments.module.css";
import {
  behindText,
  errorText,
  estimateText,
  intervalNote,
  kindLabel,
  monthlyRange,
  pointLabel,
  progressText,
  requestRate,
} from "./experimentWords";

/** The answer of an experiment, as far as it is known. */
export function ExperimentResult({ experiment }: { experiment: Experiment }) {
  const editable = useCanEdit();
  const { answer, question } = experiment;
  const parameter = useVaried(experiment);
  const points = [...(answer?.points ?? [])].sort((a, b) => a.load_factor - b.load_factor || a.point - b.point);
  return (
    <article aria-label={`Experiment ${experiment.number}`} data-testid="experiment-result">
      <header className={styles.head}>
        <h3>
          {kindLabel(question.kind)}
          {parameter && `: ${parameter.label.toLowerCase()}`}
        </h3>
        <span className={styles.note} role="status">
          {progressText(experiment)} · scenario <bdi>{String(experiment.scenario.name ?? experiment.scenario.id)}</bdi>
        </span>
        {experiment.status === "running" && (
          <Button
            size="small"
            icon={<Square size={12} />}
            disabled={!editable}
            onClick={() => void cancelExperiment(experiment)}
          >
            Stop
          </Button>
        )}
        {experiment.status !== "running" && (
          <IconButton
            label={`Delete experiment ${experiment.number}`}
            size="small"
            disabled={!editable}
            onClick={() => void deleteExperiment(experiment)}
          >
            <Trash2 size={14} />
          </IconButton>
        )}
      </header>
      {experiment.error && (
        <p className={styles.problem} role="alert">
          {experiment.error}
        </p>
      )}
      {answer?.statement && <p className={styles.statement}>{answer.statement}</p>}
      <Unstable experiment={experiment} points={points} />
      {points.length === 0 ? (
        <p className={styles.empty}>
          {experiment.status === "running" ? "The first runs are under way…" : "No run ended."}
        </p>
      ) : (
        <div className={styles.findings}>
          <PointTable experiment={experiment} points={points} parameter={parameter} />
          {points.length > 1 && question.kind !== "compare" && <Curve experiment={experiment} points={points} />}
        </div>
      )}
      {points.length > 0 && <p className={styles.note}>{intervalNote(experiment, points)}</p>}
      {points.length === 1 && points[0] && <MonthlyBill experiment={experiment} point={points[0]} />}
      {answer && Object.keys(answer.differences).length > 0 && <Differences experiment={experiment} />}
    </article>
  );
}

function useVaried(experiment: Experiment): Parameter | undefined {
  const nodes = useDesign((state) => state.nodes);
  const edges = useDesign((state) => state.edges);
  const services = useCatalog((state) => state.services);
  const connections = useCatalog((state) => state.connections);
  const { subject, id, parameter } = experiment.question;
  if (!id || !parameter) return undefined;
  const known =
    subject === "edge"
      ? connections.get(edges.get(id)?.connection ?? "")?.parameters
      : services.get(nodes.get(id)?.service ?? "")?.parameters;
  return known?.find((each) => each.id === parameter);
}

/** Which nodes did not keep up, by point. */
function Unstable({ experiment, points }: { experiment: Experiment; points: readonly Point[] }) {
  const nodes = useDesign((state) => state.nodes);
  const parameter = useVaried(experiment);
  const found = points.flatMap((point) => (point.behind ?? []).slice(0, 2).map((behind) => ({ point, behind })));
  if (found.length === 0) return null;
  return (
    <ul className={styles.problem} data-testid="unstable">
      {found.map(({ point, behind }) => (
        <li key={`${point.point}:${behind.node}`} dir="auto">
          {points.length > 1 && `${pointLabel(experiment, point, parameter)}: `}
          {behindText(experiment, behind, nodes.get(behind.node)?.label ?? behind.node)}
        </li>
      ))}
    </ul>
  );
}

interface TableProps {
  experiment: Experiment;
  points: readonly Point[];
  parameter: Parameter | undefined;
}

function PointTable({ experiment, points, parameter }: TableProps) {
  const judged = points.some((point) => point.meets !== null);
  const nodes = useDesign((state) => state.nodes);
  const entries = [...new Set(points.flatMap((point) => Object.keys(point.entry_points)))];
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">Points of the experiment</caption>
      <thead>
        <tr>
          <th scope="col">{experiment.question.kind === "breaking_point" ? "Load" : "Setting"}</th>
          {entries.length > 1 && <th scope="col">Entry</th>}
          <th scope="col" className={styles.number}>
            Requests
          </th>
          <th scope="col" className={styles.number}>
            Median
          </th>
          <th scope="col" className={styles.number}>
            p99
          </th>
          <th scope="col" className={styles.number}>
            Errors
          </th>
          <th scope="col" className={styles.number}>
            Cost a month
          </th>
          {judged && <th scope="col">Objective</th>}
        </tr>
      </thead>
      <tbody>
        {points.flatMap((point) =>
          (point.refused ? [""] : entries).map((entry, at) => {
            const found = point.entry_points[entry];
            return (
              <tr
                key={`${point.point}:${entry}`}
                className={classes(point.point === experiment.answer?.chosen && styles.chosen)}
              >
                {at === 0 ? (
                  <th scope="row" rowSpan={point.refused ? 1 : entries.length}>
                    <bdi>{pointLabel(experiment, point, parameter)}</bdi>
                  </th>
                ) : null}
                {entries.length > 1 && <td dir="auto">{nodes.get(entry)?.label ?? entry}</td>}
                <td className={styles.number}>{at === 0 && !point.refused ? formatRate(requestRate(point)) : ""}</td>
                <td className={styles.number}>{found ? estimateText(found.caller.p50) : ""}</td>
                <td className={styles.number}>{found ? estimateText(found.caller.p99) : ""}</td>
                <td className={styles.number}>{at === 0 && !point.refused ? errorText(point) : ""}</td>
                <td className={styles.number} title={costRange(point)}>
                  {at === 0 && point.monthly_usd ? estimateText(point.monthly_usd, formatMoney) : ""}
                </td>
                {judged && (
                  <td className={point.meets ? styles.met : styles.missed} title={point.misses.join("; ")}>
                    {at === 0 ? (point.meets ? "Met" : (point.misses[0] ?? "Missed")) : ""}
                  </td>
                )}
              </tr>
            );
          }),
        )}
      </tbody>
    </table>
  );
}

/** The bill of a month, low, expected and high. */
function MonthlyBill({ experiment, point }: { experiment: Experiment; point: Point }) {
  const range = monthlyRange(experiment, point);
  if (!range) return null;
  return (
    <section className={styles.bill} data-testid="monthly-bill">
      <h4>Bill of a month</h4>
      <dl>
        <dt>Low</dt>
        <dd>{formatMoney(range.low)}</dd>
        <dt>Expected</dt>
        <dd>{formatMoney(range.expected)}</dd>
        <dt>High</dt>
        <dd>{formatMoney(range.high)}</dd>
      </dl>
      <p className={styles.note}>{range.explanation}</p>
    </section>
  );
}

function costRange(point: Point): string | undefined {
  const cost = point.monthly_usd;
  return cost ? `${formatMoney(cost.least)} to ${formatMoney(cost.greatest)} in ${point.replications} runs` : undefined;
}

function Differences({ experiment }: { experiment: Experiment }) {
  const nodes = useDesign((state) => state.nodes);
  const { answer, labels } = experiment;
  const rows = Object.entries(answer?.differences ?? {});
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>
        <bdi>{labels[1]}</bdi> against <bdi>{labels[0]}</bdi>, pair by pair of the same seed
      </caption>
      <tbody>
        {rows.map(([key, estimate]) => {
          const [entry = "", metric = ""] = key.split(/\.(?=[^.]*$)/);
          const isMoney = key === "monthly_usd";
          const certain = estimate.low !== null && estimate.high !== null && estimate.low * estimate.high > 0;
          return (
            <tr key={key}>
              <th scope="row">
                {isMoney ? "Cost a month" : `${metric.replace("_ms", "")} at ${nodes.get(entry)?.label ?? entry}`}
              </th>
              <td className={styles.number}>
                {isMoney ? estimateText(estimate, formatMoney) : estimateText(estimate)}
              </td>
              <td>{certain ? "A real difference" : "Within chance"}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
