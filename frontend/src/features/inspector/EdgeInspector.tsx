import { ArrowRight } from "lucide-react";
import type { Connection } from "@/state/catalog";
import { pairKey, useCatalog, withConnection } from "@/state/catalogStore";
import { useCanEdit, useDesign } from "@/state/designStore";
import { editByOperations } from "@/state/editing";
import type { DesignEdge } from "@/state/graph";
import { Select } from "@/ui";
import { EdgeFactsSections } from "./Facts";
import { Findings } from "./Findings";
import { HelpButton, SourceLine } from "./Help";
import styles from "./Inspector.module.css";
import { ParameterSections } from "./ParameterSections";

export function EdgeInspector({ edge }: { edge: DesignEdge }) {
  const source = useDesign((state) => state.nodes.get(edge.source));
  const target = useDesign((state) => state.nodes.get(edge.target));
  const row = useCatalog((state) => state.connections.get(edge.connection));
  const labels = useCatalog((state) => state.labels);
  const pairs = useCatalog((state) => state.pairs);
  const editable = useCanEdit();
  const choices = (pairs.get(pairKey(source?.service ?? "", target?.service ?? "")) ?? []).filter(
    (other) => other.usable,
  );
  return (
    <>
      <div className={styles.kind}>
        <span className={styles.badge}>{labels.get(`mode:${edge.mode}`) ?? edge.mode}</span>
        {row && <HelpButton address={`connections/${row.id}`} about={row.label} />}
      </div>
      <h2 className={styles.title} dir="auto">
        {source?.label ?? edge.source} <ArrowRight size={13} aria-label="to" /> {target?.label ?? edge.target}
      </h2>
      <p className={styles.summary}>
        {row?.explanation ?? "Windtunnel does not know what this arrow means; it is drawn and takes no part in a run."}
      </p>
      <Findings subjectId={edge.id} />
      {(choices.length > 1 || (choices.length === 1 && choices[0]?.id !== edge.connection)) && (
        <section className={styles.section}>
          <h3>
            <label htmlFor="edge-connection">Meaning</label>
          </h3>
          <Select
            id="edge-connection"
            value={edge.connection}
            disabled={!editable}
            onChange={(event) => {
              const next = choices.find((other) => other.id === event.target.value);
              if (next) editByOperations([{ op: "set_edge_connection", edge: withConnection(edge, next) }]);
            }}
          >
            {!choices.some((other) => other.id === edge.connection) && (
              <option value={edge.connection}>{row?.label ?? "Unknown"}</option>
            )}
            {choices.map((other) => (
              <option key={other.id} value={other.id}>
                {other.label} · {(labels.get(`flow:${other.flow}`) ?? other.flow).toLowerCase()}
              </option>
            ))}
          </Select>
        </section>
      )}
      {row && (
        <ParameterSections
          parameters={row.parameters}
          own={edge.parameters}
          disabled={!editable}
          feeding={source ? [source.service] : []}
          onChange={(parameter, value, merge) =>
            editByOperations(
              [{ op: "set_edge_parameter", edge_id: edge.id, parameter, value }],
              merge ? `${edge.id}:${parameter}` : "",
            )
          }
        />
      )}
      {row && <EdgeFactsSections id={edge.id} />}
      {row && <HowItWorks row={row} />}
    </>
  );
}

/** IAM actions and nothing else, e.g. `sqs:ReceiveMessage, sqs:DeleteMessage`; the rest is prose. */
const ACTIONS = /^[a-z0-9-]+:[\w*]+(?:, [a-z0-9-]+:[\w*]+)*$/;

function HowItWorks({ row }: { row: Connection }) {
  const labels = useCatalog((state) => state.labels);
  return (
    <section className={styles.section}>
      <h3>How this works</h3>
      <div className={styles.panel}>
        {row.permission && (
          <p>
            <strong>{labels.get(`permission:${row.permission_side}`)}:</strong>{" "}
            {ACTIONS.test(row.permission) ? <code>{row.permission}</code> : row.permission}
          </p>
        )}
        <Fact
          title={row.verdict === "valid" ? "To know" : (labels.get(`verdict:${row.verdict}`) ?? "Conditions")}
          text={row.conditions}
        />
        <Fact title="Who polls" text={row.poller} />
        <Fact title="Retries" text={row.retries} />
        <Fact title="Delivery" text={row.delivery} />
        <Fact title="Order" text={row.ordering} />
        <Fact title="Instead" text={row.alternative} />
        <SourceLine source={row.authority} />
      </div>
    </section>
  );
}

function Fact({ title, text }: { title: string; text: string }) {
  if (!text) return null;
  return (
    <p>
      <strong>{title}:</strong> {text}
    </p>
  );
}
