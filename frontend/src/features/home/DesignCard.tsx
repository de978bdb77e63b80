import { Ellipsis } from "lucide-react";
import { type MouseEvent, useEffect, useRef, useState } from "react";
import { type DesignFacts, designsApi } from "@/api/designs";
import { formatAgo, formatMoment } from "@/format";
import type { DesignDocument } from "@/state/graph";
import { navigate } from "@/state/router";
import { useCanCreate } from "@/state/sessionStore";
import { IconButton, MenuButton, type MenuEntry, TextInput } from "@/ui";
import { DesignPreview } from "./DesignPreview";
import { copyDesign, deleteDesign, renameDesign } from "./designList";
import styles from "./HomePage.module.css";

/** A design in the list: what it looks like, what it is called, when it was changed. */
export function DesignCard({ design, showWorkspace }: { design: DesignFacts; showWorkspace: boolean }) {
  const [renaming, setRenaming] = useState(false);
  const address = `/designs/${design.id}`;
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    navigate(address);
  };
  return (
    <li className={styles.card} data-testid={`design-${design.id}`}>
      <a href={address} className={styles.picture} onClick={open} tabIndex={-1} aria-label={`Open ${design.name}`}>
        <LazyPreview design={design} />
      </a>
      <div className={styles.caption}>
        {renaming ? (
          <RenameField design={design} onDone={() => setRenaming(false)} />
        ) : (
          <a href={address} className={styles.name} onClick={open} dir="auto" title={design.name}>
            {design.name || "Untitled"}
          </a>
        )}
        <CardMenu design={design} onRename={() => setRenaming(true)} />
        <p className={styles.facts}>
          <time dateTime={design.updated_at} title={formatMoment(design.updated_at)}>
            Edited {formatAgo(design.updated_at)}
          </time>
          {showWorkspace && <bdi> · {design.workspace.name}</bdi>}
          {design.role === "viewer" && " · view only"}
        </p>
      </div>
    </li>
  );
}

function CardMenu({ design, onRename }: { design: DesignFacts; onRename: () => void }) {
  const readOnly = design.role === "viewer";
  const canCreate = useCanCreate();
  const entries: MenuEntry[] = [
    { id: "open", label: "Open", onSelect: () => navigate(`/designs/${design.id}`) },
    { id: "rename", label: "Rename", disabled: readOnly, onSelect: onRename },
    { id: "copy", label: "Duplicate", disabled: !canCreate, onSelect: () => void copyDesign(design) },
    { id: "line", separator: true },
    { id: "delete", label: "Delete", danger: true, disabled: readOnly, onSelect: () => deleteDesign(design) },
  ];
  return (
    <MenuButton label={design.name} entries={entries}>
      {(button) => (
        <IconButton label={`More for ${design.name}`} size="small" {...button}>
          <Ellipsis size={15} />
        </IconButton>
      )}
    </MenuButton>
  );
}

function RenameField({ design, onDone }: { design: DesignFacts; onDone: () => void }) {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // The menu gives the focus back when it closes; this comes after.
    const timer = setTimeout(() => ref.current?.select());
    return () => clearTimeout(timer);
  }, []);
  const keep = (text: string) => {
    const name = text.trim();
    if (name && name !== design.name) void renameDesign(design, name);
    onDone();
  };
  return (
    <TextInput
      ref={ref}
      className={styles.rename}
      aria-label="Name of the design"
      defaultValue={design.name}
      maxLength={200}
      dir="auto"
      onBlur={(event) => keep(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") keep(event.currentTarget.value);
        if (event.key === "Escape") {
          event.currentTarget.value = design.name;
          onDone();
        }
      }}
    />
  );
}

/** The preview of a design, fetched when its card comes into view. */
function LazyPreview({ design }: { design: DesignFacts }) {
  const place = useRef<HTMLDivElement>(null);
  const [content, setContent] = useState<DesignDocument | null>(null);
  const { id, updated_at } = design;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a design that was changed is drawn anew
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const reading = new AbortController();
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      designsApi.document(id, reading.signal).then(
        (read) => setContent(read as DesignDocument),
        // A card without a picture still opens.
        () => {},
      );
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      reading.abort();
    };
  }, [id, updated_at]);
  return (
    <div ref={place} className={styles.preview}>
      {content && <DesignPreview document={content} />}
    </div>
  );
}
