import { formatCount, formatMilliseconds, formatPercent, formatSeconds } from "@/format";
import { useRuns } from "@/state/runStore";
import styles from "./Inspector.module.css";

/** A node's figures in the run being shown, under CloudWatch's names. */
export function RunFigures({ nodeId }: { nodeId: string }) {
  const number = useRuns((state) => state.shown?.number);
  const metrics = useRuns((state) => state.summary?.nodes[nodeId]?.cloudwatch);
  if (!metrics) return null;
  return (
    <details className={styles.fold}>
      <summary>CloudWatch metrics in run {number}</summary>
      <dl className={styles.metrics}>
        {Object.entries(metrics).map(([name, { value, unit }]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{show(value, unit)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function show(value: number, unit: string): string {
  if (unit === "ms") return formatMilliseconds(value);
  if (unit === "s") return formatSeconds(value);
  if (unit === "%") return formatPercent(value / 100);
  return formatCount(value);
}
