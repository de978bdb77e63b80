import { useMemo, useState } from "react";
import { useCatalog } from "@/state/catalogStore";
import { useDesign } from "@/state/designStore";
import { setUi, useUi } from "@/state/uiStore";
import { Button, Dialog, ServiceIcon, TextInput } from "@/ui";
import styles from "./ConnectDialog.module.css";
import { connectNodes, insertBridge, outcomesFrom, setWithEdge } from "./connecting";
import type { ConnectionOutcome } from "./connectionCheck";

const ORDER = { allowed: 0, unknown: 1, refused: 2 } as const;

/** Draws an arrow without a pointer: every other node, what an arrow to it means, and why it may not be. */
export function ConnectDialog() {
  const from = useUi((state) => state.connectFrom);
  const node = useDesign((state) => (from === null ? undefined : state.nodes.get(from)));
  const close = () => setUi({ connectFrom: null });
  return (
    <Dialog open={node !== undefined} onClose={close} title={`Connect ${node?.label ?? ""} to`}>
      {node && <Targets from={node.id} onDone={close} />}
    </Dialog>
  );
}

function Targets({ from, onDone }: { from: string; onDone: () => void }) {
  const nodes = useDesign((state) => state.nodes);
  const services = useCatalog((state) => state.services);
  const [search, setSearch] = useState("");
  const outcomes = useMemo(() => outcomesFrom(from, "out"), [from]);
  const listed = [...nodes.values()]
    .filter((node) => node.id !== from && node.label.toLowerCase().includes(search.trim().toLowerCase()))
    .map((node) => ({ node, outcome: outcomes.get(node.id) ?? { kind: "unknown" as const } }))
    .sort((a, b) => ORDER[a.outcome.kind] - ORDER[b.outcome.kind] || a.node.label.localeCompare(b.node.label));
  const first = listed[0];
  const connectFirst = () => {
    if (first?.outcome.kind !== "allowed") return;
    connectNodes(from, first.node.id);
    onDone();
  };
  return (
    <>
      <TextInput
        autoFocus
        aria-label="Search nodes"
        placeholder="Search nodes"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") connectFirst();
        }}
      />
      <ul className={styles.list}>
        {listed.map(({ node, outcome }) => {
          const service = services.get(node.service);
          return (
            <li key={node.id} className={styles.item}>
              <ServiceIcon icon={service?.icon ?? ""} entryPoint={service?.entry_point} size={28} />
              <span className={styles.text}>
                <strong dir="auto">{node.label}</strong>
                <span>
                  {outcome.kind === "allowed"
                    ? allowedText(outcome, from, node.id)
                    : outcome.kind === "refused"
                      ? `${outcome.row.explanation} ${outcome.row.conditions}`
                      : "Not in the table: it can be drawn, and is marked."}
                </span>
              </span>
              {outcome.kind === "refused" ? (
                outcome.row.bridge && (
                  <Button
                    size="small"
                    onClick={() => {
                      insertBridge(from, node.id);
                      onDone();
                    }}
                  >
                    {outcome.row.bridge.label}
                  </Button>
                )
              ) : (
                <Button
                  size="small"
                  variant={outcome.kind === "allowed" ? "primary" : "secondary"}
                  onClick={() => {
                    connectNodes(from, node.id);
                    onDone();
                  }}
                >
                  Connect
                </Button>
              )}
            </li>
          );
        })}
        {listed.length === 0 && <li className={styles.empty}>No other node of that name.</li>}
      </ul>
    </>
  );
}

function allowedText(outcome: ConnectionOutcome & { kind: "allowed" }, from: string, to: string): string {
  const [row] = outcome.rows;
  const required = outcome.unmet.map(({ message }) => `Works only when ${message}.`);
  const set = setWithEdge(outcome, from, to);
  const offer = set.length > 0 ? [`Drawn with ${set.join(" and ")}.`] : [];
  return [`${row.label}: ${row.explanation}`, ...required, ...offer].join(" ");
}
