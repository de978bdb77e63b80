import { expect, it } from "vitest";
import openapi from "./openapi.json";
import committed from "./schema.gen.ts?raw";

it("the API's types are those of the server's schema", async () => {
  const generator = "../../plugins/apiTypes.mjs";
  const { apiTypes } = (await import(/* @vite-ignore */ generator)) as { apiTypes: (schema: unknown) => string };
  expect(committed).toBe(apiTypes(openapi));
});
