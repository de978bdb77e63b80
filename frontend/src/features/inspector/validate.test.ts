import { describe, expect, test } from "vitest";
import { parameter } from "@/testing/catalog";
import { limitsText, problemOf, stepped } from "./validate";

const timeout = parameter({});

test("the limits are named with their unit", () => {
  expect(limitsText(timeout)).toBe("1 to 900 s");
  expect(limitsText(parameter({ minimum: null }))).toBe("at most 900 s");
  expect(limitsText(parameter({ maximum: null }))).toBe("at least 1 s");
  expect(limitsText(parameter({ minimum: null, maximum: null }))).toBe("");
});

describe("a value is refused with its limits and what lies beyond", () => {
  test.each([
    [901, "Timeout must be 1 to 900 s. The environment is stopped."],
    [0, "Timeout must be 1 to 900 s. The environment is stopped."],
    [1.5, "Timeout must be a whole number."],
    ["x", "Timeout must be a number."],
    [Number.POSITIVE_INFINITY, "Timeout must be a number."],
  ])("%s", (value, problem) => {
    expect(problemOf(timeout, value)).toBe(problem);
  });
  test.each([1, 900, null])("%s is fine", (value) => {
    expect(problemOf(timeout, value)).toBeNull();
  });
});

test("JSON that cannot be read says so", () => {
  const filter = parameter({ kind: "json" });
  expect(problemOf(filter, '{"a": 1}')).toBeNull();
  expect(problemOf(filter, "{a")).toMatch(/^This is not JSON: /);
});

test("a choice that the catalog does not have is named", () => {
  const choice = parameter({ kind: "choice", choices: [{ value: "a", label: "A" }] });
  expect(problemOf(choice, "b")).toBe("“b” is not one of the choices.");
});

test("arrow keys step by one, by ten with Shift, and stop at the limits", () => {
  expect(stepped(timeout, 3, 1, false)).toBe(4);
  expect(stepped(timeout, 3, 1, true)).toBe(13);
  expect(stepped(timeout, 3, -1, true)).toBe(1);
  expect(stepped(timeout, 900, 1, false)).toBe(900);
  expect(stepped(parameter({ kind: "number", minimum: 0, maximum: null }), 0.5, 1, false)).toBe(0.6);
});
