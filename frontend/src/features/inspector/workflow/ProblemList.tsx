import type { DefinitionProblem } from "@/api/workflows";
import { classes } from "@/ui";
import styles from "./ProblemList.module.css";

const LEVELS = { error: "Error", warning: "Warning", advice: "Advice" } as const;

interface ProblemListProps {
  problems: readonly DefinitionProblem[];
  pending: boolean;
  failure: string | null;
  isEmpty: boolean;
  onChoose: (problem: DefinitionProblem) => void;
}

/** What is wrong, in the order of the text; a click goes there. */
export function ProblemList({ problems, pending, failure, isEmpty, onChoose }: ProblemListProps) {
  return (
    <section className={styles.list} aria-label="Problems of the definition">
      <p className={styles.summary} role="status">
        {failure ?? (pending ? "Checking …" : summary(problems, isEmpty))}
      </p>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.code} ${problem.line} ${problem.column} ${problem.message}`}>
            <button type="button" className={styles.problem} onClick={() => onChoose(problem)}>
              <span className={classes(styles.level, styles[problem.level])}>{LEVELS[problem.level]}</span>
              <span className={styles.place}>
                {problem.line}:{problem.column}
              </span>
              <span className={styles.message}>
                {problem.message} <em>{problem.cure}</em>
                {problem.place && <code>{problem.place}</code>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function summary(problems: readonly DefinitionProblem[], isEmpty: boolean): string {
  if (isEmpty) return "Paste a definition, write one, or begin with one of ours.";
  if (problems.length === 0) return "Nothing is wrong.";
  const counts = (["error", "warning", "advice"] as const).flatMap((level) => {
    const count = problems.filter((problem) => problem.level === level).length;
    if (count === 0) return [];
    return level === "advice" ? [`${count} advice`] : [`${count} ${level}${count === 1 ? "" : "s"}`];
  });
  return `${counts.join(", ")}.`;
}
