import { describe, expect, it } from "vitest";
import type { Parameter } from "@/state/catalog";
import type { Value } from "@/state/graph";
import { applies, holds } from "./applies";

interface Case {
  readonly name: string;
  readonly parameter: string;
  readonly values: readonly Value[];
  readonly value: Value;
  readonly applies: boolean;
}

const fixture = import.meta.glob<Case[]>("../../../../tests/fixtures/shown_when.json", {
  eager: true,
  import: "default",
});
const cases = Object.values(fixture).flat();

describe("when a setting applies", () => {
  it.each(cases.map((one) => [one.name, one] as const))("is decided as the server does: %s", (_, one) => {
    expect(holds(one, one.value)).toBe(one.applies);
  });

  const pattern = { id: "pattern", default: "poisson", shown_when: null } as unknown as Parameter;
  const peak = {
    id: "peak",
    default: null,
    shown_when: { parameter: "pattern", values: ["ramp"] },
  } as unknown as Parameter;

  it("goes by the default of the other as long as that is not set", () => {
    expect(applies(peak, [pattern, peak], {})).toBe(false);
    expect(applies(peak, [pattern, peak], { pattern: "ramp" })).toBe(true);
  });

  it("never hides what somebody has set", () => {
    expect(applies(peak, [pattern, peak], { peak: 20 })).toBe(true);
  });
});
