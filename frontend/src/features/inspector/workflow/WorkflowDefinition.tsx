import { lazy, Suspense, useState } from "react";
import { editByOperations } from "@/state/editing";
import type { DesignNode } from "@/state/graph";
import { Button } from "@/ui";
import styles from "./WorkflowDefinition.module.css";

const DefinitionDialog = lazy(() => import("./DefinitionDialog"));

/** Id of the parameter that holds a workflow's definition; it has an editor of its own. */
export const DEFINITION = "definition";

const EXPRESS = "step_functions_express";

/** True for a node that has a definition. */
export function isWorkflow(service: string): boolean {
  return service === "step_functions_standard" || service === EXPRESS;
}

/** How much of a definition there is, and the way into its editor. */
export function WorkflowDefinition({ node, disabled }: { node: DesignNode; disabled: boolean }) {
  const [open, setOpen] = useState(false);
  const definition = String(node.parameters[DEFINITION] ?? "");
  return (
    <div className={styles.section}>
      <p className={styles.summary}>{summary(definition)}</p>
      <Button onClick={() => setOpen(true)}>
        {disabled ? "Show the definition" : definition ? "Edit the definition" : "Write the definition"}
      </Button>
      {open && (
        <Suspense fallback={<p role="status">Opening the editor …</p>}>
          <DefinitionDialog
            title={`Definition of ${node.label}`}
            definition={definition}
            express={node.service === EXPRESS}
            readOnly={disabled}
            onKeep={(value) =>
              editByOperations([{ op: "set_node_parameter", node_id: node.id, parameter: DEFINITION, value }])
            }
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </div>
  );
}

function summary(definition: string): string {
  if (definition.trim() === "") return "No definition yet: a run takes the connections one after the other.";
  try {
    const { States: states, QueryLanguage: language } = JSON.parse(definition) as {
      States?: Record<string, unknown>;
      QueryLanguage?: string;
    };
    const count = Object.keys(states ?? {}).length;
    return `${count} ${count === 1 ? "state" : "states"} in ${language ?? "JSONPath"}.`;
  } catch {
    return "The definition cannot be read.";
  }
}
