import { ViewportPortal } from "@xyflow/react";
import { ExternalLink } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useDesign } from "@/state/designStore";
import { NODE_HEIGHT, NODE_WIDTH, type Point } from "@/state/graph";
import { Button, Float } from "@/ui";
import styles from "./ConnectLayer.module.css";
import { type Connecting, endsOf, insertBridge, setWithEdge, stopConnecting, useConnecting } from "./connecting";

/** The line that follows the pointer, and the card that says what it would mean. */
export function ConnectLayer() {
  const drawing = useConnecting((state) => state.drawing);
  if (!drawing) return null;
  return (
    <>
      <ViewportPortal>
        <PendingLine drawing={drawing} />
      </ViewportPortal>
      {drawing.over && <HintCard drawing={drawing} over={drawing.over} />}
    </>
  );
}

function PendingLine({ drawing }: { drawing: Connecting }) {
  const at = useDesign((state) => state.positions.get(drawing.from));
  if (!at) return null;
  const from: Point = { x: at.x + (drawing.direction === "out" ? NODE_WIDTH : 0), y: at.y + NODE_HEIGHT / 2 };
  const to = drawing.pointer;
  const reach = Math.max(40, Math.abs(to.x - from.x) / 2) * (drawing.direction === "out" ? 1 : -1);
  const outcome = drawing.over ? drawing.outcomes.get(drawing.over)?.kind : undefined;
  const kind = outcome ?? "free";
  return (
    <svg className={styles.line} aria-hidden>
      <path
        d={`M${from.x} ${from.y}C${from.x + reach} ${from.y} ${to.x - reach} ${to.y} ${to.x} ${to.y}`}
        className={styles[kind]}
      />
      <circle cx={to.x} cy={to.y} r={6} className={styles[kind]} />
    </svg>
  );
}

function HintCard({ drawing, over }: { drawing: Connecting; over: string }) {
  const ref = useRef<HTMLDivElement>(null);
  const [whyOpen, setWhyOpen] = useState(false);
  const { source, target } = endsOf(drawing.from, over, drawing.direction);
  useEffect(() => {
    if (!drawing.held) return;
    ref.current?.querySelector("button")?.focus();
    const away = (event: PointerEvent) => {
      if (!ref.current?.contains(event.target as Node)) stopConnecting();
    };
    const leave = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      stopConnecting();
    };
    window.addEventListener("pointerdown", away, true);
    window.addEventListener("keydown", leave, true);
    return () => {
      window.removeEventListener("pointerdown", away, true);
      window.removeEventListener("keydown", leave, true);
    };
  }, [drawing.held]);

  const outcome = drawing.outcomes.get(over) ?? { kind: "unknown" as const };
  const anchor = { left: drawing.client.x, top: drawing.client.y - 16, width: 24, height: 32 };
  if (outcome.kind === "allowed") {
    const [row] = outcome.rows;
    const set = setWithEdge(outcome, source, target);
    return (
      <Float anchor={anchor} placement="right" className={styles.brief} role="status">
        <strong>{row.label}</strong>
        <span>{row.explanation}</span>
        {outcome.unmet.map((requirement) => (
          <span key={`${requirement.end}.${requirement.parameter}`} className={styles.unmet}>
            {requirement.certain ? "Works only when" : "May work only when"} {requirement.message}.
          </span>
        ))}
        {set.length > 0 && <span className={styles.offer}>Let go to draw it with {set.join(" and ")}.</span>}
        {outcome.caution && <span>{outcome.caution.explanation}</span>}
      </Float>
    );
  }
  if (outcome.kind === "unknown") {
    return (
      <Float anchor={anchor} placement="right" className={styles.brief} role="status">
        <strong>Not in the table</strong>
        <span>Windtunnel does not know what this arrow would mean. It can be drawn, and is marked.</span>
      </Float>
    );
  }
  const { row } = outcome;
  return (
    <Float
      anchor={anchor}
      placement="top-start"
      floatRef={ref}
      className={styles.card}
      role={drawing.held ? "dialog" : "status"}
      aria-label={row.explanation}
      data-testid="connection-refused"
    >
      <strong>{row.explanation}</strong>
      <p>{whyOpen ? [row.conditions, row.alternative].filter(Boolean).join(" ") : row.conditions}</p>
      <div className={styles.actions}>
        {row.bridge && (
          <>
            <Button
              variant="primary"
              size="small"
              onClick={() => {
                insertBridge(source, target);
                stopConnecting();
              }}
            >
              {row.bridge.label}
            </Button>
            <kbd>Enter</kbd>
          </>
        )}
        {row.alternative && !whyOpen && (
          <Button variant="ghost" size="small" onClick={() => setWhyOpen(true)}>
            Why
          </Button>
        )}
        {row.authority.url && (
          <a href={row.authority.url} target="_blank" rel="noreferrer" className={styles.source}>
            {row.authority.title} <ExternalLink size={11} aria-hidden />
          </a>
        )}
      </div>
    </Float>
  );
}
