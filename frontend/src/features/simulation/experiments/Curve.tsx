import type { Experiment, Point } from "@/api/experiments";
import { formatMilliseconds } from "@/format";
import styles from "./Experiments.module.css";
import { pointLabel } from "./experimentWords";

const WIDTH = 320;
const HEIGHT = 150;
const LEFT = 52;
const BOTTOM = 22;
const TOP = 10;
const RIGHT = 10;

/** p99 of the caller over the points, with its interval; a logarithmic axis where it spans more than 20 times. */
export function Curve({ experiment, points }: { experiment: Experiment; points: readonly Point[] }) {
  const marks = points.flatMap((point) => {
    const worst = Object.values(point.entry_points).reduce(
      (most, entry) => (most && most.mean >= entry.caller.p99.mean ? most : entry.caller.p99),
      null as Point["entry_points"][string]["caller"]["p99"] | null,
    );
    return worst && worst.mean > 0 ? [{ point, worst }] : [];
  });
  if (marks.length < 2) return null;
  const highs = marks.map(({ worst }) => Math.max(worst.high ?? worst.mean, worst.mean));
  const lows = marks.map(({ worst }) => Math.max(Math.min(worst.low ?? worst.mean, worst.mean), worst.mean / 4));
  const top = Math.max(...highs);
  const isLog = top / Math.min(...lows) > 20;
  const bottom = isLog ? Math.min(...lows) : 0;
  const scale = (value: number) => (isLog ? Math.log(value / bottom) / Math.log(top / bottom) : value / top);
  const y = (value: number) => TOP + (1 - Math.max(0, Math.min(1, scale(value)))) * (HEIGHT - TOP - BOTTOM);
  const x = (at: number) => LEFT + (at / (marks.length - 1)) * (WIDTH - LEFT - RIGHT);
  const limit = experiment.question.objective?.at_most_ms;
  const text = (point: Point) => pointLabel(experiment, point, undefined).replace(" × load", "×");
  const first = marks[0];
  const last = marks.at(-1);
  return (
    <figure className={styles.curve}>
      <figcaption>p99 of the caller{isLog && ", logarithmic"}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label="p99 of the caller at each point">
        {limit && limit <= top && limit >= bottom && (
          <line className={styles.limit} x1={LEFT} x2={WIDTH - RIGHT} y1={y(limit)} y2={y(limit)} />
        )}
        <line className={styles.axisLine} x1={LEFT} x2={WIDTH - RIGHT} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} />
        <polyline points={marks.map(({ worst }, at) => `${x(at)},${y(worst.mean)}`).join(" ")} />
        {marks.map(({ point, worst }, at) => (
          <g key={point.point} className={point.meets === false ? styles.bad : undefined}>
            <line x1={x(at)} x2={x(at)} y1={y(lows[at] ?? worst.mean)} y2={y(highs[at] ?? worst.mean)} />
            <circle cx={x(at)} cy={y(worst.mean)} r={3} />
            <title>{`${text(point)}: ${formatMilliseconds(worst.mean)}`}</title>
          </g>
        ))}
        <text x={LEFT - 6} y={y(top) + 4} textAnchor="end">
          {formatMilliseconds(top)}
        </text>
        <text x={LEFT - 6} y={y(bottom) + 1} textAnchor="end">
          {isLog ? formatMilliseconds(bottom) : "0"}
        </text>
        <text x={LEFT} y={HEIGHT - 6}>
          {first && text(first.point)}
        </text>
        <text x={WIDTH - RIGHT} y={HEIGHT - 6} textAnchor="end">
          {last && text(last.point)}
        </text>
      </svg>
    </figure>
  );
}
