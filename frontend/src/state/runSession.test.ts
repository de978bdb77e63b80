import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RunMessage } from "@/api/messages";
import type { Run } from "@/api/runs";
import { makeNode, makeRun, makeSummary, makeWindow, makeWindows } from "@/testing/runs";
import { cancelRun, compareWith, receiveRunEvent, showRun, startRun, startRunSession } from "./runSession";
import { isRunning, useLoads, useRuns } from "./runStore";
import { useSession } from "./sessionStore";
import { useToasts } from "./toasts";

class FakeSocket {
  static made: FakeSocket[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  closed = false;
  constructor(readonly address: string) {
    FakeSocket.made.push(this);
  }
  close() {
    this.closed = true;
  }
  says(message: RunMessage) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

type Answers = Record<string, unknown>;
const newest = () => FakeSocket.made.at(-1) as FakeSocket;
const runs = () => useRuns.getState();
const shownIndexes = () => runs().windows.map((window) => window.index);
let stop: () => void;
let answers: Answers;

beforeEach(async () => {
  FakeSocket.made = [];
  answers = { "GET /api/designs/design-1/runs/": [] };
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const answer = answers[`${init.method} ${path}`];
    if (answer === undefined) return new Response("{}", { status: 404 });
    if (answer instanceof Response) return answer;
    return Response.json(await answer);
  });
  useSession.setState({ status: "signed_in", user: { id: "1", name: "Jo" }, workspaces: [] });
  useToasts.setState({ toasts: [] });
  stop = startRunSession("design-1");
  await vi.waitFor(() => expect(runs().historyStatus).toBe("ready"));
});
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
});

describe("starting a run", () => {
  it("is visible at once, then follows the run that the server made", async () => {
    answers["POST /api/designs/design-1/runs/"] = makeRun({ status: "queued" });
    const started = startRun();
    expect(runs().starting).toBe(true);
    await started;
    expect(runs()).toMatchObject({ starting: false, shown: { id: "run-1" }, link: "connecting" });
    expect(newest().address).toMatch(/\/ws\/runs\/run-1\/\?after=-1$/);
    expect(runs().history).toHaveLength(1);
  });

  it("says why it was refused", async () => {
    answers["POST /api/designs/design-1/runs/"] = Response.json(
      { error: { code: "simulation_refused", message: "120 million requests; the most is 100 million." } },
      { status: 400 },
    );
    await startRun();
    expect(runs()).toMatchObject({ starting: false, shown: null });
    expect(runs().refusal).toContain("100 million");
  });

  it("does nothing while another run of this person's view is under way", async () => {
    showRun(makeRun());
    await startRun();
    expect(runs().starting).toBe(false);
    expect(FakeSocket.made).toHaveLength(1);
  });
});

describe("following a run", () => {
  it("merges what comes late, twice and after a reconnection, and catches up from where it was", () => {
    vi.useFakeTimers();
    showRun(makeRun());
    newest().onopen?.();
    newest().says({ type: "windows", windows: makeWindows(0, 9) });
    newest().onclose?.({ code: 1006 });
    expect(runs().link).toBe("lost");
    vi.advanceTimersByTime(1_000);
    newest().onopen?.();
    expect(newest().address).toMatch(/after=9$/);
    newest().says({ type: "windows", windows: makeWindows(8, 12) });
    expect(shownIndexes()).toEqual([...Array(13).keys()]);
    vi.useRealTimers();
  });

  it("ends with the summary and the final status, and then needs no socket", () => {
    showRun(makeRun());
    newest().says({ type: "windows", windows: makeWindows(0, 1) });
    newest().says({ type: "summary", summary: makeSummary() });
    newest().says({ type: "status", run: makeRun({ status: "finished", progress: 1 }) });
    expect(runs()).toMatchObject({ link: "none", shown: { status: "finished" }, summary: { duration_s: 300 } });
    expect(newest().closed).toBe(true);
    expect(isRunning(runs())).toBe(false);
  });

  it("waits for the socket's own last words when the end is told elsewhere first", () => {
    showRun(makeRun());
    receiveRunEvent(makeRun({ status: "finished", progress: 1 }));
    expect(newest().closed).toBe(false);
    newest().says({ type: "windows", windows: makeWindows(0, 3) });
    newest().says({ type: "status", run: makeRun({ status: "running", progress: 0.9 }) });
    expect(runs().shown?.status).toBe("finished");
    expect(shownIndexes()).toEqual([0, 1, 2, 3]);
  });

  it("puts the load on the canvas: live, at the charts' pointer, and over the whole run", () => {
    showRun(makeRun());
    const windows = [1, 2, 30].map((arrivals, index) =>
      makeWindow(index * 10, { nodes: { fn: makeNode({ arrivals, queue_depth: arrivals }) } }),
    );
    newest().says({ type: "windows", windows });
    const depth = () => useLoads.getState().nodes.get("fn")?.queueDepth;
    expect(depth()).toBe(30);
    useRuns.setState({ cursorS: 12 });
    expect(depth()).toBe(2);
    useRuns.setState({ cursorS: null });
    newest().says({ type: "summary", summary: makeSummary({ nodes: { fn: makeNode({ queue_depth: 7 }) } }) });
    expect(depth()).toBe(7);
  });

  it("drops messages that are none", () => {
    showRun(makeRun());
    newest().onmessage?.({ data: '{"type":"windows","windows":[{"index":"three"}]}' });
    expect(runs().windows).toEqual([]);
  });

  it("lets go of a run that is gone", () => {
    receiveRunEvent(makeRun());
    newest().onclose?.({ code: 4404 });
    expect(runs()).toMatchObject({ shown: null, history: [] });
  });
});

