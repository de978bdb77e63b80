import { expect, test } from "vitest";
import { tierText } from "./tierText";

test("a tier's part of the month counts single things, whatever the price is for", () => {
  const requests = {
    unit: "1M requests",
    tiers: [
      { up_to: 300, price_usd: 1 },
      { up_to: null, price_usd: 0.9 },
    ],
  };
  expect(tierText(requests, 0)).toBe("per 1M requests, up to 300M");
  expect(tierText(requests, 1)).toBe("per 1M requests, from 300M");
  expect(tierText({ ...requests, unit: "GB" }, 1)).toBe("per GB, from 300");
  expect(tierText({ unit: "GB", tiers: [{ up_to: null, price_usd: 0.1 }] }, 0)).toBe("per GB");
});
