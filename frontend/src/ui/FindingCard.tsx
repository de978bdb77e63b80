import { ExternalLink } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "./Button";
import { classes } from "./classes";
import styles from "./FindingCard.module.css";

interface FindingCardProps {
  severity: "error" | "warning" | "advice";
  title: string;
  message: string;
  why: string;
  source: { title: string; url: string };
  /** Stable id of the rule. */
  rule: string;
  /** What it is about, when that is not clear from the place. */
  subject?: ReactNode;
  fixes: readonly { label: string; apply: () => void }[];
  onShow?: (() => void) | undefined;
  /** Opens the page about the rule. */
  onRule?: () => void;
}

/** One problem: what is wrong, what can be done with one click, and why it matters. */
export function FindingCard(props: FindingCardProps) {
  const { severity, title, message, why, source, rule, subject, fixes, onShow, onRule } = props;
  const [open, setOpen] = useState(false);
  return (
    <article
      className={classes(styles.card, styles[severity])}
      data-testid={`finding-${rule}`}
      data-severity={severity}
    >
      {onShow ? (
        <button type="button" className={styles.head} onClick={onShow}>
          <strong>{title}</strong>
          {subject && <span className={styles.subject}>{subject}</span>}
        </button>
      ) : (
        <strong>{title}</strong>
      )}
      <p>{message}</p>
      {open && (
        <div className={styles.why}>
          <p>{why}</p>
          <p className={styles.source}>
            {onRule ? (
              <Button variant="link" onClick={onRule} aria-label={`About rule ${rule}`}>
                {rule}
              </Button>
            ) : (
              rule
            )}{" "}
            ·{" "}
            {source.url ? (
              <a href={source.url} target="_blank" rel="noreferrer">
                {source.title} <ExternalLink size={11} aria-label="opens in a new tab" />
              </a>
            ) : (
              source.title
            )}
          </p>
        </div>
      )}
      <div className={styles.actions}>
        {fixes.map((fix) => (
          <Button key={fix.label} variant="link" onClick={fix.apply}>
            {fix.label}
          </Button>
        ))}
        <Button variant="link" aria-expanded={open} className={styles.whyButton} onClick={() => setOpen(!open)}>
          {open ? "Less" : "Why"}
        </Button>
      </div>
    </article>
  );
}
