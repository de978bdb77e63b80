import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { DefinitionProblem, StateBox } from "@/api/workflows";
import { ProblemList } from "./ProblemList";
import { StateGraph } from "./StateGraph";
import { WorkflowDefinition } from "./WorkflowDefinition";

vi.mock("@/state/editing", () => ({ editByOperations: vi.fn() }));

const box = (id: string, line: number): StateBox => ({
  id,
  name: id,
  type: "Pass",
  detail: "",
  inside: "",
  lane: 0,
  line,
  begins: line === 1,
  ends: false,
});

test("a state is reached and chosen with the keyboard", async () => {
  const chosen = vi.fn();
  render(<StateGraph boxes={[box("First", 1), box("Second", 9)]} lines={[]} wrong={new Set()} onChoose={chosen} />);
  await userEvent.tab();
  await userEvent.tab();
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Pass Second, line 9" }));
  await userEvent.keyboard("{Enter}");
  expect(chosen).toHaveBeenCalledWith(9);
});

test("problems are counted by how bad they are, and a click goes to the place", async () => {
  const problem: DefinitionProblem = {
    level: "error",
    code: "no_next",
    message: "A leads nowhere.",
    cure: "Add Next.",
    place: "States.A",
    line: 4,
    column: 5,
  };
  const chosen = vi.fn();
  const problems = [problem, { ...problem, level: "advice" as const, line: 7 }];
  render(<ProblemList problems={problems} pending={false} failure={null} isEmpty={false} onChoose={chosen} />);
  expect(screen.getByRole("status").textContent).toBe("1 error, 1 advice.");
  await userEvent.click(screen.getAllByRole("button")[0] as HTMLElement);
  expect(chosen).toHaveBeenCalledWith(problem);
});

test.each([
  [undefined, "No definition yet", "Write the definition"],
  ['{"StartAt": "A", "States": {"A": {}}}', "1 state in JSONPath.", "Edit the definition"],
  ['{"QueryLanguage": "JSONata", "States": {"A": {}, "B": {}}}', "2 states in JSONata.", "Edit the definition"],
  ["{", "The definition cannot be read.", "Edit the definition"],
])("the inspector says how much of a definition there is: %s", (definition, summary, button) => {
  const parameters: Record<string, string> = definition === undefined ? {} : { definition };
  const node = { id: "flow", service: "step_functions_standard", label: "flow", parameters };
  render(<WorkflowDefinition node={node} disabled={false} />);
  expect(screen.getByText(summary, { exact: false })).toBeTruthy();
  expect(screen.getByRole("button", { name: button })).toBeTruthy();
});
