import { useId, useState } from "react";
import { eventsApi } from "@/api/events";
import type { Traffic } from "@/api/scenario";
import { Field, TextInput } from "@/ui";

interface ScheduleFieldProps {
  traffic: Traffic;
  problem: string | undefined;
  disabled: boolean;
  onChange: (traffic: Traffic, merge: boolean) => void;
}

/** When requests come by the clock; kept once the server has read the expression. */
export function ScheduleField({ traffic, problem, disabled, onChange }: ScheduleFieldProps) {
  const id = useId();
  const [refused, setRefused] = useState("");
  const keep = async (schedule: string) => {
    if (schedule === (traffic.schedule ?? "")) return setRefused("");
    // The server would leave out a whole scenario with a schedule that it cannot read.
    const wrong = await faultOf(schedule);
    setRefused(wrong && `${wrong} Not kept yet.`);
    if (!wrong) onChange({ ...traffic, schedule }, false);
  };
  return (
    <Field htmlFor={id} label="Schedule" error={refused || problem} hint="In UTC, as EventBridge writes it" stacked>
      <TextInput
        id={id}
        key={traffic.schedule}
        defaultValue={traffic.schedule ?? ""}
        disabled={disabled}
        invalid={Boolean(refused || problem)}
        aria-describedby={`${id}-note`}
        onBlur={(event) => void keep(event.target.value.trim())}
        onKeyDown={(event) => {
          if (event.key === "Enter") void keep(event.currentTarget.value.trim());
        }}
      />
    </Field>
  );
}

async function faultOf(expression: string): Promise<string> {
  if (!expression) return "For example rate(5 minutes) or cron(0 12 * * ? *).";
  try {
    const { fault } = await eventsApi.trySchedule({ expression, clock: "rule" });
    return fault ? `The schedule ${fault.message}. ${fault.cure}` : "";
  } catch {
    return "The server did not answer, so the schedule could not be checked.";
  }
}
