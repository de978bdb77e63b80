import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { setCatalog } from "@/state/catalogStore";
import { CLOSED, useDesign } from "@/state/designStore";
import { setFindings } from "@/state/findingsStore";
import type { DesignEdge, DesignNode } from "@/state/graph";
import { clearSelection, select, selectOne } from "@/state/selection";
import { CATALOG } from "@/testing/catalog";
import { Inspector } from "./Inspector";

const editing = vi.hoisted(() => ({ editByOperations: vi.fn(), editThings: vi.fn(), renameDesign: vi.fn() }));
vi.mock("@/state/editing", () => editing);

const fulfil: DesignNode = { id: "fulfil", service: "lambda", label: "fulfil", parameters: { timeout_s: 30 } };
const jobs: DesignNode = { id: "jobs", service: "sqs_standard", label: "jobs", parameters: {} };
const send: DesignEdge = {
  id: "send",
  source: "fulfil",
  target: "jobs",
  connection: "lambda.sqs_standard.send_message",
  mode: "asynchronous",
  flow: "async",
  parameters: { calls_per_request: 2 },
};

beforeEach(() => {
  for (const spy of Object.values(editing)) spy.mockReset();
  setCatalog(CATALOG);
  setFindings([]);
  useDesign.setState({
    ...CLOSED,
    status: "ready",
    role: "editor",
    name: "Orders",
    nodes: new Map([fulfil, jobs].map((node) => [node.id, node])),
    edges: new Map([[send.id, send]]),
  });
});
afterEach(() => {
  clearSelection();
  useDesign.setState(CLOSED);
});

const set = (parameter: string, value: unknown) => [{ op: "set_node_parameter", node_id: "fulfil", parameter, value }];

test("nothing selected: the design as a whole", () => {
  render(<Inspector />);
  expect(screen.getByLabelText("Name of the design")).toHaveProperty("value", "Orders");
  expect(screen.getByText("2 nodes, 1 edge.")).toBeTruthy();
});

test("a number takes another unit and arithmetic", async () => {
  selectOne("node", "fulfil");
  render(<Inspector />);
  const timeout = screen.getByLabelText("Timeout");
  await userEvent.clear(timeout);
  await userEvent.type(timeout, "2*1 min{Enter}");
  expect(editing.editByOperations).toHaveBeenCalledWith(set("timeout_s", 120), "");
});

test("a value beyond the limit is not kept and says what the limit is", async () => {
  selectOne("node", "fulfil");
  render(<Inspector />);
  const timeout = screen.getByLabelText("Timeout");
  await userEvent.clear(timeout);
  await userEvent.type(timeout, "20 min{Enter}");
  expect(screen.getByRole("alert").textContent).toContain("Timeout must be 1 to 900 s.");
  expect(timeout.getAttribute("aria-invalid")).toBe("true");
  expect(editing.editByOperations).not.toHaveBeenCalled();
});

test("arrow keys step, as one undo", async () => {
  selectOne("node", "fulfil");
  render(<Inspector />);
  await userEvent.type(screen.getByLabelText("Timeout"), "{ArrowUp}");
  expect(editing.editByOperations).toHaveBeenCalledWith(set("timeout_s", 31), "fulfil:timeout_s");
});

test("a value that is not the default can be taken back", async () => {
  selectOne("node", "fulfil");
  render(<Inspector />);
  await userEvent.click(screen.getByLabelText("Back to the default: 3 s"));
  expect(editing.editByOperations).toHaveBeenCalledWith(set("timeout_s", null), "");
  expect(screen.getAllByLabelText(/Back to the default/)).toHaveLength(1);
});

test("choices and switches write their values, and null for the default", async () => {
  selectOne("node", "fulfil");
  render(<Inspector />);
  await userEvent.selectOptions(screen.getByLabelText("Architecture"), "arm64");
  expect(editing.editByOperations).toHaveBeenLastCalledWith(set("architecture", "arm64"), "");
  await userEvent.click(screen.getByLabelText("X-Ray tracing"));
  expect(editing.editByOperations).toHaveBeenLastCalledWith(set("xray_tracing", true), "");
});

test("help tells default, limits and source; estimates are marked", async () => {
  selectOne("node", "fulfil");
  render(<Inspector />);
  await userEvent.click(screen.getByRole("button", { name: "Help", description: "Timeout" }));
  const help = screen.getByRole("dialog", { name: "Timeout" });
  expect(help.textContent).toContain("1 to 900 s");
  expect(within(help).getByRole("link").getAttribute("href")).toBe("https://docs.aws.amazon.com/");
  expect(screen.getAllByText("estimate")).toHaveLength(1);
});

test("the neighbours of a node lead to its edges", async () => {
  selectOne("node", "jobs");
  render(<Inspector />);
  expect(screen.getByText("Called or fed by")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: /fulfil/ }));
  expect(screen.getByRole("heading", { name: /fulfil to jobs/ })).toBeTruthy();
});

test("an edge can get another meaning and keeps what that has too", async () => {
  selectOne("edge", "send");
  render(<Inspector />);
  await userEvent.selectOptions(screen.getByLabelText("Meaning"), "lambda.sqs_standard.on_failure");
  expect(editing.editByOperations).toHaveBeenCalledWith([
    {
      op: "set_edge_connection",
      edge: { ...send, connection: "lambda.sqs_standard.on_failure", mode: "failure", parameters: {} },
    },
  ]);
});

test("a finding's fix is applied with one click", async () => {
  const operations = set("timeout_s", 60);
  setFindings([
    {
      id: "R1:node:fulfil",
      rule_id: "R1",
      severity: "warning",
      title: "Too short",
      subject: { kind: "node", id: "fulfil", parameter: "timeout_s" },
      message: "30 s is short.",
      why: "It will time out.",
      source: { title: "AWS docs", url: "", as_of: "", estimate: false },
      fixes: [{ label: "Set to 60 s", operations: operations as never }],
    },
  ]);
  selectOne("node", "fulfil");
  render(<Inspector />);
  await userEvent.click(screen.getByRole("button", { name: "Set to 60 s" }));
  expect(editing.editByOperations).toHaveBeenCalledWith(operations);
});

test("a viewer can read but not change", () => {
  useDesign.setState({ role: "viewer" });
  selectOne("node", "fulfil");
  render(<Inspector />);
  expect(screen.getByLabelText("Timeout")).toHaveProperty("disabled", true);
  expect(screen.queryByLabelText(/Back to the default/)).toBeNull();
});

test("several things are counted", () => {
  select({ nodes: ["fulfil", "jobs"], edges: ["send"] });
  render(<Inspector />);
  expect(screen.getByRole("heading", { name: "2 nodes, 1 edge" })).toBeTruthy();
});
