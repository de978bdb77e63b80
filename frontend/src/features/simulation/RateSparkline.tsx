import type { Traffic } from "@/api/scenario";
import { formatClock, formatRate } from "@/format";
import styles from "./ScenarioTab.module.css";
import { rateProfile } from "./traffic";

const WIDTH = 240;
const HEIGHT = 56;

/** The rate of all arrivals over the run, as a small picture. */
export function RateSparkline({ traffic, durationS }: { traffic: readonly Traffic[]; durationS: number }) {
  const rates = rateProfile(traffic, durationS);
  const highest = Math.max(...rates);
  const top = highest > 0 ? highest * 1.1 : 1;
  const points = rates.map((rate, at) => {
    const x = (at / (rates.length - 1)) * WIDTH;
    return `${x.toFixed(1)},${(HEIGHT - (rate / top) * HEIGHT).toFixed(1)}`;
  });
  return (
    <figure className={styles.sparkline}>
      <figcaption>
        <span>Arrivals</span>
        <strong>at most {formatRate(highest)}</strong>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Arrival rate over the run, at most ${formatRate(highest)}`}
      >
        <polygon points={`0,${HEIGHT} ${points.join(" ")} ${WIDTH},${HEIGHT}`} />
        <polyline points={points.join(" ")} vectorEffect="non-scaling-stroke" />
      </svg>
      <div className={styles.axis}>
        <span>0:00</span>
        <span>{formatClock(durationS)}</span>
      </div>
    </figure>
  );
}
