import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type EventMessage, type Finding, receiveEvent, setFindings, useFindings } from "./findingsStore";
import { readPeer } from "./presence";
import { readRoute } from "./router";
import { clearSelection, pruneSelection, select, selectionSize, selectOne, useSelection } from "./selection";
import { closeToast, showToast, useToasts } from "./toasts";

const finding = (id: string, severity: Finding["severity"], subject: string): Finding => ({
  id,
  rule_id: id,
  severity,
  title: id,
  subject: { kind: "node", id: subject, parameter: "" },
  message: "",
  why: "",
  source: { title: "AWS docs", url: "", as_of: "", estimate: false },
  fixes: [],
});

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  clearSelection();
  useToasts.setState({ toasts: [] });
});

const fixture = import.meta.glob<Record<string, Record<string, EventMessage>>>(
  "../../../tests/fixtures/messages.json",
  {
    eager: true,
    import: "default",
  },
);
const events = Object.values(fixture)[0]?.["/ws/designs/<id>/events/"] ?? {};

test("the server's own example of findings is understood, fixes included", () => {
  const { findings: message } = events;
  if (message?.type !== "findings") throw new Error("the fixture has no findings");
  receiveEvent(message);
  const { findings, counts } = useFindings.getState();
  expect(findings).toHaveLength(message.findings.length);
  expect(counts.error + counts.warning + counts.advice).toBe(findings.length);
  for (const { subject, source, fixes } of findings) {
    expect(["node", "edge", "design"]).toContain(subject.kind);
    expect(typeof source.title).toBe("string");
    for (const fix of fixes) expect(fix.operations.every(({ op }) => typeof op === "string")).toBe(true);
  }
});

test("the server's own example of a notice is shown", () => {
  const { notice } = events;
  if (notice?.type !== "notice") throw new Error("the fixture has no notice");
  receiveEvent(notice);
  expect(useToasts.getState().toasts[0]?.text).toBe(notice.text);
});

test("findings are sorted by severity and known by their subject", () => {
  setFindings([finding("R2", "advice", "a"), finding("R1", "warning", "a"), finding("C1", "error", "b")]);
  const { findings, bySubject, counts } = useFindings.getState();
  expect(findings.map((item) => item.id)).toEqual(["C1", "R1", "R2"]);
  expect(bySubject.get("a")?.map((item) => item.id)).toEqual(["R1", "R2"]);
  expect(counts).toEqual({ error: 1, warning: 1, advice: 1 });
});

test("a notice from the server is shown", () => {
  receiveEvent({ type: "notice", id: "n", text: "An edge was removed.", subject: { kind: "edge", id: "e" } });
  expect(useToasts.getState().toasts[0]?.text).toBe("An edge was removed.");
});

test("what is gone from the design is no longer selected", () => {
  select({ nodes: ["a", "b"], edges: ["e"] });
  pruneSelection((kind, id) => kind === "nodes" && id === "a");
  expect([...useSelection.getState().nodes]).toEqual(["a"]);
  expect(selectionSize(useSelection.getState())).toBe(1);
});

test("selecting one thing deselects the others", () => {
  select({ nodes: ["a", "b"] });
  selectOne("edge", "e");
  expect(useSelection.getState().nodes.size).toBe(0);
  expect([...useSelection.getState().edges]).toEqual(["e"]);
});

test("messages go away by themselves, errors do not", () => {
  showToast({ title: "done" });
  showToast({ title: "failed", tone: "error" });
  vi.advanceTimersByTime(10_000);
  expect(useToasts.getState().toasts.map((toast) => toast.title)).toEqual(["failed"]);
  closeToast(useToasts.getState().toasts[0]?.id ?? 0);
  expect(useToasts.getState().toasts).toEqual([]);
});

test.each([
  ["/", { page: "home" }],
  ["/designs/7f3a", { page: "design", designId: "7f3a" }],
  ["/designs/7f3a/", { page: "design", designId: "7f3a" }],
  ["/designs/", { page: "missing" }],
  ["/nowhere", { page: "missing" }],
])("the address %s leads to its page", (path, route) => {
  expect(readRoute(path)).toEqual(route);
});

test("a peer without a name is not shown", () => {
  expect(readPeer(1, {})).toBeNull();
  expect(readPeer(1, { user: { id: "7", name: "Mira" }, cursor: { x: 1, y: 2 } })).toMatchObject({
    userId: "7",
    name: "Mira",
    cursor: { x: 1, y: 2 },
    selected: [],
  });
});
