import { Fragment } from "react";
import { formatQuantity } from "@/format";
import type { Limit, Parameter } from "@/state/catalog";
import type { Parameters, Value } from "@/state/graph";
import { applies } from "./applies";
import styles from "./Inspector.module.css";
import { ParameterField } from "./ParameterField";
import { SAMPLE_EVENT, Trial } from "./Trial";

const SECTIONS = [
  { id: "setting", title: "Settings" },
  { id: "workload", title: "Workload" },
  { id: "quota", title: "Quotas" },
] as const;

interface ParameterSectionsProps {
  parameters: readonly Parameter[];
  limits?: readonly Limit[];
  own: Parameters;
  disabled: boolean;
  /** Services whose events the thing filters, for a sample event to begin with. */
  feeding?: readonly string[];
  onChange: (parameter: string, value: Value, merge: boolean) => void;
}

/** The parameters under their headings; the fixed limits of the service stand with the quotas. */
export function ParameterSections({
  parameters,
  limits = [],
  own,
  disabled,
  feeding = [],
  onChange,
}: ParameterSectionsProps) {
  return SECTIONS.map(({ id, title }) => {
    const members = parameters.filter(
      (parameter) => parameter.section === id && parameter.id !== SAMPLE_EVENT && applies(parameter, parameters, own),
    );
    const fixed = id === "quota" ? limits : [];
    if (members.length + fixed.length === 0) return null;
    const fields = (
      <div className={styles.fields}>
        {members.map((parameter) => (
          <Fragment key={parameter.id}>
            <ParameterField
              parameter={parameter}
              own={own[parameter.id] ?? null}
              disabled={disabled}
              onChange={(value, merge) => onChange(parameter.id, value, merge)}
            />
            <Trial
              parameter={parameter.id}
              parameters={parameters}
              own={own}
              feeding={feeding}
              disabled={disabled}
              onKeep={(sample) => onChange(SAMPLE_EVENT, sample, false)}
            />
          </Fragment>
        ))}
      </div>
    );
    if (id !== "quota") {
      return (
        <section key={id} className={styles.section}>
          <h3>{title}</h3>
          {fields}
        </section>
      );
    }
    return (
      <details key={id} className={styles.fold}>
        <summary>Quotas and limits</summary>
        {fields}
        <dl className={styles.facts}>
          {fixed.map((limit) => (
            <LimitLine key={limit.id} limit={limit} />
          ))}
        </dl>
      </details>
    );
  });
}

function LimitLine({ limit }: { limit: Limit }) {
  return (
    <>
      <dt title={limit.beyond}>
        {limit.label}
        {limit.adjustable && " (adjustable)"}
      </dt>
      <dd title={limit.source.title}>{formatQuantity(limit.value, limit.unit)}</dd>
    </>
  );
}
