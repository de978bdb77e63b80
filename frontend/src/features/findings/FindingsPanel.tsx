import { X } from "lucide-react";
import { useMemo, useState } from "react";
import { formatCount } from "@/format";
import { useCanEdit, useDesign } from "@/state/designStore";
import { editByOperations } from "@/state/editing";
import { type Finding, type Fix, type Severity, useFindings } from "@/state/findingsStore";
import { openHelp } from "@/state/help";
import { selectOne } from "@/state/selection";
import { setUi, useUi } from "@/state/uiStore";
import { canvasView } from "@/state/viewport";
import { Button, FindingCard, IconButton } from "@/ui";
import styles from "./FindingsPanel.module.css";

const GROUPS: readonly { severity: Severity; title: string; meaning: string }[] = [
  { severity: "error", title: "Errors", meaning: "These do not work in AWS." },
  { severity: "warning", title: "Warnings", meaning: "These work, but will hurt." },
  { severity: "advice", title: "Advice", meaning: "These could be better and can wait." },
];

const SHOWN_AT_FIRST = 30;
const MORE_AT_A_TIME = 100;

/** All findings of the design, the worst first; a click brings up what one is about. */
export function FindingsPanel() {
  const open = useUi((state) => state.findingsOpen);
  const { findings, known } = useFindings();
  const nodes = useDesign((state) => state.nodes);
  const edges = useDesign((state) => state.edges);
  const sorted = useMemo(() => (open ? naturally(findings, nodes, edges) : []), [open, findings, nodes, edges]);
  if (!open) return null;
  return (
    <section className={styles.panel} aria-label="Findings" data-testid="findings-panel">
      <header>
        <h2>Findings</h2>
        <IconButton label="Close the findings" onClick={() => setUi({ findingsOpen: false })}>
          <X size={16} />
        </IconButton>
      </header>
      <div className={styles.list}>
        {findings.length === 0 && (
          <p className={styles.none}>
            {known ? "None: nothing to put right. Every change is checked again." : "The design is being checked."}
          </p>
        )}
        {GROUPS.map((group) => (
          <Group
            key={group.severity}
            {...group}
            members={sorted.filter(({ severity }) => severity === group.severity)}
          />
        ))}
      </div>
    </section>
  );
}

interface GroupProps {
  title: string;
  meaning: string;
  members: readonly Finding[];
}

function Group({ title, meaning, members }: GroupProps) {
  const [shown, setShown] = useState(SHOWN_AT_FIRST);
  if (members.length === 0) return null;
  return (
    <section>
      <h3>
        {title} <span>{formatCount(members.length)}</span>
      </h3>
      <p className={styles.meaning}>{meaning}</p>
      <ul>
        {members.slice(0, shown).map((finding) => (
          <li key={finding.id}>
            <Entry finding={finding} />
          </li>
        ))}
      </ul>
      {members.length > shown && (
        <Button size="small" className={styles.more} onClick={() => setShown(shown + MORE_AT_A_TIME)}>
          Show more ({formatCount(members.length - shown)} left)
        </Button>
      )}
    </section>
  );
}

function Entry({ finding }: { finding: Finding }) {
  const editable = useCanEdit();
  const subject = useDesign((state) => subjectName(state.nodes, state.edges, finding));
  return (
    <FindingCard
      severity={finding.severity}
      rule={finding.rule_id}
      title={finding.title}
      subject={subject}
      message={finding.message}
      why={finding.why}
      source={finding.source}
      fixes={editable ? finding.fixes.map(asButton) : []}
      onRule={() => openHelp(`rules/${finding.rule_id}`)}
      onShow={finding.subject.kind === "design" ? undefined : () => show(finding)}
    />
  );
}

const NATURAL = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** By what they are about, as a person counts: “node 2” before “node 101”; then by rule. */
export function naturally(findings: readonly Finding[], nodes: Design["nodes"], edges: Design["edges"]): Finding[] {
  return findings
    .map((finding) => ({ finding, subject: subjectName(nodes, edges, finding) }))
    .sort((a, b) => NATURAL.compare(a.subject, b.subject) || NATURAL.compare(a.finding.id, b.finding.id))
    .map(({ finding }) => finding);
}

function asButton({ label, operations }: Fix) {
  return { label, apply: () => void editByOperations(operations) };
}

function show({ subject }: Finding): void {
  if (subject.kind === "design") return;
  selectOne(subject.kind, subject.id);
  canvasView()?.centreOn(subject.kind, subject.id);
}

type Design = ReturnType<typeof useDesign.getState>;

function subjectName(nodes: Design["nodes"], edges: Design["edges"], { subject }: Finding): string {
  if (subject.kind === "node") return nodes.get(subject.id)?.label ?? subject.id;
  const edge = edges.get(subject.id);
  if (!edge) return "";
  return `${nodes.get(edge.source)?.label ?? edge.source} → ${nodes.get(edge.target)?.label ?? edge.target}`;
}
