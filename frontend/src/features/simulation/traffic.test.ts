import { describe, expect, it } from "vitest";
import type { Traffic } from "@/api/scenario";
import { readTrace } from "./trace";
import { asUsers, patternProblems, rateAt, requestsOf, withPattern } from "./traffic";

const TRAFFIC: Traffic = { entry: "users", pattern: "poisson", rate_per_s: 10 };

describe("the shape of traffic", () => {
  it("steps from one rate to the next", () => {
    const traffic: Traffic = {
      ...TRAFFIC,
      pattern: "step",
      steps: [
        { from_s: 60, value: 100 },
        { from_s: 120, value: 0 },
      ],
    };
    expect([0, 59, 60, 119, 120].map((second) => rateAt(traffic, second, 180))).toEqual([10, 10, 100, 100, 0]);
    expect(requestsOf(traffic, 180)).toBeCloseTo(6_600, -2);
  });

  it("has its peak of a day where it was put", () => {
    const traffic: Traffic = { ...TRAFFIC, pattern: "diurnal", peak_rate_per_s: 90, period_s: 240, peak_at_s: 60 };
    expect(rateAt(traffic, 60, 240)).toBe(90);
    expect(rateAt(traffic, 180, 240)).toBeCloseTo(10);
    expect(requestsOf(traffic, 240)).toBeCloseTo(240 * 50, -1);
  });

  it("counts what users send while they wait and think", () => {
    const traffic = asUsers(TRAFFIC, true);
    expect(traffic.users).toBe(10);
    expect(requestsOf(traffic, 110)).toBeCloseTo(1000);
    expect(asUsers(traffic, false)).toEqual(TRAFFIC);
  });

  it("gives every pattern what it needs", () => {
    for (const pattern of ["ramp", "spike", "step", "diurnal", "bursty", "schedule", "trace"] as const) {
      const traffic = withPattern(TRAFFIC, pattern, 300);
      expect(patternProblems(traffic, "t", 300), pattern).toEqual({});
    }
  });
});

describe("a recording", () => {
  it("spreads counts until the next line, the last as long as the one before", () => {
    const read = readTrace("time,count\n0,100\n10,300\n");
    expect(read).toEqual({
      pieces: [
        { from: 0, to: 10, rate: 10 },
        { from: 10, to: 20, rate: 30 },
      ],
    });
  });

  it.each([
    ["second,rate\n0,1", "Line 1"],
    ["time,rate\n0,1\nx,2", "Line 3"],
    ["time,rate\n0,1\n\n5", "Line 4"],
    ["time,rate\n5,1\n5,2", "Line 3"],
    ["time,rate\n0,1", "two lines"],
  ])("says which line is wrong: %s", (text, words) => {
    expect(readTrace(text)).toMatchObject({ problem: expect.stringContaining(words) });
  });
});
