import { useCatalog } from "@/state/catalogStore";
import { performCommand } from "@/state/commands";
import { useCanEdit, useDesign } from "@/state/designStore";
import { renameDesign } from "@/state/editing";
import { useFindings } from "@/state/findingsStore";
import { setUi } from "@/state/uiStore";
import { Button } from "@/ui";
import styles from "./Inspector.module.css";
import { NameInput } from "./NameInput";

/** The design as a whole, when nothing is selected. */
export function DesignSummary() {
  const name = useDesign((state) => state.name);
  const nodes = useDesign((state) => state.nodes);
  const edges = useDesign((state) => state.edges.size);
  const services = useCatalog((state) => state.services);
  const editable = useCanEdit();
  const counts = new Map<string, number>();
  for (const node of nodes.values()) counts.set(node.service, (counts.get(node.service) ?? 0) + 1);
  return (
    <>
      <span className={styles.badge}>Design</span>
      <NameInput label="Name of the design" value={name || "Untitled"} disabled={!editable} onChange={renameDesign} />
      <p className={styles.summary}>
        {nodes.size === 0
          ? "Nothing is drawn yet."
          : `${nodes.size} ${nodes.size === 1 ? "node" : "nodes"}, ${edges} ${edges === 1 ? "edge" : "edges"}.`}
      </p>
      <FindingCounts />
      {counts.size > 0 && (
        <section className={styles.section}>
          <h3>Services</h3>
          <dl className={styles.facts}>
            {[...counts]
              .sort((a, b) => b[1] - a[1])
              .map(([service, count]) => [
                <dt key={`${service}-name`}>{services.get(service)?.name ?? service}</dt>,
                <dd key={`${service}-count`}>{count}</dd>,
              ])}
          </dl>
        </section>
      )}
      <section className={styles.section}>
        <h3>How to go on</h3>
        <ol className={styles.steps}>
          <li>
            <b>1</b> Drag services from the left, or press / and type.
          </li>
          <li>
            <b>2</b> Draw an arrow from a port. What AWS cannot do is refused, with the reason.
          </li>
          <li>
            <b>3</b> Press Run and watch load, errors and cost.
          </li>
        </ol>
        <div className={styles.actions}>
          <Button size="small" onClick={() => setUi({ shortcutsOpen: true })}>
            Keyboard shortcuts
          </Button>
          {nodes.size > 1 && editable && (
            <Button size="small" onClick={() => performCommand("design.tidy")}>
              Tidy up
            </Button>
          )}
        </div>
      </section>
    </>
  );
}

function FindingCounts() {
  const { known, counts, findings } = useFindings();
  if (!known) return null;
  return (
    <section className={styles.section}>
      <h3>Findings</h3>
      {findings.length === 0 ? (
        <p className={styles.summary}>None: nothing to put right.</p>
      ) : (
        <>
          <dl className={styles.facts}>
            <dt>Errors</dt>
            <dd>{counts.error}</dd>
            <dt>Warnings</dt>
            <dd>{counts.warning}</dd>
            <dt>Advice</dt>
            <dd>{counts.advice}</dd>
          </dl>
          <div className={styles.actions}>
            <Button size="small" onClick={() => setUi({ findingsOpen: true })}>
              Show them
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
