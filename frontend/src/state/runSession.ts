/** What happens to the runs of the open design: starting, following, opening, cancelling, deleting. */
import { ApiError } from "@/api/client";
import type { Command, Control } from "@/api/control";
import { type LiveSocket, openLiveSocket } from "@/api/liveSocket";
import { type RunMessage, readRun, readRunMessage } from "@/api/messages";
import { isActive, type Run, readWindows, runsApi } from "@/api/runs";
import type { ScenarioDocument } from "@/api/scenario";
import { onRunEvent } from "./findingsStore";
import { isRunning, NO_RUNS, NOTHING_SHOWN, useRuns } from "./runStore";
import { useSession } from "./sessionStore";
import { whenStored } from "./stored";
import { showToast } from "./toasts";
import { setUi } from "./uiStore";
import { WindowBuffer } from "./windowBuffer";

const UNDO_WITHIN_MS = 7_000;

let socket: LiveSocket | null = null;
let reading: AbortController | null = null;
let buffer = new WindowBuffer();

/** Follows the runs of a design until the returned function is called. A run under way is shown at once. */
export function startRunSession(designId: string): () => void {
  useRuns.setState({ ...NO_RUNS, designId });
  const stopEvents = onRunEvent(receiveRunEvent);
  void loadHistory();
  return () => {
    stopEvents();
    letGo();
    useRuns.setState(NO_RUNS);
  };
}

export async function loadHistory(): Promise<void> {
  const { designId } = useRuns.getState();
  if (!designId) return;
  useRuns.setState({ historyStatus: "loading" });
  try {
    const listed = await runsApi.list(designId);
    if (useRuns.getState().designId !== designId) return;
    useRuns.setState({ history: listed, historyStatus: "ready" });
    const active = listed.find(isActive);
    if (active && !useRuns.getState().shown) showRun(active);
  } catch {
    if (useRuns.getState().designId === designId) useRuns.setState({ historyStatus: "failed" });
  }
}

/** Starts a run and shows it; the starting state is there at once. */
export async function startRun(scenario?: ScenarioDocument | string, pace: number | null = null): Promise<void> {
  await begin(async (designId) => {
    await whenStored();
    return runsApi.start(designId, scenario, pace);
  });
}

async function begin(ask: (designId: string) => Promise<Run>): Promise<void> {
  const { designId } = useRuns.getState();
  if (!designId || isRunning(useRuns.getState())) return;
  useRuns.setState({ starting: true, refusal: "" });
  setUi({ drawerOpen: true });
  try {
    const run = await ask(designId);
    if (useRuns.getState().designId !== designId) return;
    remember(run);
    showRun(run);
  } catch (error) {
    if (useRuns.getState().designId === designId) useRuns.setState({ refusal: messageOf(error) });
  } finally {
    useRuns.setState({ starting: false });
  }
}

/** Tells the run being shown what to do; what becomes of it comes back as its status. */
export function commandRun(command: Command): void {
  const { shown } = useRuns.getState();
  if (!shown || !isActive(shown)) return;
  if (!socket?.send({ type: "command", command })) {
    showToast({ title: "The run cannot be reached", text: "Wait until the connection is back.", tone: "error" });
    return;
  }
  const control = controlAfter(shown.control, command);
  useRuns.setState({ shown: { ...shown, control } });
}

/** What the command will make of the control, shown until the server says so. */
function controlAfter(control: Control, command: Command): Control {
  switch (command.kind) {
    case "pace":
      return { ...control, pace: command.pace };
    case "pause":
    case "step":
      return { ...control, paused: true };
    case "play":
      return { ...control, paused: false };
    case "load":
      return { ...control, load: command.factor };
    case "inject":
      return { ...control, faults: [...control.faults, { id: command.id, fault: command.fault }] };
    case "lift":
      return { ...control, faults: control.faults.filter((each) => each.id !== command.id) };
  }
}

export async function cancelRun(): Promise<void> {
  const { shown } = useRuns.getState();
  if (!shown || !isActive(shown)) return;
  useRuns.setState({ cancelling: true });
  try {
    renew(await runsApi.cancel(shown.id));
  } catch (error) {
    useRuns.setState({ cancelling: false });
    showToast({ title: `Run ${shown.number} was not cancelled`, text: messageOf(error), tone: "error" });
  }
}

/** Takes a run out of the list at once, and deletes it on the server unless that is undone meanwhile. */
export function deleteRun(run: Run): void {
  forget(run.id);
  const timer = setTimeout(() => void deleteForGood(run), UNDO_WITHIN_MS);
  const undo = () => {
    clearTimeout(timer);
    if (useRuns.getState().designId === run.design) remember(run);
  };
  showToast({ title: `Run ${run.number} is deleted`, action: { label: "Undo", perform: undo } });
}

async function deleteForGood(run: Run): Promise<void> {
  try {
    await runsApi.delete(run.id);
  } catch (error) {
    if (useRuns.getState().designId === run.design) remember(run);
    showToast({ title: `Run ${run.number} was not deleted`, text: messageOf(error), tone: "error" });
  }
}

/** Starts a new run of exactly what an ended run had frozen: design, scenario and seed. */
export async function repeatRun(run: Run): Promise<void> {
  await begin(() => runsApi.restart(run.id));
}

