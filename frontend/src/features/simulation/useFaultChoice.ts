/** What can go wrong where, as the engine tells it for the design as it is stored. */
import { useMemo } from "react";
import { api } from "@/api/client";
import { FAULTS, type FaultKind } from "@/api/scenario";
import { useAnswer } from "@/api/useAnswer";
import { useDesign } from "@/state/designStore";
import type { DesignEdge, DesignNode } from "@/state/graph";

const ALL = Object.keys(FAULTS) as FaultKind[];

interface Question {
  readonly designId: string;
  /** What is drawn: the question is asked again when that changes. */
  readonly shape: string;
}

interface Answer {
  readonly nodes: Readonly<Record<string, readonly FaultKind[]>>;
  readonly breakers: readonly string[];
}

const ask = ({ designId }: Question) => api.get<Answer>(`/api/designs/${designId}/faults/`);

export interface FaultChoice {
  /** Nodes to which something can happen. */
  readonly nodes: readonly DesignNode[];
  /** Every kind as long as the engine has not said more. */
  readonly kindsOf: (node: string) => readonly FaultKind[];
  /** Connections over which a caller could stop calling; all as long as the engine has not said more. */
  readonly breakable: readonly DesignEdge[];
}

export function useFaultChoice(): FaultChoice {
  const designId = useDesign((state) => state.designId);
  const nodes = useDesign((state) => state.nodes);
  const edges = useDesign((state) => state.edges);
  const question = useMemo(() => {
    const drawn = [...nodes.values()].map(({ id, service, parameters }) => [id, service, parameters]);
    const connected = [...edges.values()].map(({ id, connection }) => [id, connection]);
    return designId ? { designId, shape: JSON.stringify([drawn, connected]) } : null;
  }, [designId, nodes, edges]);
  const { answer } = useAnswer<Question, Answer>(question, ask);
  const kindsOf = (node: string) => answer?.nodes[node] ?? ALL;
  return {
    nodes: [...nodes.values()]
      .filter((node) => node.service !== "client" && kindsOf(node.id).length > 0)
      .sort((a, b) => a.label.localeCompare(b.label)),
    kindsOf,
    breakable: [...edges.values()].filter((edge) => answer?.breakers.includes(edge.id) ?? true),
  };
}
