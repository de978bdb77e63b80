import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CLOSED, useDesign } from "@/state/designStore";
import { type Finding, setFindings } from "@/state/findingsStore";
import { useSelection } from "@/state/selection";
import { setUi, useUi } from "@/state/uiStore";
import { setCanvasView } from "@/state/viewport";
import { FindingChips } from "./FindingChips";
import { FindingsPanel } from "./FindingsPanel";

const editing = vi.hoisted(() => ({ editByOperations: vi.fn() }));
vi.mock("@/state/editing", () => editing);

const finding = (id: string, change: Partial<Finding> = {}): Finding => ({
  id,
  rule_id: "R1",
  severity: "warning",
  title: `Finding ${id}`,
  subject: { kind: "node", id: "jobs", parameter: "" },
  message: "The queue has no dead-letter queue.",
  why: "Messages that keep failing are lost.",
  source: {
    title: "AWS docs: Dead-letter queues",
    url: "https://docs.aws.amazon.com/",
    as_of: "2026",
    estimate: false,
  },
  fixes: [{ label: "Add a queue", operations: [{ op: "remove_node", node_id: "x" }] }],
  ...change,
});
const view = { addService: vi.fn(), centreOn: vi.fn(), importFile: vi.fn(), fit: vi.fn() };

beforeEach(() => {
  setCanvasView(view);
  setUi({ findingsOpen: true });
  useDesign.setState({
    ...CLOSED,
    status: "ready",
    role: "editor",
    nodes: new Map([["jobs", { id: "jobs", service: "sqs_standard", label: "jobs", parameters: {} }]]),
  });
});
afterEach(() => setCanvasView(null));

test("a click on a finding selects its subject and brings it into view", async () => {
  setFindings([finding("1")]);
  render(<FindingsPanel />);
  await userEvent.click(screen.getByRole("button", { name: /Finding 1/ }));
  expect([...useSelection.getState().nodes]).toEqual(["jobs"]);
  expect(view.centreOn).toHaveBeenCalledWith("node", "jobs");
});

test("a fix is applied, the reason and its source are a click away", async () => {
  setFindings([finding("1")]);
  render(<FindingsPanel />);
  await userEvent.click(screen.getByRole("button", { name: "Add a queue" }));
  expect(editing.editByOperations).toHaveBeenCalledWith([{ op: "remove_node", node_id: "x" }]);
  expect(screen.queryByText("Messages that keep failing are lost.")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Why" }));
  expect(screen.getByText("Messages that keep failing are lost.")).toBeTruthy();
  expect(screen.getByRole("link").getAttribute("href")).toBe("https://docs.aws.amazon.com/");
});

test("a viewer is offered no fix", () => {
  useDesign.setState({ role: "viewer" });
  setFindings([finding("1")]);
  render(<FindingsPanel />);
  expect(screen.queryByRole("button", { name: "Add a queue" })).toBeNull();
});

test("many findings come in portions", async () => {
  setFindings(Array.from({ length: 200 }, (_, index) => finding(String(index))));
  render(<FindingsPanel />);
  expect(screen.getAllByRole("article")).toHaveLength(30);
  await userEvent.click(screen.getByRole("button", { name: "Show more (170 left)" }));
  expect(screen.getAllByRole("article")).toHaveLength(130);
});

test("the chips count by severity and open the list", async () => {
  setUi({ findingsOpen: false });
  setFindings([finding("1"), finding("2", { severity: "error" })]);
  render(<FindingChips />);
  await userEvent.click(screen.getByRole("button", { name: "1 error" }));
  expect(useUi.getState().findingsOpen).toBe(true);
  expect(screen.getByRole("button", { name: "1 warning" })).toBeTruthy();
});

test("no findings is said, too", () => {
  setFindings([]);
  render(<FindingChips />);
  expect(screen.getByRole("button", { name: "No findings" })).toBeTruthy();
});

test("findings are listed as a person counts: node 2 before node 101", () => {
  const named = (id: string) => [id, { id, service: "lambda", label: `node ${id}`, parameters: {} }] as const;
  useDesign.setState({ nodes: new Map([named("101"), named("2"), named("11")]) });
  setFindings(
    ["101", "2", "11"].map((id) => finding(`R1:node:${id}`, { subject: { kind: "node", id, parameter: "" } })),
  );
  render(<FindingsPanel />);
  const listed = screen.getAllByRole("listitem").map((item) => /node \d+/.exec(item.textContent)?.[0]);
  expect(listed).toEqual(["node 2", "node 11", "node 101"]);
});

test("a rule's page is one click away from its finding", async () => {
  setFindings([finding("1", { rule_id: "R002" })]);
  render(<FindingsPanel />);
  await userEvent.click(screen.getByRole("button", { name: "Why" }));
  await userEvent.click(screen.getByRole("button", { name: "About rule R002" }));
  expect(window.location.hash).toBe("#help/rules/R002");
  window.history.replaceState(null, "", "/");
});
