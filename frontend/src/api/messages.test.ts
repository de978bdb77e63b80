import { expect, test } from "vitest";
import { isEventMessage, readRun, readRunMessage } from "./messages";

type Examples = Record<string, Record<string, Record<string, unknown>>>;

const fixture = import.meta.glob<Examples>("../../../tests/fixtures/messages.json", { eager: true, import: "default" });
const examples = Object.values(fixture)[0] ?? {};
const ofRun = Object.entries(examples["/ws/runs/<id>/"] ?? {});

test("every example of a run's socket is understood", () => {
  expect(ofRun.map(([kind]) => kind).sort()).toEqual(["status", "summary", "windows"]);
  for (const [kind, message] of ofRun) expect(readRunMessage(message)?.type).toBe(kind);
});

test("a run that the events socket tells of is understood", () => {
  const told = examples["/ws/designs/<id>/events/"]?.run;
  expect(isEventMessage(told)).toBe(true);
  expect(readRun(told?.run)?.status).toBe("finished");
});

test("a message without one of its fields is not", () => {
  for (const [, message] of ofRun) {
    const [field] = Object.keys(message).filter((key) => key !== "type");
    expect(readRunMessage({ ...message, [field ?? ""]: undefined })).toBeNull();
  }
});
