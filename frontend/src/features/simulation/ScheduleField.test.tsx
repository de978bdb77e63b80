import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Traffic } from "@/api/scenario";
import { ScheduleField } from "./ScheduleField";

const events = vi.hoisted(() => ({ trySchedule: vi.fn() }));
vi.mock("@/api/events", () => ({ eventsApi: events }));
const traffic: Traffic = { entry: "shoppers", pattern: "schedule", rate_per_s: 1, schedule: "rate(1 minute)" };

test("a schedule is kept once it can be read, and until then says why not", async () => {
  const onChange = vi.fn();
  const fault = { message: "is neither rate nor cron", cure: "Write rate(5 minutes)." };
  events.trySchedule.mockResolvedValueOnce({ fault });
  render(<ScheduleField traffic={traffic} problem={undefined} disabled={false} onChange={onChange} />);
  const text = screen.getByLabelText("Schedule");
  await userEvent.clear(text);
  await userEvent.type(text, "daily{Enter}");
  expect((await screen.findByRole("alert")).textContent).toBe(
    "The schedule is neither rate nor cron. Write rate(5 minutes). Not kept yet.",
  );
  expect(onChange).not.toHaveBeenCalled();
  events.trySchedule.mockResolvedValue({ fault: null });
  await userEvent.clear(text);
  await userEvent.type(text, "rate(2 hours)");
  await userEvent.tab();
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledWith({ ...traffic, schedule: "rate(2 hours)" }, false));
});