describe("a run that somebody else starts", () => {
  const mira = { id: 2, name: "Mira" };

  it("is followed at once when nothing else is under way", () => {
    receiveRunEvent(makeRun({ number: 14, created_by: mira }));
    expect(runs().shown?.number).toBe(14);
    expect(useToasts.getState().toasts[0]?.title).toBe("Mira started run 14");
  });

  it("is offered, not forced, on somebody who watches another", () => {
    showRun(makeRun({ id: "run-0" }));
    receiveRunEvent(makeRun({ number: 14, created_by: mira }));
    expect(runs().shown?.id).toBe("run-0");
    const toast = useToasts.getState().toasts[0];
    toast?.action?.perform();
    expect(runs().shown?.number).toBe(14);
  });

  it("is announced once, and never for this person's own start", async () => {
    receiveRunEvent(makeRun({ created_by: mira }));
    receiveRunEvent(makeRun({ created_by: mira, progress: 0.5 }));
    expect(useToasts.getState().toasts).toHaveLength(1);
    newest().says({ type: "status", run: makeRun({ status: "finished", created_by: mira }) });
    let respond: (run: Run) => void = () => {};
    answers["POST /api/designs/design-1/runs/"] = new Promise<Run>((resolve) => {
      respond = resolve;
    });
    const started = startRun();
    const own = makeRun({ id: "run-2", number: 2, status: "queued" });
    receiveRunEvent(own);
    respond(own);
    await started;
    expect(runs().shown?.id).toBe("run-2");
    expect(useToasts.getState().toasts).toHaveLength(1);
  });

  it("of another design is not ours", () => {
    receiveRunEvent(makeRun({ design: "design-2" }));
    expect(runs()).toMatchObject({ shown: null, history: [] });
  });
});

describe("a stored run", () => {
  const ended = makeRun({ status: "finished", progress: 1 });
  const page = (windows: unknown[], more: boolean, last_index: number) => ({ windows, more, last_index });

  beforeEach(() => {
    answers["GET /api/runs/run-1/"] = { ...ended, summary: makeSummary() };
    answers["GET /api/runs/run-1/windows/?after=-1"] = page(makeWindows(0, 4), true, 4);
    answers["GET /api/runs/run-1/windows/?after=4"] = page(makeWindows(5, 6), false, 6);
  });

  it("is read page by page and needs no socket", async () => {
    showRun(ended);
    await vi.waitFor(() => expect(runs().link).toBe("none"));
    expect(shownIndexes()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(runs().summary).not.toBeNull();
    expect(FakeSocket.made).toHaveLength(0);
  });

  it("can be a ghost behind another", async () => {
    await compareWith(ended);
    expect(runs().ghost?.windows).toHaveLength(7);
    await compareWith(null);
    expect(runs().ghost).toBeNull();
  });

  it("that was deleted meanwhile is forgotten", async () => {
    delete answers["GET /api/runs/run-1/"];
    showRun(ended);
    await vi.waitFor(() => expect(runs().shown).toBeNull());
  });
});

it("cancelling asks the server once and shows that it is under way", async () => {
  answers["POST /api/runs/run-1/cancel/"] = makeRun();
  showRun(makeRun());
  await cancelRun();
  expect(runs().cancelling).toBe(true);
  newest().says({ type: "status", run: makeRun({ status: "cancelled" }) });
  expect(runs()).toMatchObject({ cancelling: false, shown: { status: "cancelled" } });
});
