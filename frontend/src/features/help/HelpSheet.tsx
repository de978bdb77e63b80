import { ExternalLink, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { closeHelp, openHelp, useHelpAddress } from "@/state/help";
import { IconButton } from "@/ui";
import styles from "./Help.module.css";
import { HelpReader } from "./HelpReader";

/** A help page beside the design; its address is part of the page's, so that Back closes it again. */
export function HelpSheet() {
  const address = useHelpAddress();
  const ref = useRef<HTMLDialogElement>(null);
  const isOpen = address !== null;
  useEffect(() => {
    const dialog = ref.current;
    if (!isOpen || !dialog) return;
    const before = document.activeElement;
    dialog.showModal();
    dialog.querySelector<HTMLElement>("input")?.focus();
    return () => {
      dialog.close();
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [isOpen]);
  if (address === null) return null;
  return (
    <dialog
      ref={ref}
      aria-label="Help"
      className={styles.sheet}
      data-testid="help-sheet"
      onCancel={(event) => {
        event.preventDefault();
        closeHelp();
      }}
      onClick={(event) => {
        if (event.target === ref.current) closeHelp();
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <header>
        <h1>Help</h1>
        <a href={`/help/${encodeURI(address)}`} target="_blank" rel="noreferrer" className={styles.apart}>
          Open on its own <ExternalLink size={11} aria-label="in a new tab" />
        </a>
        <IconButton label="Close the help" keys="Esc" onClick={closeHelp}>
          <X size={16} />
        </IconButton>
      </header>
      <div className={styles.body}>
        <HelpReader key={address} address={address} onOpen={openHelp} />
      </div>
    </dialog>
  );
}
