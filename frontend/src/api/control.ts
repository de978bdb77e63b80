/** What a viewer may do to a run while it goes on (`simulator/server/control.py`). */
import type { Fault } from "./scenario";

export type Command =
  | { readonly kind: "pace"; readonly pace: number | null }
  | { readonly kind: "pause" | "play" | "step" }
  | { readonly kind: "load"; readonly factor: number }
  | { readonly kind: "inject"; readonly id: string; readonly fault: Fault }
  | { readonly kind: "lift"; readonly id: string };

/** Something that took place in a run: a fault that came or went, a change of the load. */
export interface Action {
  readonly at_s: number;
  readonly kind: "load" | "inject" | "lift";
  readonly factor?: number;
  readonly id?: string;
  readonly fault?: Fault;
  /** The scenario had it; otherwise a viewer did it. */
  readonly planned: boolean;
}

/** How a run is being played; `pace` is in simulated seconds per second, null as fast as possible. */
export interface Control {
  readonly pace: number | null;
  readonly paused: boolean;
  readonly load: number;
  readonly faults: readonly { readonly id: string; readonly fault: Fault }[];
  readonly actions: readonly Action[];
}

export const FRESH_CONTROL: Control = { pace: null, paused: false, load: 1, faults: [], actions: [] };
export const HIGHEST_LOAD = 10;
export const PACES: readonly (number | null)[] = [1, 5, 10, 60, 300, 1000, null];
