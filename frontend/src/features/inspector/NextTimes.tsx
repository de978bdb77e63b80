import { eventsApi, type ScheduleQuestion, type ScheduleTrial } from "@/api/events";
import { useAnswer } from "@/api/useAnswer";
import styles from "./Trial.module.css";
import { FaultLine } from "./TryPattern";

const ask = (question: ScheduleQuestion) => eventsApi.trySchedule(question);

/** When a schedule fires next, or what is wrong with its expression. */
export function NextTimes({ question }: { question: ScheduleQuestion }) {
  const { answer, problem } = useAnswer<ScheduleQuestion, ScheduleTrial>(
    question.expression.trim() && !question.expression.includes("${") ? question : null,
    ask,
  );
  if (problem) return <p className={styles.bad}>{problem}</p>;
  if (!answer) return null;
  return (
    <div className={styles.next} role="status">
      {answer.fault && <FaultLine fault={answer.fault} />}
      {answer.times.length > 0 && (
        <>
          <p className={styles.note}>Fires next at</p>
          <ol aria-label="Next times">
            {answer.times.map((time) => (
              <li key={time}>
                <time dateTime={time}>{wallClock(time)}</time>
              </li>
            ))}
          </ol>
        </>
      )}
      {answer.note && <p className={styles.note}>{answer.note}</p>}
    </div>
  );
}

const DAY = new Intl.DateTimeFormat("en", {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** `Wed, Nov 25, 2026 09:00 (UTC+01:00)`: the clock of the schedule's zone, not of the browser. */
export function wallClock(iso: string): string {
  const [date = "", clock = ""] = iso.split("T");
  const offset = clock.slice(8);
  const zone = offset === "" || offset === "Z" || offset === "+00:00" ? "UTC" : `UTC${offset}`;
  return `${DAY.format(new Date(`${date}T00:00:00Z`))} ${clock.slice(0, 5)} (${zone})`;
}
