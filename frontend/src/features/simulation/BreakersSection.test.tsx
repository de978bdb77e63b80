import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { api } from "@/api/client";
import { CLOSED, useDesign } from "@/state/designStore";
import type { DesignEdge } from "@/state/graph";
import { BreakersSection } from "./BreakersSection";
import { DEFAULT_SCENARIO } from "./scenario";

const saved = vi.hoisted(() => vi.fn());
vi.mock("./scenarioEditing", () => ({ saveScenario: saved }));

const CALL = { id: "call", source: "orders", target: "pay", parameters: {} } as unknown as DesignEdge;

function open(breakers: readonly { edge: string }[], disabled = false) {
  useDesign.setState({ ...CLOSED, edges: new Map([["call", CALL]]) });
  const scenario = { ...DEFAULT_SCENARIO, breakers };
  render(<BreakersSection chosen={{ scenario, entries: [], traffic: [], problems: {} }} disabled={disabled} />);
}

test("a circuit breaker is put on a connection, with usual figures", async () => {
  open([]);
  await userEvent.click(screen.getByRole("button", { name: "Circuit breaker" }));
  expect(saved.mock.lastCall?.[0].breakers).toEqual([{ edge: "call", failures: 5, open_s: 30 }]);
});

test("only connections over which a caller could stop calling are offered", async () => {
  const ask = vi.spyOn(api, "get").mockResolvedValue({ nodes: {}, breakers: ["call"] });
  const edges = new Map(["call", "event"].map((id) => [id, { ...CALL, id, target: id }]));
  useDesign.setState({ ...CLOSED, designId: "d", edges });
  const scenario = { ...DEFAULT_SCENARIO, breakers: [{ edge: "call" }] };
  render(<BreakersSection chosen={{ scenario, entries: [], traffic: [], problems: {} }} disabled={false} />);
  expect(screen.getAllByRole("option")).toHaveLength(2);
  await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(1));
  expect(ask).toHaveBeenCalledWith("/api/designs/d/faults/");
});

test("a breaker whose connection is gone says so and can be moved", async () => {
  open([{ edge: "gone" }]);
  expect(screen.getByText("Its connection is no longer in the design.")).toBeTruthy();
  await userEvent.selectOptions(screen.getByLabelText("Connection"), "call");
  expect(saved.mock.lastCall?.[0].breakers).toEqual([{ edge: "call" }]);
});

test("a breaker that would open after no failure is refused at its field; it is removed with the keyboard", async () => {
  open([{ edge: "call" }]);
  saved.mockClear();
  await userEvent.clear(screen.getByLabelText("Opens after"));
  await userEvent.type(screen.getByLabelText("Opens after"), "0{Enter}");
  expect(screen.getByRole("alert").textContent).toBe("From 1 to 100,000.");
  expect(saved).not.toHaveBeenCalled();
  screen.getByRole("button", { name: "Remove this circuit breaker" }).focus();
  await userEvent.keyboard("{Enter}");
  expect(saved.mock.lastCall?.[0].breakers).toEqual([]);
});

test("a viewer sees the breakers and can change none", () => {
  open([{ edge: "call" }], true);
  const controls = [...screen.getAllByRole("textbox"), ...screen.getAllByRole("button"), screen.getByRole("combobox")];
  expect(controls.every((each) => (each as HTMLInputElement).disabled)).toBe(true);
});
