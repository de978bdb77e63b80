import { describe, expect, it } from "vitest";
import { parseQuantity } from ".";

function value(text: string, unit = ""): number | null {
  const read = parseQuantity(text, unit);
  if (!read.ok) throw new Error(read.reason);
  return read.value;
}

function reason(text: string, unit = ""): string {
  const read = parseQuantity(text, unit);
  return read.ok ? "" : read.reason;
}

describe("a typed quantity", () => {
  it.each([
    ["30", "s", 30],
    ["2*60 s", "s", 120],
    ["2 min", "s", 120],
    ["1.5 s", "ms", 1500],
    ["3 min + 20 s", "s", 200],
    ["1 GB", "MB", 1024],
    ["(1+2)*512 MB", "MB", 1536],
    ["1.5k", "/s", 1500],
    ["1.5k/s", "/s", 1500],
    ["600/min", "/s", 10],
    ["1,000", "", 1000],
    ["10/4", "", 2.5],
    ["-5 + 8", "", 3],
    ["0.1+0.2", "", 0.3],
    ["5 %", "%", 5],
    ["12 messages", "messages", 12],
    ["2 M", "", 2_000_000],
  ])("reads %s in %s as %s", (text, unit, expected) => expect(value(text, unit)).toBe(expected));

  it("reads nothing as not set", () => expect(value("  ")).toBeNull());

  it("says what it does not understand", () => {
    expect(reason("5 parsecs", "s")).toContain("counts in s");
    expect(reason("5 MB", "s")).toContain("MB");
    expect(reason("2*")).toContain("missing");
    expect(reason("(1+2")).toContain("bracket");
    expect(reason("1/0")).toContain("finite");
    expect(reason("abc")).toContain("number is expected");
  });
});
