import { useId } from "react";
import type { Parameter } from "@/state/catalog";
import { parameterValue, useCatalog } from "@/state/catalogStore";
import { useDesign } from "@/state/designStore";
import type { Value } from "@/state/graph";
import { Field, Select, TextInput } from "@/ui";
import styles from "./Experiments.module.css";
import { suggestedValues } from "./experimentWords";

export interface Setting {
  readonly key: string;
  readonly subject: "node" | "edge";
  readonly id: string;
  /** Of the node, or of the two ends of the edge. */
  readonly owner: string;
  readonly parameter: Parameter;
  readonly present: Value;
}

const VARIED: readonly Parameter["kind"][] = ["integer", "number", "choice", "boolean"];

/** Every setting of the design that an experiment can vary. */
export function useSettings(): readonly Setting[] {
  const nodes = useDesign((state) => state.nodes);
  const edges = useDesign((state) => state.edges);
  const services = useCatalog((state) => state.services);
  const connections = useCatalog((state) => state.connections);
  const found: Setting[] = [];
  const add = (
    subject: "node" | "edge",
    id: string,
    owner: string,
    parameters: readonly Parameter[],
    own: Readonly<Record<string, Value>>,
  ) => {
    for (const parameter of parameters) {
      if (!VARIED.includes(parameter.kind)) continue;
      const key = `${subject}:${id}:${parameter.id}`;
      found.push({ key, subject, id, owner, parameter, present: parameterValue(parameter, own) });
    }
  };
  for (const node of nodes.values()) {
    add("node", node.id, node.label, services.get(node.service)?.parameters ?? [], node.parameters);
  }
  for (const edge of edges.values()) {
    const ends = `${nodes.get(edge.source)?.label ?? edge.source} → ${nodes.get(edge.target)?.label ?? edge.target}`;
    add("edge", edge.id, ends, connections.get(edge.connection)?.parameters ?? [], edge.parameters);
  }
  return found;
}

interface SettingPickerProps {
  setting: string;
  values: string;
  onChange: (setting: string, values: string) => void;
}

/** Which setting is varied, and over which values. */
export function SettingPicker({ setting, values, onChange }: SettingPickerProps) {
  const id = useId();
  const settings = useSettings();
  const owners = [...new Set(settings.map((each) => each.owner))];
  const chosen = settings.find((each) => each.key === setting);
  return (
    <section className={styles.part} aria-label="Setting">
      <Field htmlFor={`${id}-setting`} label="Setting" stacked>
        <Select
          id={`${id}-setting`}
          value={setting}
          onChange={(event) => {
            const next = settings.find((each) => each.key === event.target.value);
            onChange(event.target.value, next ? suggestedValues(next.parameter, next.present) : "");
          }}
        >
          <option value="">Choose…</option>
          {owners.map((owner) => (
            <optgroup key={owner} label={owner}>
              {settings
                .filter((each) => each.owner === owner)
                .map((each) => (
                  <option key={each.key} value={each.key}>
                    {each.parameter.label}
                  </option>
                ))}
            </optgroup>
          ))}
        </Select>
      </Field>
      {chosen && (
        <Field
          htmlFor={`${id}-values`}
          label={chosen.parameter.unit ? `Values in ${chosen.parameter.unit}` : "Values"}
          hint="With commas between."
          stacked
        >
          <TextInput id={`${id}-values`} value={values} onChange={(event) => onChange(setting, event.target.value)} />
        </Field>
      )}
    </section>
  );
}
