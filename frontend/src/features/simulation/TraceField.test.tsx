import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Traffic } from "@/api/scenario";
import { TraceField } from "./TraceField";

const traffic: Traffic = { entry: "shoppers", pattern: "trace", rate_per_s: 1, trace: "time,rate\n0,1\n60,2\n" };

test("a recording is kept once it can be read, and until then says why not", async () => {
  const onChange = vi.fn();
  render(<TraceField traffic={traffic} problem={undefined} disabled={false} onChange={onChange} />);
  const text = screen.getByLabelText("Recording");
  await userEvent.clear(text);
  await userEvent.type(text, "garbage");
  await userEvent.tab();
  expect(screen.getByRole("alert").textContent).toContain("the header must be time,rate or time,count. Not kept yet.");
  expect(onChange).not.toHaveBeenCalled();
  await userEvent.clear(text);
  await userEvent.type(text, "time,rate{Enter}0,5{Enter}60,9");
  await userEvent.tab();
  expect(onChange).toHaveBeenCalledWith({ ...traffic, trace: "time,rate\n0,5\n60,9" }, false);
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a file is taken as a recording; a malformed one is refused by its line", async () => {
  const onChange = vi.fn();
  render(<TraceField traffic={traffic} problem={undefined} disabled={false} onChange={onChange} />);
  const file = (text: string) => new File([text], "day.csv", { type: "text/csv" });
  await userEvent.upload(screen.getByLabelText("Recording from a file"), file("time,count\n0,5\n60,many\n"));
  expect((await screen.findByRole("alert")).textContent).toContain("Line 3: “60,many” is no time and number.");
  expect(onChange).not.toHaveBeenCalled();
  await userEvent.upload(screen.getByLabelText("Recording from a file"), file("time,count\n0,5\n60,7\n"));
  await vi.waitFor(() =>
    expect(onChange).toHaveBeenCalledWith({ ...traffic, trace: "time,count\n0,5\n60,7\n" }, false),
  );
});
