import { FileUp, Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { performCommand } from "@/state/commands";
import { useCanEdit, useDesign } from "@/state/designStore";
import { editByOperations, newId, renameDesign } from "@/state/editing";
import type { DesignDocument } from "@/state/graph";
import { loadStarters } from "@/state/starters";
import { canvasView } from "@/state/viewport";
import { Button } from "@/ui";
import { pasteOperations } from "./clipboard";
import styles from "./EmptyDesign.module.css";

const UNNAMED = new Set(["", "Untitled", "Untitled design", "New design"]);

/** What to do with an empty design: draw, open a file, or begin from a starter. */
export function EmptyDesign() {
  const isEmpty = useDesign((state) => state.nodes.size + state.groups.size + state.notes.size === 0);
  const editable = useCanEdit();
  const file = useRef<HTMLInputElement>(null);
  const [starters, setStarters] = useState<DesignDocument[]>([]);
  useEffect(() => {
    if (isEmpty && editable) void loadStarters().then(setStarters, () => setStarters([]));
  }, [isEmpty, editable]);
  if (!isEmpty) return null;
  if (!editable) return <p className={styles.empty}>Nothing is drawn here yet.</p>;

  const begin = (starter: DesignDocument) => {
    const { operations } = pasteOperations(starter, { offset: { x: 0, y: 0 } }, newId);
    if (!editByOperations(operations, "starter")) return;
    if (UNNAMED.has(useDesign.getState().name)) renameDesign(starter.name);
    requestAnimationFrame(() => canvasView()?.fit());
  };
  return (
    <div className={styles.empty} data-testid="empty-design">
      <h2>An empty canvas</h2>
      <p>
        Drag a service in from the left, or drop a file: a SAM or CloudFormation template, or a design that was saved
        before.
      </p>
      <div className={styles.actions}>
        <Button variant="primary" icon={<Search size={14} />} onClick={() => performCommand("create.search")}>
          Search services
        </Button>
        <Button icon={<FileUp size={14} />} onClick={() => file.current?.click()}>
          Open a file
        </Button>
        <input
          ref={file}
          type="file"
          hidden
          accept=".yaml,.yml,.json,.template"
          aria-label="File to open"
          onChange={(event) => {
            for (const chosen of event.target.files ?? []) canvasView()?.importFile(chosen);
            event.target.value = "";
          }}
        />
      </div>
      {starters.length > 0 && (
        <>
          <h3>Or begin from a starter</h3>
          <ul className={styles.starters}>
            {starters.map((starter) => (
              <li key={starter.name}>
                <button type="button" onClick={() => begin(starter)}>
                  <strong>{starter.name}</strong>
                  <span>
                    {starter.nodes.length} nodes, {starter.edges.length} edges
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
