import type { Dialect } from "@/api/events";
import type { Parameter } from "@/state/catalog";
import type { Parameters, Value } from "@/state/graph";
import { NextTimes } from "./NextTimes";
import { TryPattern } from "./TryPattern";

/** Id of the parameter that keeps the sample event; it is edited in the panel that tries the pattern. */
export const SAMPLE_EVENT = "sample_event";

interface TrialProps {
  /** Id of the parameter that the panel stands below. */
  parameter: string;
  parameters: readonly Parameter[];
  own: Parameters;
  feeding: readonly string[];
  disabled: boolean;
  onKeep: (sample: Value) => void;
}

/** What a pattern does to a sample event, or when a schedule fires; nothing below other parameters. */
export function Trial({ parameter, parameters, own, feeding, disabled, onKeep }: TrialProps) {
  const setting = (id: string) => String(own[id] ?? parameters.find((candidate) => candidate.id === id)?.default ?? "");
  const has = (id: string) => parameters.some((candidate) => candidate.id === id);
  if (parameter === "schedule_expression") {
    if (has("kind") && setting("kind") !== "schedule") return null;
    return (
      <NextTimes
        question={
          has("time_zone")
            ? {
                expression: setting(parameter),
                clock: "scheduler",
                time_zone: setting("time_zone"),
                start_date: setting("start_date"),
                end_date: setting("end_date"),
              }
            : { expression: setting(parameter), clock: "rule" }
        }
      />
    );
  }
  const dialect = has(SAMPLE_EVENT) ? dialectOf(parameter, setting("filter_policy_scope"), has("enabled")) : null;
  if (!dialect) return null;
  return (
    <TryPattern
      pattern={setting(parameter)}
      dialect={dialect}
      kept={own[SAMPLE_EVENT] ?? null}
      services={feeding}
      disabled={disabled}
      onKeep={onKeep}
    />
  );
}

function dialectOf(parameter: string, scope: string, isPipe: boolean): Dialect | null {
  if (parameter === "event_pattern") return "event_bus";
  if (parameter === "filter_patterns") return isPipe ? "pipe" : "event_source_mapping";
  if (parameter === "filter_policy") return scope === "MessageBody" ? "sns_body" : "sns_attributes";
  return null;
}
