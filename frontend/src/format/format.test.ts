import { describe, expect, it } from "vitest";
import {
  formatAgo,
  formatBytes,
  formatClock,
  formatCompact,
  formatCount,
  formatMilliseconds,
  formatMoney,
  formatMoneyBriefly,
  formatMoneyPerMonth,
  formatPercent,
  formatQuantity,
  formatRate,
  formatSeconds,
  formatUnitPrice,
} from ".";

describe("rates and counts", () => {
  it.each([
    [0, "0/s"],
    [0.034, "0.034/s"],
    [41, "41/s"],
    [898.4, "898/s"],
    [999.6, "1k/s"],
    [1_234, "1.2k/s"],
    [12_345, "12k/s"],
    [123_456, "123k/s"],
    [999_700, "1M/s"],
    [2_500_000, "2.5M/s"],
    [null, "–"],
    [Number.NaN, "–"],
  ])("writes %s per second as %s", (value, text) => expect(formatRate(value)).toBe(text));

  it("groups whole numbers and shortens them from a million on", () => {
    expect(formatCount(8_412)).toBe("8,412");
    expect(formatCount(999_999)).toBe("999,999");
    expect(formatCount(1_250_000)).toBe("1.3M");
    expect(formatCompact(-1_500)).toBe("-1.5k");
  });

  it("keeps the unit a parameter has", () => {
    expect(formatQuantity(1024, "MB")).toBe("1,024 MB");
    expect(formatQuantity(0.5, "s")).toBe("0.5 s");
    expect(formatQuantity(1, "messages")).toBe("1 message");
    expect(formatQuantity(10, "messages")).toBe("10 messages");
    expect(formatQuantity(120, "/s")).toBe("120/s");
    expect(formatQuantity(1_048_576, "bytes")).toBe("1 MB");
    expect(formatQuantity(3, "")).toBe("3");
  });
});

describe("lengths of time", () => {
  it.each([
    [0, "0 ms"],
    [0.4, "0.4 ms"],
    [84.2, "84 ms"],
    [688.4, "688 ms"],
    [999.7, "1 s"],
    [1_900, "1.9 s"],
    [29_000, "29 s"],
    [90_000, "90 s"],
    [120_000, "2 min"],
    [12 * 60_000, "12 min"],
    [3 * 3_600_000, "3 h"],
    [4 * 86_400_000, "4 d"],
  ])("writes %s ms as %s", (value, text) => expect(formatMilliseconds(value)).toBe(text));

  it("writes seconds the same way", () => {
    expect(formatSeconds(0.05)).toBe("50 ms");
    expect(formatSeconds(300)).toBe("5 min");
    expect(formatSeconds(undefined)).toBe("–");
  });

  it("writes simulated moments as a clock", () => {
    expect(formatClock(0)).toBe("0:00");
    expect(formatClock(432)).toBe("7:12");
    expect(formatClock(4_032)).toBe("1:07:12");
    expect(formatClock(59.9999999)).toBe("1:00");
  });

  it("says how long ago something was", () => {
    const now = Date.parse("2026-11-24T12:00:00Z");
    expect(formatAgo("2026-11-24T11:59:40Z", now)).toBe("just now");
    expect(formatAgo("2026-11-24T11:55:00Z", now)).toBe("5 minutes ago");
    expect(formatAgo("2026-11-23T11:00:00Z", now)).toBe("yesterday");
    expect(formatAgo("never", now)).toBe("–");
  });
});

describe("money", () => {
  it.each([
    [0, "$0.00"],
    [0.0034, "$0.0034"],
    [41.2, "$41.20"],
    [1_250, "$1,250.00"],
    [1_234_567, "$1.2M"],
    [-3.5, "-$3.50"],
    [null, "–"],
  ])("writes %s dollars as %s", (value, text) => expect(formatMoney(value)).toBe(text));

  it("writes large amounts briefly where asked to", () => {
    expect(formatMoneyBriefly(1_250)).toBe("$1.3k");
    expect(formatMoneyBriefly(12.5)).toBe("$12.50");
  });

  it("writes a month's cost and a unit's price", () => {
    expect(formatMoneyPerMonth(41.2)).toBe("$41.20/mo");
    expect(formatUnitPrice(0.0000166667)).toBe("$0.0000166667");
    expect(formatUnitPrice(0.2)).toBe("$0.20");
    expect(formatUnitPrice(1)).toBe("$1.00");
  });
});

describe("bytes and shares", () => {
  it("counts bytes in powers of 1024", () => {
    expect(formatBytes(0)).toBe("0 B");
    expect(formatBytes(1_048_576)).toBe("1 MB");
    expect(formatBytes(262_144)).toBe("256 KB");
  });

  it.each([
    [0, "0 %"],
    [0.0004, "<0.1 %"],
    [0.021, "2.1 %"],
    [0.5, "50 %"],
    [0.9995, ">99.9 %"],
    [1, "100 %"],
  ])("writes the share %s as %s", (value, text) => expect(formatPercent(value)).toBe(text));
});
