import { CircleCheck } from "lucide-react";
import { formatCompact } from "@/format";
import { type Severity, useFindings } from "@/state/findingsStore";
import { setUi, useUi } from "@/state/uiStore";
import { classes } from "@/ui";
import styles from "./FindingChips.module.css";

const WORDS: Record<Severity, [one: string, many: string]> = {
  error: ["error", "errors"],
  warning: ["warning", "warnings"],
  advice: ["advice", "advice"],
};
const SHOWN: readonly Severity[] = ["error", "warning", "advice"];

/** How many findings there are, in the top bar; opens the list. */
export function FindingChips() {
  const { counts, known, findings } = useFindings();
  const open = useUi((state) => state.findingsOpen);
  if (!known) return null;
  const toggle = () => setUi({ findingsOpen: !open });
  if (findings.length === 0) {
    return (
      <button type="button" className={classes(styles.chip, styles.good)} aria-expanded={open} onClick={toggle}>
        <CircleCheck size={13} aria-hidden /> No findings
      </button>
    );
  }
  return (
    <div className={styles.chips}>
      {SHOWN.filter((severity) => counts[severity] > 0).map((severity) => (
        <button
          key={severity}
          type="button"
          className={classes(styles.chip, styles[severity])}
          aria-expanded={open}
          data-testid={`chip-${severity}`}
          onClick={toggle}
        >
          <span className={styles.dot} aria-hidden />
          {formatCompact(counts[severity])}{" "}
          <span className={styles.word}>{WORDS[severity][counts[severity] === 1 ? 0 : 1]}</span>
        </button>
      ))}
    </div>
  );
}
