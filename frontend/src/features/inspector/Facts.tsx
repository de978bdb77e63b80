import { Check, Copy } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import type { Alarm, EdgeFacts, Guarantee, NodeFacts, Policy } from "@/api/facts";
import { useDesign } from "@/state/designStore";
import { selectOne } from "@/state/selection";
import { IconButton } from "@/ui";
import styles from "./Facts.module.css";
import { SourceLine } from "./Help";
import inspector from "./Inspector.module.css";
import { type FactsAnswer, useEdgeFacts, useNodeFacts } from "./useFacts";

/** What follows for a node from its arrows and settings; each part opens by itself. */
export function NodeFactsSections({ id }: { id: string }) {
  const answer = useNodeFacts(id);
  return (
    <>
      <Fold title="Permissions">
        <Answered answer={answer}>{(facts) => <Permissions facts={facts} />}</Answered>
      </Fold>
      <Fold title="Alarms">
        <Answered answer={answer}>{(facts) => <Alarms alarms={facts.alarms} />}</Answered>
      </Fold>
      <Fold title="What happens on failure">
        <Answered answer={answer}>{(facts) => <Failures facts={facts} />}</Answered>
      </Fold>
      <Fold title="Guarantees of the path">
        <Answered answer={answer}>{(facts) => <Guarantees guarantees={facts.guarantees} />}</Answered>
      </Fold>
    </>
  );
}

/** What follows for an edge. */
export function EdgeFactsSections({ id }: { id: string }) {
  const answer: FactsAnswer<EdgeFacts> = useEdgeFacts(id);
  return (
    <>
      <Fold title="What happens on failure" open>
        <Answered answer={answer}>{({ failure }) => <Sentences sentences={failure} />}</Answered>
      </Fold>
      <Fold title="Guarantees of the path">
        <Answered answer={answer}>{(facts) => <Guarantees guarantees={facts.guarantees} />}</Answered>
      </Fold>
    </>
  );
}

function Fold({ title, open = false, children }: { title: string; open?: boolean; children: ReactNode }) {
  return (
    <details className={inspector.fold} open={open}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}

function Answered<T>({ answer, children }: { answer: FactsAnswer<T>; children: (facts: T) => ReactNode }) {
  if (answer.status === "known") return children(answer.facts);
  return (
    <p className={styles.nothing}>{answer.status === "loading" ? "Looking it up." : "Not known until it is saved."}</p>
  );
}

function Permissions({ facts }: { facts: NodeFacts }) {
  const { role_policy, role_trust, resource_policy } = facts;
  if (!role_policy && !resource_policy) {
    return <p className={styles.nothing}>Nothing drawn here needs a permission.</p>;
  }
  return (
    <>
      {role_policy && <PolicyText title="Its role may" policy={role_policy} />}
      {role_trust && <PolicyText title="Who takes the role" policy={role_trust} />}
      {resource_policy && <PolicyText title="Who may call it" policy={resource_policy} />}
    </>
  );
}

const SHOW_COPIED_MS = 1_500;

function PolicyText({ title, policy }: { title: string; policy: Policy }) {
  const text = JSON.stringify(policy, null, 2);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOW_COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <figure className={styles.policy}>
      <figcaption>
        {title}
        <IconButton
          size="small"
          label={copied ? "Copied" : `Copy: ${title}`}
          onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
        >
          {copied ? <Check size={13} /> : <Copy size={13} />}
        </IconButton>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <pre tabIndex={0}>{text}</pre>
    </figure>
  );
}

function Alarms({ alarms }: { alarms: readonly Alarm[] }) {
  if (alarms.length === 0) return <p className={styles.nothing}>CloudWatch has no metric worth an alarm here.</p>;
  return (
    <ul className={styles.list}>
      {alarms.map((alarm) => (
        <li key={alarm.metric}>
          <strong>
            {alarm.namespace} {alarm.metric}
          </strong>
          <span>
            {alarm.statistic} {alarm.threshold}. {alarm.why}
          </span>
          <SourceLine source={alarm.authority} />
        </li>
      ))}
    </ul>
  );
}

function Failures({ facts }: { facts: NodeFacts }) {
  if (facts.failures.length === 0) return <p className={styles.nothing}>Nothing arrives here that could fail.</p>;
  return (
    <ul className={styles.list}>
      {facts.failures.map(({ edge, sentences }) => (
        <li key={edge}>
          <button type="button" className={styles.name} onClick={() => selectOne("edge", edge)}>
            From <SourceName edge={edge} />
          </button>
          <span>{sentences.join(" ")}</span>
        </li>
      ))}
    </ul>
  );
}

function SourceName({ edge }: { edge: string }) {
  const label = useDesign((state) => state.nodes.get(state.edges.get(edge)?.source ?? "")?.label);
  return <b dir="auto">{label ?? edge}</b>;
}

function Sentences({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return <p className={styles.nothing}>Not known for this connection.</p>;
  return (
    <div className={inspector.panel}>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  );
}

function Guarantees({ guarantees }: { guarantees: readonly Guarantee[] }) {
  const nodes = useDesign((state) => state.nodes);
  if (guarantees.length === 0) return <p className={styles.nothing}>No entry point leads here.</p>;
  return (
    <ul className={styles.list}>
      {guarantees.map((guarantee) => (
        <li key={guarantee.entry}>
          <strong>
            From <b dir="auto">{nodes.get(guarantee.entry)?.label ?? guarantee.entry}</b>,{" "}
            {steps(guarantee.hops.length)}
          </strong>
          <span>
            <b>Delivery:</b> {guarantee.delivery}
          </span>
          <span>
            <b>Order:</b> {guarantee.ordering}
          </span>
        </li>
      ))}
    </ul>
  );
}

function steps(count: number): string {
  return count === 1 ? "1 step" : `${count} steps`;
}
