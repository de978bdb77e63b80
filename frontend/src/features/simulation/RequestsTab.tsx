import { useState } from "react";
import type { Trace } from "@/api/results";
import { formatClock, formatMilliseconds } from "@/format";
import { useDesign } from "@/state/designStore";
import { useRuns } from "@/state/runStore";
import { classes } from "@/ui";
import { causeName } from "./causes";
import styles from "./RequestsTab.module.css";
import { Waterfall } from "./Waterfall";

type Order = "time" | "slowest";

/** Sampled requests of the run being shown, and every step of the chosen one. */
export function RequestsTab() {
  const traces = useRuns((state) => state.summary?.traces ?? state.traces);
  const [order, setOrder] = useState<Order>("slowest");
  const [chosenId, setChosenId] = useState<number | null>(null);
  if (traces.length === 0) {
    return (
      <p className={styles.nothing}>
        Run the design to see some of its requests step by step; the first come with the first window.
      </p>
    );
  }
  const sorted = [...traces].sort((a, b) =>
    order === "time" ? a.start_s - b.start_s : b.caller_ms - a.caller_ms || a.start_s - b.start_s,
  );
  const chosen = sorted.find((trace) => trace.id === chosenId) ?? sorted[0];
  return (
    <div className={styles.requests}>
      <section className={styles.list} aria-label="Sampled requests">
        <fieldset className={styles.order} aria-label="Order">
          {(["slowest", "time"] as const).map((each) => (
            <button key={each} type="button" aria-pressed={order === each} onClick={() => setOrder(each)}>
              {each === "slowest" ? "Slowest first" : "By time"}
            </button>
          ))}
        </fieldset>
        <ul>
          {sorted.map((trace) => (
            <li key={trace.id}>
              <Row trace={trace} isChosen={trace === chosen} onChoose={() => setChosenId(trace.id)} />
            </li>
          ))}
        </ul>
      </section>
      {chosen && <Waterfall trace={chosen} />}
    </div>
  );
}

function Row({ trace, isChosen, onChoose }: { trace: Trace; isChosen: boolean; onChoose: () => void }) {
  const label = useDesign((state) => state.nodes.get(trace.entry)?.label ?? trace.entry);
  const failed = trace.status !== "ok";
  return (
    <button type="button" className={styles.row} aria-pressed={isChosen} onClick={onChoose}>
      <span className={styles.when}>{formatClock(trace.start_s)}</span>
      <bdi>{label}</bdi>
      <span className={classes(styles.status, failed && styles.failed)}>{failed ? causeName(trace.status) : ""}</span>
      <strong>{formatMilliseconds(trace.caller_ms)}</strong>
    </button>
  );
}
