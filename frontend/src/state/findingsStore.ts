import { create } from "zustand";
import type { Experiment } from "@/api/experiments";
import { openLiveSocket } from "@/api/liveSocket";
import { isEventMessage } from "@/api/messages";
import type { Source } from "./catalog";
import type { Operation } from "./operations";
import { showToast } from "./toasts";

export type Severity = "error" | "warning" | "advice";

export interface Fix {
  readonly label: string;
  readonly operations: readonly Operation[];
}

export interface Finding {
  readonly id: string;
  readonly rule_id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly subject: { readonly kind: "node" | "edge" | "design"; readonly id: string; readonly parameter: string };
  readonly message: string;
  readonly why: string;
  readonly source: Source;
  readonly fixes: readonly Fix[];
}

/** A JSON message of `/ws/designs/<id>/events/`; the run store reads `run`. */
export type EventMessage =
  | { type: "findings"; findings: Finding[]; revision: number }
  | { type: "notice"; id: string; text: string; subject: { kind: string; id: string } }
  | { type: "run"; run: { id: string } & Record<string, unknown> }
  | { type: "experiment"; experiment: Experiment };

export interface FindingsState {
  readonly findings: readonly Finding[];
  /** False until the server's first answer for this design. */
  readonly known: boolean;
  /** Of the document that was checked; of several server processes, a slower one may still send an older answer. */
  readonly revision: number;
  readonly bySubject: ReadonlyMap<string, readonly Finding[]>;
  readonly counts: Readonly<Record<Severity, number>>;
}

const NONE: FindingsState = {
  findings: [],
  known: false,
  revision: -1,
  bySubject: new Map(),
  counts: { error: 0, warning: 0, advice: 0 },
};

export const useFindings = create<FindingsState>()(() => NONE);

const runListeners = new Set<(run: { id: string } & Record<string, unknown>) => void>();

/** Calls the listener with each `run` message of the open design; returns how to stop. */
export function onRunEvent(listener: (run: { id: string } & Record<string, unknown>) => void): () => void {
  runListeners.add(listener);
  return () => runListeners.delete(listener);
}

const experimentListeners = new Set<(experiment: Experiment) => void>();

/** Calls the listener with each `experiment` message of the open design; returns how to stop. */
export function onExperimentEvent(listener: (experiment: Experiment) => void): () => void {
  experimentListeners.add(listener);
  return () => experimentListeners.delete(listener);
}

/** Follows the design's events until the returned function is called. */
export function startEvents(designId: string): () => void {
  const socket = openLiveSocket<EventMessage>(`/ws/designs/${designId}/events/`, {
    onMessage: receiveEvent,
    read: (value) => (isEventMessage(value) ? (value as EventMessage) : null),
  });
  return () => {
    socket.close();
    useFindings.setState(NONE);
  };
}

export function receiveEvent(message: EventMessage): void {
  switch (message.type) {
    case "findings":
      if (message.revision >= useFindings.getState().revision) setFindings(message.findings, message.revision);
      return;
    case "notice":
      showToast({ title: "Changed by the server", text: message.text, tone: "warning" });
      return;
    case "run":
      for (const listener of runListeners) listener(message.run);
      return;
    case "experiment":
      for (const listener of experimentListeners) listener(message.experiment);
  }
}

const ORDER: Record<Severity, number> = { error: 0, warning: 1, advice: 2 };

export function setFindings(given: readonly Finding[], revision = 0): void {
  const findings = [...given].sort((a, b) => ORDER[a.severity] - ORDER[b.severity] || (a.id < b.id ? -1 : 1));
  const bySubject = new Map<string, Finding[]>();
  const counts = { error: 0, warning: 0, advice: 0 };
  for (const finding of findings) {
    counts[finding.severity] += 1;
    const list = bySubject.get(finding.subject.id);
    if (list) list.push(finding);
    else bySubject.set(finding.subject.id, [finding]);
  }
  useFindings.setState({ findings, known: true, revision, bySubject, counts });
}

const NO_FINDINGS: readonly Finding[] = [];

export function useFindingsOf(subjectId: string): readonly Finding[] {
  return useFindings((state) => state.bySubject.get(subjectId) ?? NO_FINDINGS);
}
