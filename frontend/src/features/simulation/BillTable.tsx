import { ChevronRight } from "lucide-react";
import { type CSSProperties, useId, useState } from "react";
import type { Cost, CostLine } from "@/api/results";
import { formatMoney, formatMoneyPerMonth, formatPercent, formatSeconds } from "@/format";
import { selectOne } from "@/state/selection";
import type { FreeTier } from "@/state/uiStore";
import { Button, classes } from "@/ui";
import styles from "./CostTab.module.css";
import {
  amountText,
  type CostGroup,
  freeText,
  isEstimate,
  priceTexts,
  quantityTimesPrice,
  shareOf,
  sourceText,
} from "./costTable";

interface BillTableProps {
  cost: Cost;
  durationS: number;
  groups: readonly CostGroup[];
  freeTier: FreeTier;
}

/** The lines of the bill, node by node with a sum for each; a line opens to show how it is counted. */
export function BillTable({ cost, durationS, groups, freeTier }: BillTableProps) {
  return (
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
          {freeTier !== "none" && (
            <th scope="col" className={styles.number}>
              Free in a month
            </th>
          )}
          <th scope="col" className={styles.number}>
            Per month
          </th>
          <th scope="col" className={styles.number}>
            Share
          </th>
        </tr>
      </thead>
      {groups.length === 0 && (
        <tbody>
          <tr>
            <td colSpan={freeTier === "none" ? 6 : 7}>Nothing that has a price was used.</td>
          </tr>
        </tbody>
      )}
      {groups.map((group) => (
        <Group key={group.node} group={group} cost={cost} freeTier={freeTier} />
      ))}
      <tfoot>
        <tr>
          <th scope="row" colSpan={3}>
            Total of {formatSeconds(durationS)} simulated time in {cost.region}
          </th>
          <td className={styles.number}>{formatMoney(cost.total_usd)}</td>
          {freeTier !== "none" && <td />}
          <td className={styles.number}>{formatMoneyPerMonth(cost.monthly_usd)}</td>
          <td />
        </tr>
      </tfoot>
    </table>
  );
}

interface GroupProps {
  group: CostGroup;
  cost: Cost;
  freeTier: FreeTier;
}

/** A node with one line is one row; one with several has a row for their sum first. */
function Group({ group, cost, freeTier }: GroupProps) {
  const several = group.lines.length > 1;
  const name = (
    <Button variant="link" className={styles.node} onClick={() => selectOne("node", group.node)}>
      <bdi>{group.label}</bdi>
    </Button>
  );
  return (
    <tbody>
      {several && (
        <tr className={classes(styles.first, styles.sum)}>
          <th scope="row">{name}</th>
          <td>{group.lines.length} lines</td>
          <td />
          <td className={styles.number}>{formatMoney(group.amountUsd)}</td>
          {freeTier !== "none" && <td />}
          <td className={styles.number}>{formatMoney(group.monthlyUsd)}</td>
          <td className={styles.number}>
            <Share share={group.share} />
          </td>
        </tr>
      )}
      {group.lines.map((line) => (
        <Line
          key={`${line.item}:${line.unit}`}
          line={line}
          name={several ? <span className="visually-hidden">{group.label}</span> : name}
          isFirst={!several}
          share={shareOf(cost, line.monthly_usd)}
          freeTier={freeTier}
        />
      ))}
    </tbody>
  );
}

interface LineProps {
  line: CostLine;
  name: React.ReactNode;
  isFirst: boolean;
  share: number;
  freeTier: FreeTier;
}

function Line({ line, name, isFirst, share, freeTier }: LineProps) {
  const [open, setOpen] = useState(false);
  const details = useId();
  return (
    <>
      <tr className={classes(isFirst && styles.first)}>
        <th scope="row">{name}</th>
        <td>
          <button
            type="button"
            className={styles.item}
            aria-expanded={open}
            aria-controls={details}
            onClick={() => setOpen(!open)}
          >
            <ChevronRight size={12} className={classes(styles.chevron, open && styles.turned)} />
            {line.item}
          </button>
          {isEstimate(line) && <span className={styles.tag}>estimate</span>}
          {line.own_price && <span className={styles.own}>your price</span>}
        </td>
        <td className={styles.number}>{quantityTimesPrice(line)}</td>
        <td className={styles.number}>{formatMoney(line.amount_usd)}</td>
        {freeTier !== "none" && <td className={styles.number}>{freeText(line, freeTier)}</td>}
        <td className={styles.number}>{formatMoney(line.monthly_usd)}</td>
        <td className={styles.number}>
          <Share share={share} />
        </td>
      </tr>
      {open && (
        <tr id={details} className={styles.details}>
          <td />
          <td colSpan={freeTier === "none" ? 5 : 6}>
            <Details line={line} freeTier={freeTier} />
          </td>
        </tr>
      )}
    </>
  );
}

/** How the line comes about: what a month uses, the tiers, what is free, how AWS counts, and who says so. */
function Details({ line, freeTier }: { line: CostLine; freeTier: FreeTier }) {
  const free = freeText(line, freeTier);
  return (
    <dl>
      <dt>A month</dt>
      <dd>
        {amountText(line.monthly_quantity, line.unit)}
        {free && `, of which ${free} are free`}
      </dd>
      <dt>Price</dt>
      <dd>{priceTexts(line).join("; ")}</dd>
      <dt>Free tier</dt>
      <dd>{line.free_tier || "none"}</dd>
      {line.rounding && (
        <>
          <dt>Counted</dt>
          <dd>{line.rounding}</dd>
        </>
      )}
      {line.estimate && (
        <>
          <dt>Estimate</dt>
          <dd>{line.estimate}</dd>
        </>
      )}
      <dt>Source</dt>
      <dd>
        {line.url ? (
          <a href={line.url} target="_blank" rel="noreferrer">
            {sourceText(line)}
          </a>
        ) : (
          sourceText(line)
        )}
      </dd>
    </dl>
  );
}

function Share({ share }: { share: number }) {
  return (
    <span className={styles.share} style={{ "--share": share } as CSSProperties}>
      {formatPercent(share)}
    </span>
  );
}
