import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { classes } from "./classes";
import { Float, type FloatAnchor } from "./Float";
import styles from "./Menu.module.css";
import type { Placement } from "./position";
import { useDismiss } from "./useDismiss";

export interface MenuItem {
  id: string;
  label: string;
  onSelect: () => void;
  icon?: ReactNode;
  /** Shortcut as shown. */
  keys?: string | undefined;
  detail?: string | undefined;
  disabled?: boolean;
  danger?: boolean;
  checked?: boolean;
}

export type MenuEntry = MenuItem | { separator: true; id: string } | { heading: string; id: string };

const isItem = (entry: MenuEntry): entry is MenuItem => "label" in entry;

interface MenuProps {
  open: boolean;
  onClose: () => void;
  anchor: RefObject<HTMLElement | null> | FloatAnchor;
  entries: MenuEntry[];
  label: string;
  placement?: Placement;
}

/** A menu with arrow keys, Home, End and type-ahead; give it a box as anchor to make a context menu. */
export function Menu({ open, onClose, anchor, entries, label, placement = "bottom-start" }: MenuProps) {
  const float = useRef<HTMLDivElement>(null);
  const anchorRef = "current" in anchor ? anchor : null;
  useDismiss(open, onClose, anchorRef ? [float, anchorRef] : [float]);
  useEffect(() => {
    if (!open) return;
    const before = document.activeElement as HTMLElement | null;
    items(float.current)[0]?.focus();
    return () => before?.focus?.();
  }, [open]);
  if (!open) return null;
  return (
    <Float
      anchor={anchor}
      placement={placement}
      floatRef={float}
      role="menu"
      aria-label={label}
      className={styles.menu}
      onKeyDown={(event) => moveFocus(event, float.current)}
    >
      {entries.map((entry) =>
        isItem(entry) ? (
          <button
            key={entry.id}
            type="button"
            {...(entry.checked === undefined
              ? { role: "menuitem" }
              : { role: "menuitemcheckbox", "aria-checked": entry.checked })}
            aria-disabled={entry.disabled}
            tabIndex={-1}
            className={classes(styles.item, entry.danger && styles.danger)}
            onClick={() => {
              if (entry.disabled) return;
              onClose();
              entry.onSelect();
            }}
          >
            {entry.checked !== undefined && <span className={styles.check}>{entry.checked ? "✓" : ""}</span>}
            {entry.icon && <span className={styles.icon}>{entry.icon}</span>}
            <span className={styles.text}>
              {entry.label}
              {entry.detail && <span className={styles.detail}>{entry.detail}</span>}
            </span>
            {entry.keys && <kbd>{entry.keys}</kbd>}
          </button>
        ) : "heading" in entry ? (
          <div key={entry.id} className={styles.heading}>
            {entry.heading}
          </div>
        ) : (
          <hr key={entry.id} className={styles.separator} />
        ),
      )}
    </Float>
  );
}

function items(menu: HTMLElement | null): HTMLElement[] {
  return menu ? [...menu.querySelectorAll<HTMLElement>("[role^='menuitem']")] : [];
}

function moveFocus(event: KeyboardEvent, menu: HTMLElement | null) {
  const all = items(menu);
  const at = all.indexOf(document.activeElement as HTMLElement);
  let next: HTMLElement | undefined;
  if (event.key === "ArrowDown") next = all[(at + 1) % all.length];
  else if (event.key === "ArrowUp") next = all[(at - 1 + all.length) % all.length];
  else if (event.key === "Home") next = all[0];
  else if (event.key === "End") next = all.at(-1);
  else if (event.key === "Tab") event.preventDefault();
  else if (event.key.length === 1 && event.key !== " ") {
    const letter = event.key.toLowerCase();
    next = [...all.slice(at + 1), ...all].find((item) => item.textContent?.trim().toLowerCase().startsWith(letter));
  }
  event.stopPropagation();
  if (!next) return;
  event.preventDefault();
  next.focus();
}

interface MenuButtonProps {
  entries: MenuEntry[];
  label: string;
  placement?: Placement;
  /** Draws the button; gets what it must put on it. */
  children: (button: {
    ref: RefObject<HTMLButtonElement | null>;
    onClick: () => void;
    "aria-haspopup": "menu";
    "aria-expanded": boolean;
  }) => ReactNode;
}

/** A button and the menu it opens. */
export function MenuButton({ entries, label, placement, children }: MenuButtonProps) {
  const ref = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      {children({ ref, onClick: () => setOpen((was) => !was), "aria-haspopup": "menu", "aria-expanded": open })}
      <Menu
        open={open}
        onClose={() => setOpen(false)}
        anchor={ref}
        entries={entries}
        label={label}
        placement={placement ?? "bottom-end"}
      />
    </>
  );
}
