import { describe, expect, it } from "vitest";
import type { Experiment, Point } from "@/api/experiments";
import type { Parameter } from "@/state/catalog";
import {
  errorText,
  estimateText,
  monthlyRange,
  pointLabel,
  progressText,
  readValues,
  requestRate,
  suggestedValues,
} from "./experimentWords";

const memory = {
  id: "memory_mb",
  label: "Memory",
  kind: "integer",
  unit: "MB",
  minimum: 128,
  maximum: 10240,
  default: 128,
  choices: [],
} as unknown as Parameter;
const runtime = {
  ...memory,
  kind: "choice",
  choices: [
    { value: "a", label: "A" },
    { value: "b", label: "B" },
  ],
} as unknown as Parameter;
const experiment = (change: Partial<Experiment>): Experiment =>
  ({
    question: { kind: "sweep", replications: 2 },
    labels: ["Old", "New"],
    status: "running",
    trials_done: 3,
    trials_known: 8,
    ...change,
  }) as Experiment;
const point = (change: Partial<Point>): Point =>
  ({ point: 0, design: 0, load_factor: 1, settings: [], seconds: 100, entry_points: {}, ...change }) as Point;

describe("values to try", () => {
  it("lie around the present one and inside the limits", () => {
    expect(suggestedValues(memory, 1024)).toBe("256, 512, 1024, 2048, 4096");
    expect(suggestedValues(memory, 8192)).toBe("2048, 4096, 8192, 10240");
    expect(suggestedValues(memory, null)).toBe("128, 256, 512");
    expect(suggestedValues(runtime, "a")).toBe("a, b");
  });

  it("are read back", () => {
    expect(readValues(memory, "128, 256 ,512")).toEqual({ values: [128, 256, 512] });
    expect(readValues(runtime, "a,b")).toEqual({ values: ["a", "b"] });
    expect(readValues({ ...memory, kind: "boolean" } as Parameter, "true,false")).toEqual({ values: [true, false] });
  });

  it.each([
    ["512", "two values"],
    ["", "two values"],
    ["128, much", "much"],
    ["128, 1", "1 is no value"],
    ["128.5, 256", "128.5"],
    [Array.from({ length: 41 }, (_, at) => 128 + at).join(","), "Forty"],
  ])("%s is refused", (text, reason) => {
    const read = readValues(memory, text);
    expect("problem" in read && read.problem).toContain(reason);
  });
});

describe("words", () => {
  it("say how far an experiment is", () => {
    expect(progressText(experiment({}))).toBe("3 of 8 runs");
    expect(progressText(experiment({ question: { kind: "breaking_point", replications: 1 } }))).toBe("run 4");
    expect(progressText(experiment({ status: "finished", trials_done: 1 }))).toBe("1 run");
  });

  it("name a point by what it stands for", () => {
    const setting = { settings: [{ id: "fn", parameter: "memory_mb", value: 512 }] };
    expect(pointLabel(experiment({}), point(setting), memory)).toBe("512 MB");
    const search = experiment({ question: { kind: "breaking_point", replications: 1 } });
    expect(pointLabel(search, point({ load_factor: 2.828427 }), undefined)).toBe("2.83 × load");
    const compare = experiment({ question: { kind: "compare", replications: 2 } });
    expect(pointLabel(compare, point({ design: 1 }), undefined)).toBe("New");
  });

  it("give an estimate with its interval where there is one", () => {
    const estimate = { mean: 120, low: 110, high: 130, least: 100, greatest: 140 };
    expect(estimateText(estimate)).toBe("120 ms ± 10 ms");
    expect(estimateText({ ...estimate, low: null, high: null })).toBe("120 ms");
    expect(estimateText({ ...estimate, low: 120, high: 120 })).toBe("120 ms");
  });

  it("add up all entry points", () => {
    const entry_points = { a: { requests: 300, errors: 3 }, b: { requests: 100, errors: 1 } } as never;
    expect(requestRate(point({ entry_points }))).toBe(4);
    expect(errorText(point({ entry_points }))).toBe("1 %");
    expect(errorText(point({}))).toBe("0 %");
  });
});

describe("the bill of a month", () => {
  const cost = { mean: 40, low: 38, high: 42, least: 37, greatest: 43.5 };

  it("is low, expected and high, and says how that was worked out", () => {
    const range = monthlyRange(
      experiment({ question: { kind: "replications" } as Experiment["question"] }),
      point({ replications: 8, monthly_usd: cost }),
    );
    expect(range).toMatchObject({ low: 38, expected: 40, high: 42 });
    expect(range?.explanation).toContain("mean of 8 runs; low and high are its 95 % interval");
    expect(range?.explanation).toContain("$37.00 to $43.50");
  });

  it("has no range after a single run", () => {
    const once = point({ replications: 1, monthly_usd: { ...cost, low: null, high: null } });
    expect(monthlyRange(experiment({}), once)).toBeNull();
    expect(monthlyRange(experiment({}), point({ monthly_usd: null }))).toBeNull();
  });
});
