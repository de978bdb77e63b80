import { act, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CLOSED, useDesign } from "@/state/designStore";
import type { DesignNode } from "@/state/graph";
import { NO_RUNS, useRuns } from "@/state/runStore";
import { setUi, useUi } from "@/state/uiStore";
import { makeLatency, makeRun, makeSummary, makeWindow } from "@/testing/runs";
import { useDrawer } from "./drawerStore";
import { RunButton } from "./RunButton";
import { RunDrawer } from "./RunDrawer";

// jsdom has no canvas to draw on; what is drawn is tested with chartData and plot.
vi.mock("uplot", () => ({
  default: class {
    static join = () => [];
    data = [[]];
    cursor = {};
    setData() {}
    setSize() {}
    redraw() {}
    destroy() {}
  },
}));

const FN: DesignNode = { id: "fn", service: "lambda", label: "fulfil", parameters: {} };

beforeEach(() => {
  useDesign.setState({ ...CLOSED, designId: "d", status: "ready", role: "editor", nodes: new Map([["fn", FN]]) });
  useRuns.setState({ ...NO_RUNS, designId: "d" });
  useDrawer.setState({ tab: "run", scenarioId: null });
  setUi({ drawerOpen: true });
});
afterEach(() => {
  useDesign.setState(CLOSED);
  useRuns.setState(NO_RUNS);
  vi.unstubAllGlobals();
});

const status = () => screen.getByTestId("run-status").textContent;

describe("the run drawer", () => {
  it("says what every chart will show before there is a run", () => {
    render(<RunDrawer />);
    expect(screen.getByText("Messages that wait in queues.")).toBeTruthy();
    expect(status()).toBe("Not run yet");
  });

  it("is one line when it is closed, and opens on a tab", async () => {
    setUi({ drawerOpen: false });
    render(<RunDrawer />);
    expect(screen.queryByRole("tabpanel")).toBeNull();
    await userEvent.click(screen.getByRole("tab", { name: "Cost" }));
    expect(screen.getByRole("tabpanel").textContent).toContain("Run the design");
    expect(useUi.getState().drawerOpen).toBe(true);
  });

  it("tells how far a run is, and lets an editor cancel it", () => {
    useRuns.setState({ shown: makeRun({ number: 14, status: "running" }), windows: [makeWindow(59)] });
    render(<RunDrawer />);
    expect(screen.getByRole("tab", { name: "Run 14" })).toBeTruthy();
    expect(status()).toContain("1:00 of 5:00");
    expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("20");
    expect(screen.getByRole("button", { name: "Cancel" })).toBeTruthy();
    act(() => useDesign.setState({ role: "viewer" }));
    expect(screen.queryByRole("button", { name: "Cancel" })).toBeNull();
  });

  it("shows the latency of the entry point that is chosen, where a run has several", async () => {
    const entry = (p99: number) => ({
      requests: 9,
      completions: 9,
      errors: {},
      caller_latency_ms: makeLatency(p99),
      journey_ms: makeLatency(p99),
    });
    useRuns.setState({
      shown: makeRun(),
      windows: [makeWindow(0, { entry_points: { fn: entry(100), other: entry(900) } })],
    });
    render(<RunDrawer />);
    const latency = () => screen.getByTestId("chart-latency").textContent;
    expect(latency()).toContain("p99 900 ms");
    await userEvent.selectOptions(screen.getByLabelText("Caller latency of"), "fulfil");
    expect(latency()).toContain("Caller latency · fulfil");
    expect(latency()).toContain("p99 100 ms");
    act(() => useRuns.setState({ windows: [makeWindow(0, { entry_points: { other: entry(900) } })] }));
    expect(screen.queryByLabelText("Caller latency of")).toBeNull();
  });

  it("says why a run was refused or failed", () => {
    useRuns.setState({ refusal: "60M requests are too many." });
    render(<RunDrawer />);
    expect(screen.getByRole("alert").textContent).toContain("60M requests are too many.");
    act(() => useRuns.setState({ refusal: "", shown: makeRun({ status: "failed", error: "The engine stopped." }) }));
    expect(screen.getByRole("alert").textContent).toContain("The engine stopped.");
    expect(status()).toContain("Failed");
  });

  it("lists the bill with its total and what it leaves out", () => {
    const line = {
      node: "fn",
      service: "Lambda",
      item: "Duration",
      unit: "GB-second",
      quantity: 100,
      unit_price_usd: 0.01,
      amount_usd: 1,
      monthly_quantity: 1_000,
      monthly_usd: 41.2,
      source: "AWS price list",
      as_of: "2026-11",
    };
    const cost = { ...makeSummary().cost, lines: [line], total_usd: 1, monthly_usd: 41.2, excluded: ["Taxes."] };
    useRuns.setState({ shown: makeRun({ status: "finished" }), summary: makeSummary({ cost }) });
    useDrawer.setState({ tab: "cost" });
    render(<RunDrawer />);
    const rows = within(screen.getByTestId("cost-table")).getAllByRole("row");
    expect(rows[1]?.textContent).toContain("fulfil");
    expect(rows.at(-1)?.textContent).toContain("$41.20/mo");
    expect(screen.getByText("Taxes.")).toBeTruthy();
  });

  it("shows the runs, marks the one that is open and offers to compare the others", () => {
    const history = [makeRun({ id: "b", number: 2 }), makeRun({ id: "a", number: 1, status: "finished" })];
    useRuns.setState({ history, historyStatus: "ready", shown: history[0] ?? null });
    useDrawer.setState({ tab: "runs" });
    render(<RunDrawer />);
    const rows = within(screen.getByTestId("runs-table")).getAllByRole("row");
    expect(rows[1]?.getAttribute("aria-current")).toBe("true");
    expect(screen.getAllByRole("button", { name: /^Compare/ })).toHaveLength(1);
  });
});

describe("the Run button", () => {
  it("starts a run and shows at once that it is starting", async () => {
    vi.stubGlobal("fetch", () => new Promise(() => {}));
    render(<RunButton />);
    await userEvent.click(screen.getByTestId("run"));
    expect(screen.getByTestId("run-busy").textContent).toBe("Starting…");
  });

  it("does nothing for a viewer", async () => {
    const fetched = vi.fn();
    vi.stubGlobal("fetch", fetched);
    useDesign.setState({ role: "viewer" });
    render(<RunButton />);
    await userEvent.click(screen.getByTestId("run"));
    expect(fetched).not.toHaveBeenCalled();
    expect(screen.getByTestId("run").getAttribute("aria-disabled")).toBe("true");
  });

  it("is Cancel while a run is under way", () => {
    useRuns.setState({ shown: makeRun() });
    render(<RunButton />);
    expect(screen.getByTestId("cancel").textContent).toBe("Cancel");
  });
});
