/** What can go wrong where, as the engine tells it for the design as it is stored. */
import { useEffect, useMemo, useState } from "react";
import { api } from "@/api/client";
import { FAULTS, type FaultKind } from "@/api/scenario";
import { useDesign } from "@/state/designStore";
import type { DesignNode } from "@/state/graph";

const ALL = Object.keys(FAULTS) as FaultKind[];
/** Edits reach the server within this time. */
const STORED_AFTER_MS = 500;

export interface FaultChoice {
  /** Nodes to which something can happen. */
  readonly nodes: readonly DesignNode[];
  /** Every kind as long as the engine has not said more. */
  readonly kindsOf: (node: string) => readonly FaultKind[];
}

export function useFaultChoice(): FaultChoice {
  const designId = useDesign((state) => state.designId);
  const nodes = useDesign((state) => state.nodes);
  const edges = useDesign((state) => state.edges);
  const [told, setTold] = useState<Readonly<Record<string, readonly FaultKind[]>>>({});
  const shape = useMemo(
    () => JSON.stringify([...nodes.values()].map(({ id, service, parameters }) => [id, service, parameters])),
    [nodes],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when what is drawn changes
  useEffect(() => {
    if (!designId) return;
    const asking = new AbortController();
    const timer = setTimeout(() => {
      api
        .get<{ nodes: Record<string, FaultKind[]> }>(`/api/designs/${designId}/faults/`, asking.signal)
        .then((answer) => setTold(answer.nodes))
        .catch(() => setTold({}));
    }, STORED_AFTER_MS);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [designId, shape, edges.size]);
  const kindsOf = (node: string) => told[node] ?? ALL;
  return {
    nodes: [...nodes.values()]
      .filter((node) => node.service !== "client" && kindsOf(node.id).length > 0)
      .sort((a, b) => a.label.localeCompare(b.label)),
    kindsOf,
  };
}
