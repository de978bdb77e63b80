import { useMemo } from "react";
import { useCatalog } from "@/state/catalogStore";
import { useCanEdit, useDesign } from "@/state/designStore";
import { editThings } from "@/state/editing";
import type { Group } from "@/state/graph";
import { selectOne } from "@/state/selection";
import { classes, Field, Select, ServiceIcon } from "@/ui";
import { SourceLine } from "./Help";
import styles from "./Inspector.module.css";
import { NameInput } from "./NameInput";
import { Actions } from "./OtherInspectors";

/** Kinds of frames that are no container of AWS's own, with the words for them. */
const OTHER_KINDS = [
  ["plain", "Group"],
  ["subnet", "Subnet, kind not said"],
] as const;

export function GroupInspector({ group }: { group: Group }) {
  const editable = useCanEdit();
  const services = useCatalog((state) => state.services);
  const service = services.get(group.kind);
  const containers = useMemo(() => [...services.values()].filter(({ frame }) => frame), [services]);
  const change = (part: Partial<Group>) => editThings({ groups: new Map([[group.id, part]]) });
  const known = service?.frame || OTHER_KINDS.some(([kind]) => kind === group.kind);
  return (
    <>
      <span className={styles.badge}>{service?.frame ? service.name : "Frame"}</span>
      <NameInput
        label="Name of the frame"
        value={group.label}
        disabled={!editable}
        onChange={(label) => change({ label })}
      />
      <p className={styles.summary}>
        {service?.frame ? service.summary : "Cards that are dropped inside join the frame and move with it."}
      </p>
      <section className={styles.section}>
        <Field htmlFor="group-kind" label="Stands for">
          <Select
            id="group-kind"
            value={group.kind}
            disabled={!editable}
            onChange={(event) => change({ kind: event.target.value })}
          >
            {!known && <option value={group.kind}>{group.kind}</option>}
            {[...containers.map(({ id, name }) => [id, name] as const), ...OTHER_KINDS].map(([kind, label]) => (
              <option key={kind} value={kind}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <Misplaced group={group} />
      </section>
      <Contents group={group} />
      {service?.frame && (
        <details className={styles.fold}>
          <summary>What it means</summary>
          <div className={styles.panel}>
            {[...service.model.modelled, ...service.model.not_modelled].map((line) => (
              <p key={line}>{line}</p>
            ))}
            <SourceLine source={service.source} />
          </div>
        </details>
      )}
      <Actions ids={["edit.duplicate", "edit.delete"]} />
    </>
  );
}

/** Says so when AWS has no such container inside the one around it, as with a VPC inside a subnet. */
function Misplaced({ group }: { group: Group }) {
  const services = useCatalog((state) => state.services);
  const parent = useDesign((state) => (group.parent === undefined ? undefined : state.groups.get(group.parent)));
  const frame = services.get(group.kind)?.frame;
  const around = parent && services.get(parent.kind);
  if (!frame || !around?.frame || frame.parents.includes(around.id)) return null;
  return (
    <p className={styles.summary} role="note">
      In AWS no {services.get(group.kind)?.name} lies inside a {around.name}.
    </p>
  );
}

/** The cards and frames that lie directly in the frame; each selects itself. */
function Contents({ group }: { group: Group }) {
  const nodes = useDesign((state) => state.nodes);
  const groups = useDesign((state) => state.groups);
  const services = useCatalog((state) => state.services);
  const cards = [...nodes.values()].filter((node) => node.group === group.id);
  const frames = [...groups.values()].filter((other) => other.parent === group.id);
  const entries = [
    ...frames.map(({ id, label, kind }) => ({ kind: "group" as const, id, label, service: services.get(kind) })),
    ...cards.map(({ id, label, service }) => ({ kind: "node" as const, id, label, service: services.get(service) })),
  ];
  return (
    <section className={styles.section}>
      <h3>Contents</h3>
      {entries.length === 0 && <p className={styles.summary}>Nothing yet. Drop cards or frames inside.</p>}
      <ul className={styles.list}>
        {entries.map(({ kind, id, label, service }) => (
          <li key={id}>
            <button type="button" className={classes(styles.link, styles.withIcon)} onClick={() => selectOne(kind, id)}>
              <ServiceIcon icon={service?.icon ?? ""} entryPoint={service?.entry_point} size={18} />
              <span dir="auto">{label}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
