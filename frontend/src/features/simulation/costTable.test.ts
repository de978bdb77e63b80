import { describe, expect, it } from "vitest";
import type { Cost, CostLine } from "@/api/results";
import { costRows, priceSources, quantityTimesPrice, withFreeTier } from "./costTable";

function line(node: string, item: string, monthly: number, more: Partial<CostLine> = {}): CostLine {
  return {
    node,
    service: "Lambda",
    item,
    unit: "GB-seconds",
    quantity: 12_000,
    unit_price_usd: 0.0000166667,
    amount_usd: monthly / 100,
    monthly_quantity: 0,
    monthly_usd: monthly,
    source: "AWS price list",
    as_of: "2026-11",
    ...more,
  };
}

const cost = (lines: CostLine[]): Cost => ({
  region: "us-east-1",
  currency: "USD",
  lines,
  total_usd: 1,
  monthly_usd: lines.reduce((sum, each) => sum + each.monthly_usd, 0),
  excluded: [],
});

describe("free tiers", () => {
  it("take off the month what they hold, line by line", () => {
    const bill = {
      ...cost([line("a", "x", 5, { free_usd: { always: 2, legacy_12_months: 5 } }), line("b", "y", 3)]),
      monthly_free_usd: { always: 2, legacy_12_months: 5 },
    };
    expect(withFreeTier(bill, "none")).toBe(bill);
    expect(withFreeTier(bill, "always")).toMatchObject({
      monthly_usd: 6,
      lines: [{ monthly_usd: 3 }, { monthly_usd: 3 }],
    });
    expect(withFreeTier(bill, "legacy_12_months").monthly_usd).toBe(3);
  });

  it("change nothing in a bill that does not know them", () => {
    expect(withFreeTier(cost([line("a", "x", 5)]), "always").monthly_usd).toBe(5);
  });
});

describe("the bill", () => {
  it("keeps the lines of a node together, the dearest node and line first", () => {
    const rows = costRows(cost([line("a", "x", 5), line("b", "y", 3), line("b", "z", 6)]), (id) => id.toUpperCase());
    expect(rows.map((row) => [row.label, row.line.item, row.isFirstOfNode])).toEqual([
      ["B", "z", true],
      ["B", "y", false],
      ["A", "x", true],
    ]);
    expect(rows[0]?.share).toBeCloseTo(6 / 14);
  });

  it("shows how each amount comes about", () => {
    expect(quantityTimesPrice(line("a", "x", 1))).toBe("12k GB-seconds × $0.0000166667");
    const requests = line("a", "x", 1, { unit: "1M requests", quantity: 0.015, unit_price_usd: 0.2 });
    expect(quantityTimesPrice(requests)).toBe("15k requests × $0.20 per 1M");
    const puts = line("a", "x", 1, { unit: "1,000 requests", quantity: 15, unit_price_usd: 0.005 });
    expect(quantityTimesPrice(puts)).toBe("15k requests × $0.005 per 1,000");
  });

  it("marks estimates and names every source once, with its date", () => {
    const lines = [line("a", "x", 1), line("a", "y", 1), line("b", "z", 1, { source: "Windtunnel estimate" })];
    expect(costRows(cost(lines), (id) => id).map((row) => row.estimate)).toEqual([false, false, true]);
    expect(priceSources(cost(lines))).toEqual(["AWS price list, as of 2026-11", "Windtunnel estimate, as of 2026-11"]);
  });

  it("is empty for a run that used nothing", () => expect(costRows(cost([]), (id) => id)).toEqual([]));
});
