/** The catalog as `GET /api/catalog/` sends it. */
import type { Flow, Mode, Value } from "./graph";

export interface Source {
  readonly title: string;
  readonly url: string;
  readonly as_of: string;
  readonly estimate: boolean;
}

export type ParameterKind = "integer" | "number" | "choice" | "boolean" | "text" | "json";

export interface Parameter {
  readonly id: string;
  readonly label: string;
  readonly kind: ParameterKind;
  readonly default: Value;
  readonly help: string;
  readonly source: Source;
  readonly unit: string;
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly section: "setting" | "workload" | "quota";
  readonly adjustable: boolean;
  readonly beyond: string;
  readonly headline: boolean;
  /** When the setting applies; null: always. Without values the other parameter has to be set. */
  readonly shown_when: { readonly parameter: string; readonly values: readonly Value[] } | null;
}

export interface Limit {
  readonly id: string;
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  readonly beyond: string;
  readonly source: Source;
  readonly adjustable: boolean;
}

/** How a container is drawn, and in which others it can lie. */
export interface Frame {
  readonly colour: string;
  readonly dashed: boolean;
  readonly parents: readonly string[];
  readonly width: number;
  readonly height: number;
}

export interface Service {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly category: string;
  readonly summary: string;
  readonly icon: string;
  readonly source: Source;
  readonly parameters: readonly Parameter[];
  readonly limits: readonly Limit[];
  readonly model: {
    readonly modelled: readonly string[];
    readonly estimated: readonly string[];
    readonly not_modelled: readonly string[];
  };
  readonly keywords: readonly string[];
  readonly entry_point: boolean;
  /** Set for containers, which are drawn as frames of the kind `id`. */
  readonly frame: Frame | null;
}

export interface Bridge {
  readonly service: string;
  readonly label: string;
  readonly first: string;
  readonly second: string;
}

/** A setting without which a connection does not work; `message` completes "works only when". */
export interface Requirement {
  readonly end: "source" | "target" | "edge";
  readonly parameter: string;
  readonly comparison: "one_of" | "none_of" | "at_least" | "at_most" | "is_set";
  readonly values: readonly Value[];
  readonly message: string;
  /** What one click sets; null where no single value is right. */
  readonly fix: Value;
  readonly certain: boolean;
}

export interface Connection {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly mode: Mode;
  readonly flow: Flow;
  readonly verdict: "valid" | "conditional" | "invalid";
  readonly label: string;
  readonly explanation: string;
  readonly conditions: string;
  readonly authority: Source;
  readonly preferred: boolean;
  readonly drawable: boolean;
  readonly alternative: string;
  readonly bridge: Bridge | null;
  readonly poller: string;
  readonly retries: string;
  readonly delivery: string;
  readonly ordering: string;
  readonly permission_side: "none" | "execution_role" | "resource_policy" | "service_role";
  readonly permission: string;
  readonly requirements: readonly Requirement[];
  readonly parameters: readonly Parameter[];
  /** False when AWS has no such mechanism. */
  readonly usable: boolean;
  /** Id of an edge style. */
  readonly style: string;
}

/** One line of the legend: how edges of one meaning are drawn. */
export interface EdgeStyle {
  readonly id: string;
  readonly label: string;
  readonly explanation: string;
  readonly line: "solid" | "dashed" | "dotted" | "double" | "long_dash";
  readonly width: number;
  readonly end: "filled" | "open" | "ring" | "shield";
  readonly start: "diamond" | "none";
}

export interface Labelled {
  readonly id: string;
  readonly label: string;
}

export interface Catalog {
  readonly version: string;
  readonly categories: readonly string[];
  readonly services: readonly Service[];
  readonly connections: readonly Connection[];
  readonly modes: readonly (Labelled & { readonly styles: Readonly<Record<Flow, string>> })[];
  readonly flows: readonly Labelled[];
  readonly styles: readonly EdgeStyle[];
  readonly verdicts: readonly Labelled[];
  readonly permission_sides: readonly Labelled[];
}
