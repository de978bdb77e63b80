import { expect, test } from "vitest";
import { cardName } from "./headline";

test("a card shows the service's name where it fits, else its short label", () => {
  expect(cardName({ name: "Lambda function", label: "function" })).toBe("Lambda function");
  expect(cardName({ name: "API Gateway REST API", label: "REST API" })).toBe("REST API");
  expect(cardName({ name: "EventBridge event bus", label: "bus" })).toBe("Bus");
});