/** Shows a run: a live one by its socket, an ended one from what is stored. */
export function showRun(run: Run): void {
  if (useRuns.getState().shown?.id === run.id) {
    renew(run);
    return;
  }
  letGo();
  buffer = new WindowBuffer();
  useRuns.setState({
    shown: run,
    windows: [],
    dropped: 0,
    traces: [],
    summary: null,
    refusal: "",
    cancelling: false,
    cursorS: null,
    ghost: useRuns.getState().ghost?.run.id === run.id ? null : useRuns.getState().ghost,
  });
  if (isActive(run)) follow(run.id);
  else void readStored(run.id);
}

/** Shows no run any more. */
export function closeRun(): void {
  letGo();
  useRuns.setState(NOTHING_SHOWN);
}

/** Draws an ended run thinly behind the one being shown; null takes it away. */
export async function compareWith(run: Run | null): Promise<void> {
  if (!run) {
    useRuns.setState({ ghost: null });
    return;
  }
  const windows = new WindowBuffer();
  try {
    await readWindows(run.id, (page) => windows.add(page));
    useRuns.setState({ ghost: { run, windows: windows.list() } });
  } catch (error) {
    showToast({ title: `Run ${run.number} could not be read`, text: messageOf(error), tone: "error" });
  }
}

/** A `run` message: somebody, perhaps this person, started a run, or one changed its status. */
export function receiveRunEvent(message: unknown): void {
  const run = readRun(message);
  if (!run || run.design !== useRuns.getState().designId) return;
  const { history, starting, shown } = useRuns.getState();
  const known = history.find((each) => each.id === run.id);
  if (known && !isActive(known) && isActive(run)) return;
  remember(run);
  if (shown?.id === run.id) renew(run);
  else if (!known && isActive(run)) announce(run, starting);
}

function announce(run: Run, starting: boolean): void {
  const own = String(run.created_by?.id) === String(useSession.getState().user?.id);
  if (own && starting) return;
  const title = `${own ? "You" : (run.created_by?.name ?? "Somebody")} started run ${run.number}`;
  if (isRunning(useRuns.getState())) {
    const perform = () => {
      showRun(run);
      setUi({ drawerOpen: true });
    };
    showToast({ title, action: { label: "Follow", perform } });
    return;
  }
  if (!own) showToast({ title, text: "You are watching it." });
  showRun(run);
  setUi({ drawerOpen: true });
}

function follow(runId: string): void {
  useRuns.setState({ link: "connecting" });
  socket = openLiveSocket<RunMessage>(() => `/ws/runs/${runId}/?after=${buffer.contiguousTo}`, {
    read: readRunMessage,
    onMessage: receive,
    onOpen: () => useRuns.setState({ link: "live" }),
    onLost: () => useRuns.setState({ link: "lost" }),
    onRefused: () => {
      forget(runId);
      showToast({ title: "The run is no longer there", text: "It was deleted, or you may not see it any more." });
    },
  });
}

function receive(message: RunMessage): void {
  if (message.type === "windows") takeWindows(message.windows);
  else if (message.type === "traces") useRuns.setState({ traces: message.traces });
  else if (message.type === "summary") useRuns.setState({ summary: message.summary });
  else if (message.type === "refused") {
    showToast({ title: "That cannot be done to this run", text: message.error, tone: "error" });
  } else {
    remember(message.run);
    renew(message.run);
    if (!isActive(message.run)) endFollowing();
  }
}

/** The final status is the last thing a run's socket says. */
function endFollowing(): void {
  socket?.close();
  socket = null;
  useRuns.setState({ link: "none" });
}

function takeWindows(windows: Parameters<WindowBuffer["add"]>[0]): void {
  if (buffer.add(windows)) useRuns.setState({ windows: buffer.list(), dropped: buffer.dropped });
}

/** Newer facts of the run being shown, from wherever they come; an older state never replaces a later one. */
function renew(run: Run): void {
  const { shown, summary } = useRuns.getState();
  if (!shown || shown.id !== run.id || (!isActive(shown) && isActive(run))) return;
  const progress = isActive(run) ? Math.max(shown.progress, run.progress) : run.progress;
  useRuns.setState({ shown: { ...run, progress }, summary: run.summary ?? summary });
  if (!isActive(run)) useRuns.setState({ cancelling: false });
}

async function readStored(runId: string): Promise<void> {
  reading?.abort();
  reading = new AbortController();
  const { signal } = reading;
  useRuns.setState({ link: "loading" });
  try {
    const run = await runsApi.get(runId, signal);
    if (signal.aborted) return;
    useRuns.setState({ shown: run, summary: run.summary });
    await readWindows(runId, (page) => !signal.aborted && takeWindows(page), signal);
    if (!signal.aborted) useRuns.setState({ link: "none" });
  } catch (error) {
    if (signal.aborted) return;
    if (error instanceof ApiError && error.status === 404) forget(runId);
    else useRuns.setState({ link: "failed" });
  }
}

/** Reads the run being shown once more, after that had failed. */
export function readAgain(): void {
  const { shown } = useRuns.getState();
  if (shown) void readStored(shown.id);
}

function remember(run: Run): void {
  const { history } = useRuns.getState();
  const others = history.filter((each) => each.id !== run.id);
  const listed = { ...run, summary: null };
  useRuns.setState({ history: [listed, ...others].sort((a, b) => b.number - a.number) });
}

function forget(runId: string): void {
  const { history, shown, ghost } = useRuns.getState();
  useRuns.setState({ history: history.filter((run) => run.id !== runId) });
  if (ghost?.run.id === runId) useRuns.setState({ ghost: null });
  if (shown?.id === runId) closeRun();
}

function letGo(): void {
  socket?.close();
  socket = null;
  reading?.abort();
  reading = null;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
