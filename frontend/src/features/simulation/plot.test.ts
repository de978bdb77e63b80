import { describe, expect, it } from "vitest";
import type { ChartData } from "./chart";
import { axisText, plotData, shapeKey, spread, timeSplits, topOf } from "./plot";

function chart(xs: number[], values: (number | null)[]): ChartData {
  return {
    id: "rate",
    title: "Rate",
    xs,
    lines: [{ key: "a", label: "a", colour: "--series-1", values }],
    format: String,
    headline: () => "",
    promise: "",
    main: "a",
  };
}

describe("a plot", () => {
  it("is fed on while only numbers change, and made anew when its lines change", () => {
    const shape = { chart: chart([1], [1]), log: false, durationS: 60, ghost: false, actions: [] };
    expect(shapeKey({ ...shape, chart: chart([1, 2], [5, 6]) })).toBe(shapeKey(shape));
    expect(shapeKey({ ...shape, log: true })).not.toBe(shapeKey(shape));
  });

  it("lines a compared run up by time, whatever its windows' length", () => {
    const data = plotData(chart([1, 2, 3], [1, 2, 3]), chart([2, 4], [20, 40]), false);
    expect(data[0]).toEqual([1, 2, 3, 4]);
    expect([...(data[2] ?? [])].map((value) => value ?? null)).toEqual([null, 20, null, 40]);
  });

  it("leaves out what a logarithmic axis cannot show", () => {
    expect(plotData(chart([1, 2], [0, 5]), null, true)[1]).toEqual([null, 5]);
  });

  it("shows the limit only when it is near", () => {
    expect(topOf(40, 50)).toBeCloseTo(54);
    expect(topOf(10, 1000)).toBeCloseTo(10.8);
    expect(topOf(0, undefined)).toBeGreaterThan(0);
  });

  it("has round moments on its time axis", () => {
    expect(timeSplits(300, 300)).toEqual([0, 120, 240]);
    expect(timeSplits(300, 600)).toEqual([0, 60, 120, 180, 240, 300]);
    expect(timeSplits(86_400, 300)).toEqual([0, 43_200, 86_400]);
  });

  it("moves labels apart within the chart", () => {
    expect(spread([50, 51, 52], 10, 0, 100)).toEqual([50, 60, 70]);
    expect(spread([99, 98], 10, 0, 100)).toEqual([100, 90]);
    expect(spread([10, 40], 10, 0, 100)).toEqual([10, 40]);
  });
});

describe("the text beside an axis", () => {
  it("shortens long counts and leaves the rest", () => {
    const count = (value: number) => value.toLocaleString("en");
    expect([0.5, 2000, 200_000].map((value) => axisText(count, value))).toEqual(["0.5", "2,000", "200k"]);
    expect(axisText((value) => `${value} ms`, 150)).toBe("150 ms");
  });
});
