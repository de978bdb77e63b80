import { api } from "./client";

/** Something wrong in a definition; line and column count from 1. */
export interface DefinitionProblem {
  readonly level: "error" | "warning" | "advice";
  readonly code: string;
  readonly message: string;
  readonly cure: string;
  readonly place: string;
  readonly line: number;
  readonly column: number;
}

/** A state in the picture; `inside` is the id of the state that it lies in, `lane` which branch of it. */
export interface StateBox {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly detail: string;
  readonly inside: string;
  readonly lane: number;
  readonly line: number;
  readonly begins: boolean;
  readonly ends: boolean;
}

export interface StateLine {
  readonly origin: string;
  readonly target: string;
  readonly kind: "next" | "choice" | "default" | "catch";
  readonly text: string;
}

export interface DefinitionCheck {
  readonly problems: readonly DefinitionProblem[];
  readonly boxes: readonly StateBox[];
  readonly lines: readonly StateLine[];
}

export interface StarterDefinition {
  readonly id: string;
  readonly name: string;
  readonly explanation: string;
  readonly definition: string;
}

export const workflowsApi = {
  check: (definition: string, express: boolean) =>
    api.post<DefinitionCheck>("/api/workflows/check/", { definition, express }),
  starters: (signal?: AbortSignal) => api.get<StarterDefinition[]>("/api/workflows/starters/", signal),
};
