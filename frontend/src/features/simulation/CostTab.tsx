import { useMemo, useState } from "react";
import type { Cost } from "@/api/results";
import { formatMoney } from "@/format";
import { useDesign } from "@/state/designStore";
import { useRuns } from "@/state/runStore";
import { type FreeTier, setUi, useUi } from "@/state/uiStore";
import { Button, Select } from "@/ui";
import { BillTable } from "./BillTable";
import styles from "./CostTab.module.css";
import { costGroups, FREE_TIERS, ownPrices, priceSources, withFreeTier } from "./costTable";
import { PricesDialog } from "./prices/PricesDialog";

/** The itemised bill of the run being shown. */
export function CostTab() {
  const run = useRuns((state) => state.shown);
  const cost = useRuns((state) => state.summary?.cost);
  const durationS = useRuns((state) => state.summary?.duration_s ?? 0);
  const soFar = useRuns((state) => state.windows.at(-1)?.cost_usd);
  if (cost) return <Bill cost={cost} durationS={durationS} />;
  if (!run) return <p className={styles.empty}>Run the design: what it costs is listed here, line by line.</p>;
  return (
    <p className={styles.empty}>
      {soFar === undefined ? "" : `${formatMoney(soFar)} so far. `}The itemised bill is here when the run has ended.
    </p>
  );
}

function Bill({ cost: whole, durationS }: { cost: Cost; durationS: number }) {
  const nodes = useDesign((state) => state.nodes);
  const freeTier = useUi((state) => state.freeTier);
  const cost = useMemo(() => withFreeTier(whole, freeTier), [whole, freeTier]);
  const labelOf = (id: string) => nodes.get(id)?.label ?? id;
  const groups = useMemo(() => costGroups(cost, (id) => nodes.get(id)?.label ?? id), [cost, nodes]);
  const own = ownPrices(cost, labelOf);
  return (
    <>
      <div className={styles.choice}>
        <label htmlFor="free-tier">A month</label>
        <Select
          id="free-tier"
          value={freeTier}
          onChange={(event) => setUi({ freeTier: event.target.value as FreeTier })}
        >
          {FREE_TIERS.map((tier) => (
            <option key={tier.id} value={tier.id}>
              {tier.label}
            </option>
          ))}
        </Select>
        <PricesButton />
      </div>
      <BillTable cost={cost} durationS={durationS} groups={groups} freeTier={freeTier} />
      <div className={styles.notes}>
        <section>
          <h3>Not in this bill</h3>
          <ul>
            {cost.excluded.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
        </section>
        <section>
          <h3>How it is worked out</h3>
          <ul>
            <li>A month is 730 hours at the mean rate of this run, with the price tiers applied.</li>
            <li>Tiers and free tiers count what all nodes use together; each line has its share.</li>
            <li>How far a month can be from it is told by an experiment that repeats the run.</li>
            {own.length > 0 && <li>Your own prices: {own.join("; ")}.</li>}
            {priceSources(cost).map((source) => (
              <li key={source}>Prices: {source}.</li>
            ))}
          </ul>
        </section>
      </div>
    </>
  );
}

function PricesButton() {
  const workspace = useDesign((state) => state.workspace);
  const [open, setOpen] = useState(false);
  if (!workspace) return null;
  return (
    <>
      <Button variant="link" onClick={() => setOpen(true)}>
        Prices and quotas…
      </Button>
      <PricesDialog workspaceId={workspace.id} open={open} onClose={() => setOpen(false)} />
    </>
  );
}
