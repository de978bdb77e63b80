import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FRESH_CONTROL } from "@/api/control";
import { CLOSED, useDesign } from "@/state/designStore";
import type { DesignNode } from "@/state/graph";
import { commandRun } from "@/state/runSession";
import { NO_RUNS, useRuns } from "@/state/runStore";
import { makeRun } from "@/testing/runs";
import { useDrawer } from "./drawerStore";
import { PlayBar } from "./PlayBar";
import { faultStretches } from "./plot";

vi.mock("uplot", () => ({ default: class {} }));
vi.mock("@/state/runSession", () => ({ commandRun: vi.fn() }));

const FN: DesignNode = { id: "fn", service: "lambda", label: "fulfil", parameters: {} };
const told = vi.mocked(commandRun);

beforeEach(() => {
  useDesign.setState({ ...CLOSED, designId: "d", status: "ready", role: "editor", nodes: new Map([["fn", FN]]) });
  useRuns.setState({ ...NO_RUNS, designId: "d", shown: makeRun({ status: "running" }) });
  useDrawer.setState({ tab: "run", scenarioId: null, pace: null });
});
afterEach(() => {
  useDesign.setState(CLOSED);
  useRuns.setState(NO_RUNS);
  told.mockClear();
});

describe("the play bar", () => {
  it("pauses, steps and changes the speed", async () => {
    render(<PlayBar />);
    await userEvent.click(screen.getByRole("button", { name: "Pause" }));
    await userEvent.click(screen.getByRole("button", { name: "One window further" }));
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Speed" }), "10");
    expect(told.mock.calls.map(([command]) => command)).toEqual([
      { kind: "pause" },
      { kind: "step" },
      { kind: "pace", pace: 10 },
    ]);
    expect(useDrawer.getState().pace).toBe(10);
  });

  it("turns the load up when the slider is let go", () => {
    render(<PlayBar />);
    const slider = screen.getByRole("slider", { name: "Load" });
    fireEvent.change(slider, { target: { value: "1" } });
    expect(told).not.toHaveBeenCalled();
    fireEvent.pointerUp(slider);
    expect(told).toHaveBeenCalledWith({ kind: "load", factor: 2 });
  });

  it("breaks what is chosen, and mends it again", async () => {
    const { rerender } = render(<PlayBar />);
    await userEvent.click(screen.getByRole("button", { name: "Break something" }));
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "What" }), "down");
    await userEvent.click(screen.getByRole("button", { name: "Break it" }));
    expect(told).toHaveBeenCalledWith({
      kind: "inject",
      id: expect.any(String),
      fault: { kind: "down", node: "fn" },
    });
    const faults = [{ id: "mine", fault: { kind: "down" as const, node: "fn" } }];
    useRuns.setState({ shown: makeRun({ status: "running", control: { ...FRESH_CONTROL, faults } }) });
    rerender(<PlayBar />);
    await userEvent.click(screen.getByTitle("Mend it"));
    expect(told).toHaveBeenLastCalledWith({ kind: "lift", id: "mine" });
  });

  it("offers the speed of the next run only, when none is under way, and viewers nothing", () => {
    useRuns.setState({ shown: null });
    const { container, rerender } = render(<PlayBar />);
    expect(screen.queryByRole("slider")).toBeNull();
    expect(screen.getByRole("combobox", { name: "Speed" })).toBeTruthy();
    useDesign.setState({ role: "viewer" });
    rerender(<PlayBar />);
    expect(container.textContent).toBe("");
  });
});

describe("marks on the time axis", () => {
  it("stretch from when a fault came to when it went", () => {
    const fault = { kind: "errors" as const, node: "fn" };
    const stretches = faultStretches(
      [
        { at_s: 10, kind: "inject", id: "a", fault, planned: true },
        { at_s: 20, kind: "load", factor: 2, planned: false },
        { at_s: 30, kind: "lift", id: "a", planned: true },
        { at_s: 40, kind: "inject", id: "b", fault, planned: false },
        { at_s: 50, kind: "inject", id: "c", fault: { kind: "cold", node: "fn" }, planned: false },
      ],
      60,
    );
    expect(stretches).toEqual([
      [10, 30],
      [40, 60],
      [50, 50],
    ]);
  });
});
