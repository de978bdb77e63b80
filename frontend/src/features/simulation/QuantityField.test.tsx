import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { QuantityField } from "./QuantityField";

function open(value: number, whole = false) {
  const given: number[] = [];
  render(
    <QuantityField
      label="Duration"
      unit="s"
      value={value}
      range={[1, 86_400]}
      whole={whole}
      disabled={false}
      onChange={(next) => given.push(next)}
    />,
  );
  return { given, input: screen.getByLabelText("Duration") };
}

async function type(input: HTMLElement, text: string) {
  await userEvent.clear(input);
  await userEvent.type(input, text);
  await userEvent.tab();
}

describe("a field for a quantity", () => {
  it("takes another unit and arithmetic", async () => {
    const { given, input } = open(300);
    await type(input, "2*5 min");
    expect(given).toEqual([600]);
    expect(input).toHaveProperty("value", "600");
  });

  it.each([
    ["9e9", "From 1 to 86,400 s."],
    ["0", "From 1 to 86,400 s."],
    ["", "A number is needed."],
    ["soon", 'A number is expected before "soon".'],
  ])("does not pass %s on, and says why", async (text, reason) => {
    const { given, input } = open(300);
    await userEvent.clear(input);
    if (text) await userEvent.type(input, text);
    await userEvent.tab();
    expect(given).toEqual([]);
    expect(screen.getByRole("alert").textContent).toBe(reason);
    expect(input.getAttribute("aria-invalid")).toBe("true");
  });

  it("wants a whole number where only one makes sense", async () => {
    const { given, input } = open(1, true);
    await type(input, "1.5");
    expect(given).toEqual([]);
  });

  it("steps with the arrow keys in steps that fit the size, and stays in its range", async () => {
    const { given, input } = open(300);
    await userEvent.click(input);
    await userEvent.keyboard("{ArrowUp}{Shift>}{ArrowDown}{/Shift}");
    expect(given).toEqual([310, 200]);
  });

  it("goes back to what it was on Escape", async () => {
    const { given, input } = open(300);
    await userEvent.clear(input);
    await userEvent.type(input, "5{Escape}");
    expect(input).toHaveProperty("value", "300");
    expect(given).toEqual([]);
  });
});
