import { type CSSProperties, useMemo, useState } from "react";
import type { Cost } from "@/api/results";
import { formatMoney, formatMoneyPerMonth, formatPercent, formatSeconds } from "@/format";
import { useDesign } from "@/state/designStore";
import { useRuns } from "@/state/runStore";
import { selectOne } from "@/state/selection";
import { type FreeTier, setUi, useUi } from "@/state/uiStore";
import { Button, Select } from "@/ui";
import styles from "./CostTab.module.css";
import { type CostRow, costRows, FREE_TIERS, priceSources, quantityTimesPrice, withFreeTier } from "./costTable";
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
  const rows = useMemo(() => costRows(cost, (id) => nodes.get(id)?.label ?? id), [cost, nodes]);
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
      <table className={styles.table} data-testid="cost-table">
        <caption className="visually-hidden">Cost of the run, and of a month like it</caption>
        <thead>
          <tr>
            <th scope="col">Node</th>
            <th scope="col">Item</th>
            <th scope="col" className={styles.number}>
              Quantity × unit price
            </th>
            <th scope="col" className={styles.number}>
              This run
            </th>
            <th scope="col" className={styles.number}>
              Per month
            </th>
            <th scope="col" className={styles.number}>
              Share
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={`${row.line.node}:${row.line.item}:${row.line.unit}`} row={row} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              Total of {formatSeconds(durationS)} simulated time in {cost.region}
            </th>
            <td className={styles.number}>{formatMoney(cost.total_usd)}</td>
            <td className={styles.number}>{formatMoneyPerMonth(cost.monthly_usd)}</td>
            <td />
          </tr>
        </tfoot>
      </table>
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

function Row({ row }: { row: CostRow }) {
  const { line } = row;
  return (
    <tr className={row.isFirstOfNode ? styles.first : undefined}>
      <th scope="row">
        {row.isFirstOfNode ? (
          <Button variant="link" className={styles.node} onClick={() => selectOne("node", line.node)}>
            <bdi>{row.label}</bdi>
          </Button>
        ) : (
          <span className="visually-hidden">{row.label}</span>
        )}
      </th>
      <td title={`${line.service}. ${line.source}`}>
        {line.item}
        {row.estimate && <span className={styles.tag}>estimate</span>}
      </td>
      <td className={styles.number}>{quantityTimesPrice(line)}</td>
      <td className={styles.number}>{formatMoney(line.amount_usd)}</td>
      <td className={styles.number}>{formatMoney(line.monthly_usd)}</td>
      <td className={styles.number}>
        <span className={styles.share} style={{ "--share": row.share } as CSSProperties}>
          {formatPercent(row.share)}
        </span>
      </td>
    </tr>
  );
}
