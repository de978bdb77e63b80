import { api } from "./client";
import type { PatternTrial, SampleEvent, ScheduleTrial } from "./schema.gen";

export type { Fault, Miss, PatternTrial, SampleEvent, ScheduleTrial } from "./schema.gen";

/** Who reads a pattern: each service knows other comparisons. */
export type Dialect = "event_bus" | "pipe" | "event_source_mapping" | "sns_attributes" | "sns_body";

/** What Scheduler needs to know of a schedule; a rule has the expression only. */
export interface ScheduleQuestion {
  readonly expression: string;
  readonly clock: "rule" | "scheduler";
  readonly time_zone?: string;
  readonly start_date?: string;
  readonly end_date?: string;
}

export const eventsApi = {
  samples: (signal?: AbortSignal) => api.get<SampleEvent[]>("/api/events/samples/", signal),
  tryPattern: (pattern: string, event: string, dialect: Dialect) =>
    api.post<PatternTrial>("/api/events/pattern/", { pattern, event, dialect }),
  trySchedule: (question: ScheduleQuestion) => api.post<ScheduleTrial>("/api/events/schedule/", question),
};
