import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo, type PointerEvent } from "react";
import { useCatalog } from "@/state/catalogStore";
import { useCanEdit, useDesign } from "@/state/designStore";
import { type Severity, useFindingsOf } from "@/state/findingsStore";
import type { DesignNode } from "@/state/graph";
import { cardName, headline } from "@/state/headline";
import { usePeers } from "@/state/presence";
import { setUi, useUi } from "@/state/uiStore";
import { classes, ServiceIcon } from "@/ui";
import { chipsOf, isAttached, withFailurePath } from "./chips";
import { type Direction, useConnecting } from "./connecting";
import type { CardNode } from "./flowTypes";
import { LoadLine, LoadRing, QueueBar } from "./LoadMarks";
import styles from "./NodeCard.module.css";
import { RenameInput } from "./RenameInput";
import { useConnectDrag } from "./useConnectDrag";

/** How a card looks while an arrow is being drawn. */
function useConnectState(id: string): string | null {
  return useConnecting(({ drawing }) => {
    if (!drawing) return null;
    if (drawing.from === id && drawing.over !== id) return "origin";
    const kind = drawing.outcomes.get(id)?.kind ?? "unknown";
    if (drawing.over === id) return kind === "allowed" ? "accept" : kind === "refused" ? "refuse" : "doubt";
    return kind === "allowed" ? "offer" : "fade";
  });
}

export const NodeCard = memo(function NodeCard({ id, data, selected }: NodeProps<CardNode>) {
  const { node } = data;
  const service = useCatalog((state) => state.services.get(node.service));
  const connectState = useConnectState(id);
  const editable = useCanEdit();
  const renaming = useUi((state) => state.renaming === id);
  const peer = usePeers((state) => state.peers.find((found) => found.selected.includes(id)));
  const detail = service ? headline(service.parameters, node.parameters) : "";

  return (
    <div
      className={classes(styles.card, selected && styles.selected, connectState && styles[connectState])}
      data-testid={`node-${id}`}
      data-service={node.service}
      style={peer ? { outline: `2px solid ${peer.color}`, outlineOffset: 2 } : undefined}
    >
      <Handle type="target" position={Position.Left} isConnectable={false} className={styles.handle} />
      <Handle type="source" position={Position.Right} isConnectable={false} className={styles.handle} />
      <span className={styles.icon}>
        <LoadRing nodeId={id} />
        <ServiceIcon icon={service?.icon ?? ""} entryPoint={service?.entry_point} size={40} />
      </span>
      <span className={styles.text}>
        {renaming && editable ? (
          <RenameInput nodeId={id} label={node.label} onDone={() => setUi({ renaming: null })} />
        ) : (
          <strong className={styles.label} dir="auto" title={node.label}>
            {node.label}
          </strong>
        )}
        <span className={styles.line} title={service?.name}>
          {service ? cardName(service) : node.service}
        </span>
        <LoadLine nodeId={id} otherwise={detail} />
      </span>
      <FindingBadge nodeId={id} />
      <Chips node={node} />
      <QueueBar nodeId={id} />
      {editable && (
        <>
          <Port nodeId={id} direction="in" label={node.label} />
          <Port nodeId={id} direction="out" label={node.label} />
        </>
      )}
      {peer && (
        <span className={styles.peer} style={{ background: peer.color }}>
          {peer.name}
        </span>
      )}
    </div>
  );
});

function Port({ nodeId, direction, label }: { nodeId: string; direction: Direction; label: string }) {
  const start = useConnectDrag(nodeId);
  const out = direction === "out";
  return (
    <span
      className={classes("nodrag nopan", styles.port, out ? styles.out : styles.in)}
      data-testid={`port-${direction}-${nodeId}`}
      title={out ? `Draw from ${label}: it calls or feeds` : `Draw to ${label}: it is called or fed`}
      onPointerDown={(event: PointerEvent) => start(event, direction)}
    />
  );
}

/** Attached to a VPC, and what happens to failures, as small words on the lower edge. */
function Chips({ node }: { node: DesignNode }) {
  const attached = useDesign((state) => isAttached(node, state.groups));
  const keepsFailures = useDesign((state) => withFailurePath(state.edges).has(node.id));
  const chips = chipsOf(attached, keepsFailures);
  if (chips.length === 0) return null;
  return (
    <span className={styles.chips}>
      {chips.map(({ text, title }) => (
        <span key={text} className={styles.chip} title={title}>
          {text}
        </span>
      ))}
    </span>
  );
}

const WORDS: Record<Severity, [one: string, many: string]> = {
  error: ["error", "errors"],
  warning: ["warning", "warnings"],
  advice: ["piece of advice", "pieces of advice"],
};

function FindingBadge({ nodeId }: { nodeId: string }) {
  const findings = useFindingsOf(nodeId);
  const worst = findings[0]?.severity;
  if (!worst) return null;
  const count = findings.filter((finding) => finding.severity === worst).length;
  const text = `${count} ${WORDS[worst][count === 1 ? 0 : 1]}: ${findings[0]?.title ?? ""}`;
  return (
    <span className={classes(styles.badge, styles[worst])} title={text} role="img" aria-label={text}>
      {worst === "advice" ? "i" : findings.length}
    </span>
  );
}
