import { describe, expect, it } from "vitest";
import type { Prices } from "@/api/prices";
import { draftOf, readDraft } from "./overrideDraft";

const prices = (overrides: Prices["overrides"]): Prices =>
  ({
    region: "us-east-1",
    changed_at: null,
    changed_by: null,
    overrides,
    rates: [
      {
        id: "lambda.requests",
        service: "Lambda function",
        item: "Requests",
        tiers: [
          { up_to: 10, price_usd: 0.2 },
          { up_to: null, price_usd: 0.1 },
        ],
      },
    ],
    quotas: [{ id: "sqs_standard.in_flight", value: 120_000 }],
  }) as unknown as Prices;
const NOTHING = { prices: {}, quotas: {} };

describe("prices and quotas of one's own", () => {
  it("are nothing as long as nothing is typed", () => {
    expect(readDraft(prices(NOTHING), {})).toEqual({ overrides: NOTHING });
    expect(readDraft(prices(NOTHING), { "lambda.requests:0": "0.2" })).toEqual({ overrides: NOTHING });
  });

  it("keep the published price in the tiers that are left alone", () => {
    expect(readDraft(prices(NOTHING), { "lambda.requests:1": "0.05", "sqs_standard.in_flight": "200,000" })).toEqual({
      overrides: {
        prices: {
          "lambda.requests": [
            { up_to: 10, price_usd: 0.2 },
            { up_to: null, price_usd: 0.05 },
          ],
        },
        quotas: { "sqs_standard.in_flight": 200_000 },
      },
    });
  });

  it("are shown as they were saved", () => {
    const draft = { "lambda.requests:1": "0.05", "sqs_standard.in_flight": "5" };
    const read = readDraft(prices(NOTHING), draft);
    expect("overrides" in read && draftOf(prices(read.overrides))).toEqual(draft);
  });

  it("keep tiers of their own edges, which the fields do not show, until a price is typed", () => {
    const own = { prices: { "lambda.requests": [{ up_to: null, price_usd: 0.15 }] }, quotas: {} };
    expect(draftOf(prices(own))).toEqual({});
    expect(readDraft(prices(own), {})).toEqual({ overrides: own });
    expect(readDraft(prices(own), { "lambda.requests:0": "0.18" })).toMatchObject({
      overrides: {
        prices: {
          "lambda.requests": [
            { up_to: 10, price_usd: 0.18 },
            { up_to: null, price_usd: 0.1 },
          ],
        },
      },
    });
  });

  it.each(["-1", "cheap", "1e999", "1000001"])("%s is no price", (text) => {
    expect(readDraft(prices(NOTHING), { "lambda.requests:0": text })).toMatchObject({
      key: "lambda.requests:0",
      problem: "Lambda function, Requests: a price is a number from 0 to 1,000,000.",
    });
  });
});
