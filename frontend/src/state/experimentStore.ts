/** The experiments of the open design: listed, followed while they run, started, stopped and deleted. */
import { create } from "zustand";
import { ApiError } from "@/api/client";
import { type Experiment, experimentsApi, type Question } from "@/api/experiments";
import type { ScenarioDocument } from "@/api/scenario";
import { onExperimentEvent } from "./findingsStore";
import { whenStored } from "./stored";
import { showToast } from "./toasts";

export interface ExperimentState {
  readonly designId: string | null;
  readonly status: "idle" | "loading" | "ready" | "failed";
  /** The newest first, without answers. */
  readonly list: readonly Experiment[];
  /** The one being shown, with its answer so far; null while a new one is being asked. */
  readonly shown: Experiment | null;
  readonly starting: boolean;
  readonly refusal: string;
}

const NONE: ExperimentState = {
  designId: null,
  status: "idle",
  list: [],
  shown: null,
  starting: false,
  refusal: "",
};

export const useExperiments = create<ExperimentState>()(() => NONE);

let reading: AbortController | null = null;

/** Follows the experiments of a design until the returned function is called. */
export function startExperiments(designId: string): () => void {
  useExperiments.setState({ ...NONE, designId });
  const stop = onExperimentEvent(receiveExperiment);
  void loadExperiments();
  return () => {
    stop();
    reading?.abort();
    useExperiments.setState(NONE);
  };
}

export async function loadExperiments(): Promise<void> {
  const { designId } = useExperiments.getState();
  if (!designId) return;
  useExperiments.setState({ status: "loading" });
  try {
    const list = await experimentsApi.list(designId);
    if (useExperiments.getState().designId !== designId) return;
    useExperiments.setState({ list, status: "ready" });
    const [newest] = list;
    if (newest && !useExperiments.getState().shown) await showExperiment(newest);
  } catch {
    if (useExperiments.getState().designId === designId) useExperiments.setState({ status: "failed" });
  }
}

/** Shows an experiment and reads its answer; null shows the form for a new one. */
export async function showExperiment(experiment: Experiment | null): Promise<void> {
  reading?.abort();
  reading = null;
  useExperiments.setState({ shown: experiment, refusal: "" });
  if (!experiment) return;
  reading = new AbortController();
  const { signal } = reading;
  try {
    const read = await experimentsApi.get(experiment.id, signal);
    if (useExperiments.getState().shown?.id === read.id) useExperiments.setState({ shown: read });
  } catch {
    if (!signal.aborted) showToast({ title: `Experiment ${experiment.number} could not be read`, tone: "error" });
  }
}

export async function startExperiment(
  question: Question,
  scenario: ScenarioDocument,
  otherDesign?: string,
): Promise<void> {
  const { designId, starting } = useExperiments.getState();
  if (!designId || starting) return;
  useExperiments.setState({ starting: true, refusal: "" });
  try {
    await whenStored();
    const started = await experimentsApi.start(designId, question, scenario, otherDesign);
    useExperiments.setState({ shown: started, list: merged(useExperiments.getState().list, started) });
    await showExperiment(started);
  } catch (error) {
    const reason = error instanceof ApiError ? error.message : "The server cannot be reached. Try again.";
    useExperiments.setState({ refusal: reason });
  } finally {
    useExperiments.setState({ starting: false });
  }
}

export async function cancelExperiment(experiment: Experiment): Promise<void> {
  try {
    receiveExperiment(await experimentsApi.cancel(experiment.id));
  } catch {
    showToast({ title: `Experiment ${experiment.number} could not be stopped`, tone: "error" });
  }
}

export async function deleteExperiment(experiment: Experiment): Promise<void> {
  try {
    await experimentsApi.delete(experiment.id);
    const { list, shown } = useExperiments.getState();
    useExperiments.setState({ list: list.filter((other) => other.id !== experiment.id) });
    if (shown?.id === experiment.id) await showExperiment(null);
  } catch {
    showToast({ title: `Experiment ${experiment.number} could not be deleted`, tone: "error" });
  }
}

/** Takes an experiment as the server tells it; of the shown one the answer is read anew. */
export function receiveExperiment(experiment: Experiment): void {
  const { list, shown } = useExperiments.getState();
  useExperiments.setState({ list: merged(list, experiment) });
  if (shown?.id !== experiment.id) return;
  useExperiments.setState({ shown: { ...experiment, answer: experiment.answer ?? shown.answer } });
  if (!experiment.answer) void showExperiment({ ...experiment, answer: shown.answer });
}

function merged(list: readonly Experiment[], experiment: Experiment): Experiment[] {
  const others = list.filter((other) => other.id !== experiment.id);
  return [{ ...experiment, answer: null }, ...others].sort((a, b) => b.number - a.number);
}
