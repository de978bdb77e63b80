import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { parameter } from "@/testing/catalog";
import { wallClock } from "./NextTimes";
import { Trial } from "./Trial";
import { FaultLine } from "./TryPattern";

const events = vi.hoisted(() => ({ samples: vi.fn(), tryPattern: vi.fn(), trySchedule: vi.fn() }));
vi.mock("@/api/events", () => ({ eventsApi: events }));

const SAMPLES = [
  { id: "own", name: "Own event", dialects: ["event_bus"], services: ["lambda"], text: '{"source": "shop"}' },
  { id: "s3", name: "S3: Object Created", dialects: ["event_bus"], services: ["s3"], text: '{"source": "aws.s3"}' },
  { id: "sqs", name: "Message", dialects: ["pipe", "event_source_mapping"], services: ["sqs_standard"], text: "{}" },
];
const FITS = { fits: true, misses: [], note: "", never: "", fault: null };
const RULE = [parameter({ id: "event_pattern", kind: "json" }), parameter({ id: "sample_event", kind: "json" })];
const PATTERN = '{"source": ["aws.s3"]}';

beforeEach(() => {
  for (const spy of Object.values(events)) spy.mockReset();
  events.samples.mockResolvedValue(SAMPLES);
  events.tryPattern.mockResolvedValue(FITS);
});

function show(own: Record<string, string>, { disabled = false, onKeep = vi.fn() } = {}) {
  render(
    <Trial
      parameter="event_pattern"
      parameters={RULE}
      own={own}
      feeding={["s3"]}
      disabled={disabled}
      onKeep={onKeep}
    />,
  );
  return onKeep;
}

const open = () => userEvent.click(screen.getByText("Try it on a sample event"));

test("the sample of the service that feeds the rule is tried first", async () => {
  show({ event_pattern: PATTERN });
  await open();
  expect(await screen.findByText("The event matches.")).toBeTruthy();
  expect(events.tryPattern).toHaveBeenLastCalledWith(PATTERN, '{"source": "aws.s3"}', "event_bus");
});

test("a field that does not fit is named, with what was wanted and found", async () => {
  const miss = {
    path: "$.source",
    wanted: '"aws.s3"',
    found: '"shop"',
    hint: "A hint.",
    pattern_line: 1,
    event_line: 1,
  };
  events.tryPattern.mockResolvedValue({ ...FITS, fits: false, misses: [miss], never: "It is absent." });
  show({ event_pattern: PATTERN, sample_event: '{"source": "shop"}' });
  await open();
  expect(await screen.findByText("The event does not match.")).toBeTruthy();
  expect(screen.getByRole("listitem").textContent).toBe('$.source (line 1): wanted "aws.s3"; found "shop". A hint.');
  expect(screen.getByText(/No event can ever match/)).toBeTruthy();
});

test("an error is shown with its place and the cure", async () => {
  const fault = { text: "pattern", message: "No comparison.", cure: "Write prefix.", line: 2, column: 4, path: "$.a" };
  events.tryPattern.mockResolvedValue({ ...FITS, fits: null, fault });
  show({ event_pattern: PATTERN });
  await open();
  expect(await screen.findByText("Pattern, line 2, column 4 at $.a: No comparison. Write prefix.")).toBeTruthy();
});

test("a fault of a schedule reads as a sentence", () => {
  const fault = {
    text: "time_zone",
    message: "is not a known time zone",
    cure: "Write UTC.",
    line: 1,
    column: 1,
    path: "",
  };
  const { rerender } = render(<FaultLine fault={fault} />);
  expect(screen.getByText("The time zone is not a known time zone. Write UTC.")).toBeTruthy();
  rerender(<FaultLine fault={{ ...fault, text: "expression", message: "needs hours after 2", column: 7 }} />);
  expect(screen.getByText("The schedule needs hours after 2 (column 7). Write UTC.")).toBeTruthy();
});

test("the edited event is kept in the design once it is JSON", async () => {
  const onKeep = show({ event_pattern: PATTERN, sample_event: "{}" });
  await open();
  const event = screen.getByLabelText("Sample event");
  await userEvent.clear(event);
  await userEvent.type(event, "{{");
  await userEvent.tab();
  expect(onKeep).not.toHaveBeenCalled();
  await userEvent.type(event, '"a": 1}');
  await userEvent.tab();
  expect(onKeep).toHaveBeenCalledWith('{"a": 1}');
});

test("a viewer tries events without changing the design", async () => {
  const onKeep = show({ event_pattern: PATTERN }, { disabled: true });
  await open();
  await screen.findByText("The event matches.");
  await userEvent.selectOptions(screen.getByLabelText("Begin with"), "own");
  expect(screen.getByLabelText("Sample event")).toHaveProperty("value", '{"source": "shop"}');
  expect(onKeep).not.toHaveBeenCalled();
});

test("a filter on the body of messages is tried as such", async () => {
  const parameters = [
    parameter({ id: "filter_policy", kind: "json" }),
    parameter({ id: "filter_policy_scope", kind: "choice", default: "MessageAttributes" }),
    parameter({ id: "sample_event", kind: "json" }),
  ];
  const own = { filter_policy: "{}", filter_policy_scope: "MessageBody", sample_event: "{}" };
  render(
    <Trial
      parameter="filter_policy"
      parameters={parameters}
      own={own}
      feeding={[]}
      disabled={false}
      onKeep={vi.fn()}
    />,
  );
  await open();
  await screen.findByText("The event matches.");
  expect(events.tryPattern).toHaveBeenLastCalledWith("{}", "{}", "sns_body");
});

test("a schedule shows its next times in its own zone", async () => {
  events.trySchedule.mockResolvedValue({ times: ["2026-12-01T09:00:00+01:00"], note: "", fault: null });
  const parameters = [
    parameter({ id: "schedule_expression", kind: "text" }),
    parameter({ id: "time_zone", kind: "text", default: "UTC" }),
  ];
  const own = { schedule_expression: "cron(0 9 * * ? *)", time_zone: "Europe/Zurich" };
  render(
    <Trial
      parameter="schedule_expression"
      parameters={parameters}
      own={own}
      feeding={[]}
      disabled={false}
      onKeep={vi.fn()}
    />,
  );
  expect(await screen.findByText("Tue, Dec 1, 2026 09:00 (UTC+01:00)")).toBeTruthy();
  expect(events.trySchedule).toHaveBeenCalledWith({
    expression: "cron(0 9 * * ? *)",
    clock: "scheduler",
    time_zone: "Europe/Zurich",
    start_date: "",
    end_date: "",
  });
});

test("a time is written by the clock of its zone", () => {
  expect(wallClock("2026-11-25T12:00:00+00:00")).toBe("Wed, Nov 25, 2026 12:00 (UTC)");
});
