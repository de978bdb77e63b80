import { useMemo } from "react";
import { useDesign } from "@/state/designStore";
import { useRuns } from "@/state/runStore";
import type { ChartContext } from "./chart";
import { DEFAULT_SCENARIO } from "./scenario";

const FUNCTION = "lambda";

/** What of the design and of the run's scenario the charts need; `entry` is the entry point whose latency is wanted. */
export function useChartContext(entry: string | null): ChartContext {
  const nodes = useDesign((state) => state.nodes);
  const accountConcurrency = useRuns(
    (state) => state.shown?.scenario.account_concurrency ?? DEFAULT_SCENARIO.account_concurrency,
  );
  const expectedWindows = useRuns(({ shown }) =>
    shown ? Math.ceil(shown.scenario.duration_s / Math.max(0.1, shown.scenario.window_s)) : 0,
  );
  const summary = useRuns((state) => state.summary);
  return useMemo(
    () => ({
      labelOf: (id) => nodes.get(id)?.label ?? id,
      functions: new Set([...nodes.values()].filter((node) => node.service === FUNCTION).map((node) => node.id)),
      accountConcurrency,
      expectedWindows,
      summary,
      entry,
    }),
    [nodes, accountConcurrency, expectedWindows, summary, entry],
  );
}
