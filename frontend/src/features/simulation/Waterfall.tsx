import type { Span, Trace } from "@/api/results";
import { formatMilliseconds } from "@/format";
import { useDesign } from "@/state/designStore";
import { classes } from "@/ui";
import { causeName } from "./causes";
import styles from "./RequestsTab.module.css";

const KIND_WORDS: Readonly<Record<Span["kind"], string>> = {
  stay: "",
  cold_start: "cold start",
  wait: "waiting",
  back_off: "wait before a retry",
};

/** One request as bars over time: where it was, what it waited for, and when its caller had the answer. */
export function Waterfall({ trace }: { trace: Trace }) {
  const nodes = useDesign((state) => state.nodes);
  const whole = Math.max(trace.journey_ms, 0.001);
  const share = (ms: number) => `${(100 * ms) / whole}%`;
  const labelOf = (node: string) => nodes.get(node)?.label ?? node;
  return (
    <figure className={styles.waterfall} aria-label="Steps of the request">
      <figcaption>
        {trace.status === "ok" ? "Answered" : `Failed: ${causeName(trace.status)}`} after{" "}
        <strong>{formatMilliseconds(trace.caller_ms)}</strong>
        {trace.journey_ms > trace.caller_ms + 0.5 && (
          <>
            , all of its work done after <strong>{formatMilliseconds(trace.journey_ms)}</strong>
          </>
        )}
      </figcaption>
      <div className={styles.steps}>
        <i
          className={styles.answer}
          style={{
            insetInlineStart: `calc(var(--names) + (100% - var(--names) - var(--times)) * ${trace.caller_ms / whole})`,
          }}
        />
        <ol>
          {trace.spans.map((span, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps have no name of their own and never move
            <li key={at} className={styles.step}>
              <span className={styles.name} style={{ paddingInlineStart: `${8 * Math.min(span.depth, 8)}px` }}>
                <bdi>{labelOf(span.node)}</bdi>
                {KIND_WORDS[span.kind] && <em>{KIND_WORDS[span.kind]}</em>}
                {span.attempt > 1 && span.kind === "stay" && <em>try {span.attempt}</em>}
              </span>
              <span className={styles.lane}>
                <span
                  className={classes(styles.span, styles[span.kind], span.status !== "ok" && styles.bad)}
                  style={{ insetInlineStart: share(span.start_ms), width: share(span.end_ms - span.start_ms) }}
                  title={`${formatMilliseconds(span.start_ms)} to ${formatMilliseconds(span.end_ms)}${span.status === "ok" ? "" : `, ${causeName(span.status)}`}`}
                />
              </span>
              <span className={styles.time}>{formatMilliseconds(span.end_ms - span.start_ms)}</span>
            </li>
          ))}
        </ol>
      </div>
      <ul className={styles.legend}>
        <li>
          <i className={styles.stay} /> in the service
        </li>
        <li>
          <i className={styles.wait} /> waiting
        </li>
        <li>
          <i className={styles.cold_start} /> cold start
        </li>
        <li>
          <i className={styles.back_off} /> before a retry
        </li>
        <li>
          <i className={styles.bad} /> failed
        </li>
        <li>
          <i className={styles.answerKey} /> answer
        </li>
      </ul>
    </figure>
  );
}
