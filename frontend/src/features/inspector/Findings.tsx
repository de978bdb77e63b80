import { useCanEdit } from "@/state/designStore";
import { editByOperations } from "@/state/editing";
import { type Fix, useFindingsOf } from "@/state/findingsStore";
import { openHelp } from "@/state/help";
import { FindingCard } from "@/ui";
import styles from "./Inspector.module.css";

/** The findings of one node or edge, with their fixes. */
export function Findings({ subjectId }: { subjectId: string }) {
  const findings = useFindingsOf(subjectId);
  const editable = useCanEdit();
  if (findings.length === 0) return null;
  return (
    <section className={styles.section}>
      <h3>Findings</h3>
      <div className={styles.findings}>
        {findings.map((finding) => (
          <FindingCard
            key={finding.id}
            severity={finding.severity}
            rule={finding.rule_id}
            title={finding.title}
            message={finding.message}
            why={finding.why}
            source={finding.source}
            onRule={() => openHelp(`rules/${finding.rule_id}`)}
            fixes={editable ? finding.fixes.map(asButton) : []}
          />
        ))}
      </div>
    </section>
  );
}

function asButton({ label, operations }: Fix) {
  return { label, apply: () => void editByOperations(operations) };
}
