import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { NodeFacts } from "@/api/facts";
import { CLOSED, useDesign } from "@/state/designStore";
import { setFindings } from "@/state/findingsStore";
import { useSelection } from "@/state/selection";
import { EdgeFactsSections, NodeFactsSections } from "./Facts";

const facts = vi.hoisted(() => ({ node: vi.fn(), edge: vi.fn() }));
vi.mock("@/api/facts", () => ({ factsApi: facts }));

const SOURCE = { title: "AWS docs: Metrics", url: "https://docs.aws.amazon.com/", as_of: "2026", estimate: false };
const WORKER: NodeFacts = {
  role_policy: { Version: "2012-10-17", Statement: [{ Sid: "UseOrders", Action: "sqs:ReceiveMessage" }] },
  role_trust: null,
  resource_policy: null,
  alarms: [
    {
      namespace: "AWS/Lambda",
      metric: "Errors",
      statistic: "Sum",
      threshold: "above 1 % of Invocations",
      why: "The code fails.",
      authority: SOURCE,
    },
  ],
  failures: [{ edge: "poll", sentences: ["5 attempts.", "Then it moves."] }],
  guarantees: [{ entry: "web", delivery: "At least once.", ordering: "Not kept.", hops: [] }],
};

beforeEach(() => {
  facts.node.mockReset().mockResolvedValue(WORKER);
  facts.edge.mockReset().mockResolvedValue({ actions: [], principal: "", failure: [], guarantees: [] });
  setFindings([], 1);
  useDesign.setState({
    ...CLOSED,
    status: "ready",
    designId: "d",
    nodes: new Map([["q", { id: "q", service: "sqs_standard", label: "orders", parameters: {} }]]),
    edges: new Map([
      [
        "poll",
        {
          id: "poll",
          source: "q",
          target: "worker",
          connection: "sqs_standard.lambda.event_source_mapping",
          mode: "event_source_mapping",
          flow: "poll",
          parameters: {},
        },
      ],
    ]),
  });
});
afterEach(() => useDesign.setState(CLOSED));

test("a node's policy can be copied as JSON", async () => {
  const user = userEvent.setup();
  render(<NodeFactsSections id="worker" />);
  await user.click(screen.getByText("Permissions"));
  await user.click(await screen.findByRole("button", { name: "Copy: Its role may" }));
  expect(JSON.parse(await navigator.clipboard.readText())).toEqual(WORKER.role_policy);
  expect(await screen.findByRole("button", { name: "Copied" })).toBeTruthy();
});

test("alarms, failures and guarantees are told, and a failure leads to its arrow", async () => {
  const user = userEvent.setup();
  render(<NodeFactsSections id="worker" />);
  await screen.findByText(/Sum above 1 % of Invocations. The code fails./);
  expect(screen.getByText("5 attempts. Then it moves.")).toBeTruthy();
  expect(screen.getByText("At least once.", { exact: false })).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "From orders", hidden: true }));
  expect([...useSelection.getState().edges]).toEqual(["poll"]);
});

test("a newer revision is a reason to ask again, and what is known stays while the answer is on its way", async () => {
  render(<NodeFactsSections id="worker" />);
  await screen.findByText(/Sum above/);
  facts.node.mockRejectedValue(new Error("gone"));
  setFindings([], 2);
  await waitFor(() => expect(facts.node).toHaveBeenCalledTimes(2));
  expect(screen.getByText(/Sum above/)).toBeTruthy();
});

test("an edge about which nothing is known says so", async () => {
  render(<EdgeFactsSections id="poll" />);
  expect(await screen.findByText("Not known for this connection.")).toBeTruthy();
  expect(screen.getByText("No entry point leads here.")).toBeTruthy();
});
