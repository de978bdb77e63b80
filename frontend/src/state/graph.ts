/** The design as the browser holds it: plain values, never changed in place. */

export type Value = string | number | boolean | null;
export type Parameters = Readonly<Record<string, Value>>;

export type Mode =
  | "synchronous"
  | "asynchronous"
  | "event_source_mapping"
  | "subscription"
  | "rule_target"
  | "pipe"
  | "integration"
  | "delivery"
  | "trigger"
  | "authorizer"
  | "failure";

export type Flow = "sync" | "async" | "poll" | "job" | "callback";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

/** A node without its position, which lives apart so that moving a card changes nothing else. */
export interface DesignNode {
  readonly id: string;
  readonly service: string;
  readonly label: string;
  readonly parameters: Parameters;
  readonly group?: string;
  readonly resource?: unknown;
}

export interface DesignEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** Id of a row of the connection table, or `unknown`. */
  readonly connection: string;
  readonly mode: Mode;
  readonly flow: Flow;
  readonly parameters: Parameters;
}

export interface Group extends Rect {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
  readonly parent?: string;
}

export interface Note extends Rect {
  readonly id: string;
  readonly text: string;
}

/** A scenario as in the file format; `docs/scenario-format.md`. */
export type Scenario = Readonly<Record<string, unknown>> & { readonly id: string };

/** A node as the file format has it, position included. */
export type PlacedNode = DesignNode & Point;

/** The native file format; `docs/design-format.md`. */
export interface DesignDocument {
  readonly format: "windtunnel-design";
  readonly version: number;
  readonly name: string;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly DesignEdge[];
  readonly groups: readonly Group[];
  readonly notes: readonly Note[];
  readonly scenarios: readonly Scenario[];
}

export const UNKNOWN_CONNECTION = "unknown";

/** The card of a node in canvas pixels. */
export const NODE_WIDTH = 168;
export const NODE_HEIGHT = 64;
