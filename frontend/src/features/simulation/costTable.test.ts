import { describe, expect, it } from "vitest";
import type { Cost, CostLine } from "@/api/results";
import {
  costGroups,
  freeText,
  isEstimate,
  ownPrices,
  priceSources,
  priceTexts,
  quantityTimesPrice,
  withFreeTier,
} from "./costTable";

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
  it("keeps the lines of a node together under their sum, the dearest node and line first", () => {
    const groups = costGroups(cost([line("a", "x", 5), line("b", "y", 3), line("b", "z", 6)]), (id) =>
      id.toUpperCase(),
    );
    expect(groups.map(({ label, lines, monthlyUsd }) => [label, lines.map((each) => each.item), monthlyUsd])).toEqual([
      ["B", ["z", "y"], 9],
      ["A", ["x"], 5],
    ]);
    expect(groups[0]?.share).toBeCloseTo(9 / 14);
    expect(groups[0]?.amountUsd).toBeCloseTo(0.09);
  });

  it("shows how each amount comes about", () => {
    expect(quantityTimesPrice(line("a", "x", 1))).toBe("12k GB-seconds × $0.0000166667");
    const requests = line("a", "x", 1, { unit: "1M requests", quantity: 0.015, unit_price_usd: 0.2 });
    expect(quantityTimesPrice(requests)).toBe("15k requests × $0.20 per 1M");
    const puts = line("a", "x", 1, { unit: "1,000 requests", quantity: 15, unit_price_usd: 0.005 });
    expect(quantityTimesPrice(puts)).toBe("15k requests × $0.005 per 1,000");
  });

  it("tells every tier and what of a month is free", () => {
    const tiers = [
      { up_to: 300, price_usd: 1 },
      { up_to: null, price_usd: 0.9 },
    ];
    const requests = line("a", "x", 1, { unit: "1M requests", tiers, free_quantity: { always: 1 } });
    expect(priceTexts(requests)).toEqual(["$1.00 per 1M requests, up to 300M", "$0.90 per 1M requests, from 300M"]);
    expect(priceTexts(line("a", "x", 1))).toEqual(["$0.0000166667 per GB-seconds"]);
    expect(freeText(requests, "always")).toBe("1M requests");
    expect(freeText(requests, "none")).toBe("");
  });

  it("marks estimates and names every source once, with its date", () => {
    const lines = [
      line("a", "x", 1),
      line("a", "y", 1, { as_of: "2025-08" }),
      line("b", "z", 1, { source: "Windtunnel estimate" }),
    ];
    expect(lines.map(isEstimate)).toEqual([false, false, true]);
    expect(isEstimate(line("a", "x", 1, { estimate: "Requests alone." }))).toBe(true);
    expect(priceSources(cost(lines))).toEqual([
      "AWS price list, as of 2025-08 to 2026-11",
      "Windtunnel estimate, as of 2026-11",
    ]);
  });

  it("names the lines with a price of one's own", () => {
    const own = line("a", "x", 1, { own_price: true, source: "Your own price" });
    expect(ownPrices(cost([own, line("b", "y", 1)]), (id) => id.toUpperCase())).toEqual(["A: x"]);
    expect(priceSources(cost([own]))).toEqual(["Your own price"]);
  });

  it("is empty for a run that used nothing", () => expect(costGroups(cost([]), (id) => id)).toEqual([]));
});
