import type { Parameter } from "@/state/catalog";
import { useCatalog } from "@/state/catalogStore";
import { useCanEdit, useDesign } from "@/state/designStore";
import { editByOperations } from "@/state/editing";
import type { DesignEdge, DesignNode } from "@/state/graph";
import { selectOne } from "@/state/selection";
import { NodeFactsSections } from "./Facts";
import { Findings } from "./Findings";
import { HelpButton, SourceLine } from "./Help";
import styles from "./Inspector.module.css";
import { NameInput } from "./NameInput";
import { ParameterSections } from "./ParameterSections";
import { RunFigures } from "./RunFigures";
import { DEFINITION, isWorkflow, WorkflowDefinition } from "./workflow/WorkflowDefinition";

export function NodeInspector({ node }: { node: DesignNode }) {
  const service = useCatalog((state) => state.services.get(node.service));
  const editable = useCanEdit();
  const edges = useDesign((state) => state.edges);
  const nodes = useDesign((state) => state.nodes);
  const all = [...edges.values()];
  const incoming = all.filter((edge) => edge.target === node.id);
  const outgoing = all.filter((edge) => edge.source === node.id);
  return (
    <>
      <div className={styles.kind}>
        <span className={styles.badge}>{service?.name ?? node.service}</span>
        {service && <HelpButton address={`services/${service.id}`} about={service.name} />}
      </div>
      <NameInput
        label="Name of the node"
        value={node.label}
        disabled={!editable}
        onChange={(label) => editByOperations([{ op: "relabel_node", node_id: node.id, label }])}
      />
      <p className={styles.summary}>
        {service?.summary ?? "This service is not in the catalog. The node is kept and takes no part in a run."}
      </p>
      <Findings subjectId={node.id} />
      {service && isWorkflow(service.id) && <WorkflowDefinition node={node} disabled={!editable} />}
      {service && (
        <ParameterSections
          parameters={isWorkflow(service.id) ? withoutDefinition(service.parameters) : service.parameters}
          limits={service.limits}
          own={node.parameters}
          disabled={!editable}
          feeding={incoming.map((edge) => nodes.get(edge.source)?.service ?? "")}
          onChange={(parameter, value, merge) =>
            editByOperations(
              [{ op: "set_node_parameter", node_id: node.id, parameter, value }],
              merge ? `${node.id}:${parameter}` : "",
            )
          }
        />
      )}
      <Edges title="Called or fed by" edges={incoming} end="source" />
      <Edges title="Calls and feeds" edges={outgoing} end="target" />
      {service && <NodeFactsSections id={node.id} />}
      <RunFigures nodeId={node.id} />
      {service && (
        <details className={styles.fold}>
          <summary>In a run</summary>
          <div className={styles.panel}>
            <Lines title="Modelled" lines={service.model.modelled} />
            <Lines title="Estimated" lines={service.model.estimated} />
            <Lines title="Not modelled" lines={service.model.not_modelled} />
            <SourceLine source={service.source} />
          </div>
        </details>
      )}
    </>
  );
}

function withoutDefinition(parameters: readonly Parameter[]): readonly Parameter[] {
  return parameters.filter(({ id }) => id !== DEFINITION);
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <p>
      <strong>{title}:</strong> {lines.join(" ")}
    </p>
  );
}

function Edges({ title, edges, end }: { title: string; edges: readonly DesignEdge[]; end: "source" | "target" }) {
  const nodes = useDesign((state) => state.nodes);
  const connections = useCatalog((state) => state.connections);
  const labels = useCatalog((state) => state.labels);
  if (edges.length === 0) return null;
  return (
    <section className={styles.section}>
      <h3>{title}</h3>
      <div className={styles.list}>
        {edges.map((edge) => {
          const row = connections.get(edge.connection);
          return (
            <button key={edge.id} type="button" className={styles.link} onClick={() => selectOne("edge", edge.id)}>
              <strong dir="auto">{nodes.get(edge[end])?.label ?? edge[end]}</strong>
              <span>
                {row?.label ?? "Unknown connection"} · {(labels.get(`flow:${edge.flow}`) ?? edge.flow).toLowerCase()}
              </span>
            </button>
          );
        })}
      </div>
    </section>
  );
}
