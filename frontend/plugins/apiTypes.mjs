/**
 * Writes the shapes of the REST API as TypeScript: `node plugins/apiTypes.mjs`.
 *
 * Reads `src/api/openapi.json`, writes `src/api/schema.gen.ts`. Knows what our own server's schema
 * holds, and stops at anything else: the generators to be had need the compiler interface of
 * TypeScript 5.
 */
import { readFileSync, writeFileSync } from "node:fs";

const SOURCE = new URL("../src/api/openapi.json", import.meta.url);
const TARGET = new URL("../src/api/schema.gen.ts", import.meta.url);
const PREFIX = "#/components/schemas/";

function typeOf(schema, place) {
  const type = bareTypeOf(schema, place);
  return schema.nullable ? `${type} | null` : type;
}

function bareTypeOf(schema, place) {
  if (schema.$ref) return schema.$ref.slice(PREFIX.length);
  if (schema.allOf?.length === 1) return typeOf(schema.allOf[0], place);
  if (schema.oneOf) return schema.oneOf.map((each) => typeOf(each, place)).join(" | ");
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  switch (schema.type) {
    case "string":
      return schema.format === "binary" ? "Blob" : "string";
    case "integer":
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "array":
      return `readonly (${typeOf(schema.items, place)})[]`;
    case "object":
      return schema.properties ? fields(schema, place) : "Readonly<Record<string, unknown>>";
    case undefined:
      return "unknown";
    default:
      throw new Error(`${place}: ${JSON.stringify(schema)} is not known here`);
  }
}

function fields(schema, place) {
  const required = new Set(schema.required);
  const lines = Object.entries(schema.properties).map(
    ([name, field]) => `  readonly ${name}${required.has(name) ? "" : "?"}: ${typeOf(field, `${place}.${name}`)};\n`,
  );
  return `{\n${lines.join("")}}`;
}

/** The types of all shapes that an OpenAPI document names, as the text of a module. */
export function apiTypes({ components }) {
  const shapes = Object.keys(components.schemas)
    .sort()
    .map((name) => `export type ${name} = ${typeOf(components.schemas[name], name)};\n`);
  return `// Made by plugins/apiTypes.mjs from openapi.json; do not edit.\n\n${shapes.join("\n")}`;
}

if (process.argv[1]?.endsWith("apiTypes.mjs")) {
  writeFileSync(TARGET, apiTypes(JSON.parse(readFileSync(SOURCE, "utf8"))));
}
