import { describe, expect, test } from "vitest";
import css from "./tokens.css?raw";

function tokens(theme: string): Map<string, string> {
  const block = new RegExp(`data-theme="${theme}"\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? "";
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map((match) => [match[1] ?? "", match[2] ?? ""]));
}

/** WCAG 2.2: relative luminance and contrast ratio. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const SURFACES = ["surface", "canvas", "surface-sunken", "surface-active", "surface-float"];
const WORDS = [
  "text",
  "text-secondary",
  "text-tertiary",
  "accent-text",
  "error-text",
  "warning-text",
  "advice-text",
  "good-text",
];
const MARKS = [
  "edge",
  "edge-poll",
  "edge-authorizer",
  "edge-failure",
  "edge-delivery",
  "flow-dot",
  "good",
  "warning",
  "error",
  "accent",
];
const PAIRS = [
  ...WORDS.flatMap((word) => SURFACES.map((surface) => [word, surface, 4.5] as const)),
  ...["accent", "error", "warning", "advice"].map((tone) => [`on-${tone}`, tone, 4.5] as const),
  ...["accent", "error", "warning", "advice", "good"].map((tone) => [`${tone}-text`, `${tone}-soft`, 4.5] as const),
  ...MARKS.flatMap((mark) => ["canvas", "surface"].map((surface) => [mark, surface, 3] as const)),
];

describe.each(["light", "dark"])("in the %s theme", (theme) => {
  const colors = tokens(theme);
  test.each(PAIRS)("%s on %s has a contrast of at least %d", (front, back, least) => {
    expect(contrast(colors.get(front) ?? "", colors.get(back) ?? "")).toBeGreaterThanOrEqual(least);
  });
});
