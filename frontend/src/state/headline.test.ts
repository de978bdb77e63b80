import { expect, test } from "vitest";
import { parameter } from "@/testing/catalog";
import { cardName, headline } from "./headline";

test("a card shows the service's name where it fits, else its short label", () => {
  expect(cardName({ name: "Lambda function", label: "function" })).toBe("Lambda function");
  expect(cardName({ name: "API Gateway REST API", label: "REST API" })).toBe("REST API");
  expect(cardName({ name: "EventBridge event bus", label: "bus" })).toBe("Bus");
});

test("the line of settings reads by itself", () => {
  const line = (change: Parameters<typeof parameter>[0], value: number | boolean | string) =>
    headline([parameter({ id: "it", ...change })], { it: value });
  expect(line({ unit: "shards" }, 1)).toBe("1 shard");
  expect(line({ unit: "shards" }, 2)).toBe("2 shards");
  expect(line({ unit: "retries" }, 1)).toBe("1 retry");
  expect(line({ unit: "indexes" }, 1)).toBe("1 index");
  expect(line({ unit: "ms" }, 1)).toBe("1 ms");
  expect(line({ kind: "boolean", label: "Guests", unit: "" }, false)).toBe("Guests: off");
  expect(line({ kind: "number", label: "Sampling", unit: "" }, 0.05)).toBe("Sampling: 0.05");
  expect(line({ kind: "text", unit: "" }, '{ "StartAt": "Charge" }')).toBe("");
});
