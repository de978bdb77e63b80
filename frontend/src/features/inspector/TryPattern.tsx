import { Check, X } from "lucide-react";
import { useEffect, useId, useState } from "react";
import { type Dialect, eventsApi, type Fault, type Miss, type PatternTrial, type SampleEvent } from "@/api/events";
import { useAnswer } from "@/api/useAnswer";
import type { Value } from "@/state/graph";
import { Select, TextArea } from "@/ui";
import styles from "./Trial.module.css";

interface TryPatternProps {
  pattern: string;
  dialect: Dialect;
  /** The sample that the design keeps. */
  kept: Value;
  /** Services that send the events, for a sample to begin with. */
  services: readonly string[];
  disabled: boolean;
  onKeep: (sample: Value) => void;
}

interface Question {
  readonly pattern: string;
  readonly event: string;
  readonly dialect: Dialect;
}

const ask = ({ pattern, event, dialect }: Question) => eventsApi.tryPattern(pattern, event, dialect);

/** Matches the pattern against an event that the person edits, and says which field does not fit. */
export function TryPattern({ pattern, dialect, kept, services, disabled, onKeep }: TryPatternProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const samples = useSamples(open).filter((sample) => sample.dialects.includes(dialect));
  const stored = typeof kept === "string" ? kept : "";
  const [typed, setTyped] = useState<{ text: string; over: string } | null>(null);
  const first = samples.find((sample) => sample.services.some((service) => services.includes(service))) ?? samples[0];
  const beginning = stored || first?.text || "";
  const event = typed?.over === stored ? typed.text : beginning;
  const { answer, problem } = useAnswer<Question, PatternTrial>(
    open && pattern.trim() && event ? { pattern, event, dialect } : null,
    ask,
  );
  const keep = (sample: string) => {
    setTyped({ text: sample, over: stored });
    if (!disabled && sample !== stored && isJson(sample)) onKeep(sample.trim() === "" ? null : sample);
  };
  return (
    <details className={styles.trial} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Try it on a sample event</summary>
      <div className={styles.body}>
        <Select
          aria-label="Begin with"
          value=""
          onChange={({ target }) => {
            const chosen = samples.find((sample) => sample.id === target.value);
            if (chosen) keep(chosen.text);
          }}
        >
          <option value="">Begin with another event …</option>
          {samples.map((sample) => (
            <option key={sample.id} value={sample.id}>
              {sample.name}
            </option>
          ))}
        </Select>
        <TextArea
          id={id}
          mono
          rows={9}
          aria-label="Sample event"
          value={event}
          onChange={({ target }) => setTyped({ text: target.value, over: stored })}
          onBlur={({ target }) => {
            if (target.value !== beginning) keep(target.value);
          }}
        />
        <div role="status">
          {problem && <p className={styles.bad}>{problem}</p>}
          {!pattern.trim() && <p className={styles.note}>There is no pattern yet.</p>}
          {answer && <Outcome trial={answer} />}
        </div>
      </div>
    </details>
  );
}

function Outcome({ trial }: { trial: PatternTrial }) {
  if (trial.fault) return <FaultLine fault={trial.fault} />;
  return (
    <>
      <p className={trial.fits ? styles.good : styles.bad}>
        {trial.fits ? <Check size={13} aria-hidden /> : <X size={13} aria-hidden />}
        {trial.fits ? "The event matches." : "The event does not match."}
      </p>
      {trial.note && <p className={styles.note}>{trial.note}</p>}
      {trial.misses.length > 0 && (
        <ul className={styles.misses}>
          {trial.misses.map((miss) => (
            <MissLine key={miss.path} miss={miss} />
          ))}
        </ul>
      )}
      {trial.never && <p className={styles.bad}>No event can ever match: {trial.never}</p>}
    </>
  );
}

function MissLine({ miss }: { miss: Miss }) {
  return (
    <li>
      <code>{miss.path}</code>
      {miss.event_line !== null && ` (line ${miss.event_line})`}: wanted {miss.wanted}; found {miss.found}.
      {miss.hint && ` ${miss.hint}`}
    </li>
  );
}

const JSON_TEXTS: Readonly<Record<string, string>> = { pattern: "Pattern", event: "Sample event" };

/** What a schedule's faults say something about. */
const SCHEDULE_TEXTS: Readonly<Record<string, string>> = {
  expression: "The schedule",
  time_zone: "The time zone",
  start_date: "The beginning",
  end_date: "The end",
};

/** An error in a text: where it is, what is wrong, what to write instead. */
export function FaultLine({ fault }: { fault: Fault }) {
  const subject = SCHEDULE_TEXTS[fault.text];
  if (subject) {
    const column = fault.column > 1 ? ` (column ${fault.column})` : "";
    return (
      <p className={styles.bad}>
        {subject} {fault.message}
        {column}. {fault.cure}
      </p>
    );
  }
  const path = fault.path && fault.path !== "$" ? ` at ${fault.path}` : "";
  return (
    <p className={styles.bad}>
      {JSON_TEXTS[fault.text] ?? fault.text}, line {fault.line}, column {fault.column}
      {path}: {fault.message} {fault.cure}
    </p>
  );
}

let known: readonly SampleEvent[] | null = null;

/** The sample events, asked for once, when the first panel is opened. */
function useSamples(isWanted: boolean): readonly SampleEvent[] {
  const [samples, setSamples] = useState<readonly SampleEvent[]>(known ?? []);
  useEffect(() => {
    if (!isWanted || known) return;
    const controller = new AbortController();
    eventsApi.samples(controller.signal).then(
      (found) => {
        known = found;
        setSamples(found);
      },
      () => undefined,
    );
    return () => controller.abort();
  }, [isWanted]);
  return samples;
}

function isJson(text: string): boolean {
  if (text.trim() === "") return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
