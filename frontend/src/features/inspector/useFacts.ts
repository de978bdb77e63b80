import { useEffect, useState } from "react";
import { type EdgeFacts, factsApi, type NodeFacts } from "@/api/facts";
import { useDesign } from "@/state/designStore";
import { useFindings } from "@/state/findingsStore";

export type FactsAnswer<T> =
  | { readonly status: "loading" | "failed" }
  | { readonly status: "known"; readonly facts: T };

const LOADING = { status: "loading" } as const;

/** Facts of a node, asked for again whenever the server has checked a newer design. */
export function useNodeFacts(id: string): FactsAnswer<NodeFacts> {
  return useFacts(id, factsApi.node);
}

/** Facts of an edge, asked for again whenever the server has checked a newer design. */
export function useEdgeFacts(id: string): FactsAnswer<EdgeFacts> {
  return useFacts(id, factsApi.edge);
}

function useFacts<T>(
  id: string,
  ask: (designId: string, id: string, signal?: AbortSignal) => Promise<T>,
): FactsAnswer<T> {
  const designId = useDesign((state) => state.designId);
  const revision = useFindings((state) => state.revision);
  const [answer, setAnswer] = useState<FactsAnswer<T>>(LOADING);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a newer revision is the reason to ask again
  useEffect(() => {
    if (!designId) return;
    const controller = new AbortController();
    ask(designId, id, controller.signal)
      .then((facts) => setAnswer({ status: "known", facts }))
      .catch(() => {
        // What is known already stays: a node just drawn is not stored yet, and the next revision asks again.
        if (!controller.signal.aborted) setAnswer((old) => (old.status === "known" ? old : { status: "failed" }));
      });
    return () => controller.abort();
  }, [designId, id, revision, ask]);
  return answer;
}
