import { Search } from "lucide-react";
import { type KeyboardEvent, useEffect, useMemo, useState } from "react";
import { useCatalog } from "@/state/catalogStore";
import { showKeys, useCommands } from "@/state/commands";
import { useCanEdit, useDesign } from "@/state/designStore";
import { selectOne } from "@/state/selection";
import { setUi, useUi } from "@/state/uiStore";
import { canvasView } from "@/state/viewport";
import { classes, Dialog } from "@/ui";
import styles from "./CommandPalette.module.css";

interface Entry {
  id: string;
  label: string;
  group: string;
  keys?: string | undefined;
  perform: () => void;
}

const MOST_SHOWN = 60;

/** Everything that can be done or found, by typing: commands, services to add, nodes to go to. */
export function CommandPalette() {
  const open = useUi((state) => state.commandsOpen);
  return (
    <Dialog open={open} onClose={close} title="Commands">
      {open && <SearchList />}
    </Dialog>
  );
}

function close(): void {
  setUi({ commandsOpen: false });
}

function useEntries(): Entry[] {
  const commands = useCommands((state) => state.commands);
  const services = useCatalog((state) => state.services);
  const nodes = useDesign((state) => state.nodes);
  const editable = useCanEdit();
  return useMemo(() => {
    const possible = [...commands.values()].filter((command) => !command.keysOnly && command.enabled?.() !== false);
    return [
      ...possible.map((command) => ({
        id: command.id,
        label: command.label,
        group: command.group,
        keys: command.keys?.[0] && showKeys(command.keys[0]),
        perform: command.perform,
      })),
      ...(editable
        ? [...services.values()].map((service) => ({
            id: `add.${service.id}`,
            label: `Add ${service.name}`,
            group: "Create",
            perform: () => canvasView()?.addService(service.id),
          }))
        : []),
      ...[...nodes.values()].map((node) => ({
        id: `go.${node.id}`,
        label: node.label,
        group: "Go to",
        perform: () => {
          selectOne("node", node.id);
          canvasView()?.centreOn("node", node.id);
        },
      })),
    ];
  }, [commands, services, nodes, editable]);
}

function SearchList() {
  const entries = useEntries();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = entries
    .filter((entry) => words.every((word) => `${entry.label} ${entry.group}`.toLowerCase().includes(word)))
    .slice(0, MOST_SHOWN);
  const chosen = found[Math.min(at, found.length - 1)];
  useEffect(() => {
    if (chosen) document.getElementById(`command-${chosen.id}`)?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  const perform = (entry: Entry) => {
    close();
    // After the dialog gave the focus back, so that a command may move it.
    setTimeout(entry.perform);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setAt((Math.min(at, found.length - 1) + step + found.length) % Math.max(1, found.length));
    }
    if (event.key === "Enter" && chosen) {
      event.preventDefault();
      perform(chosen);
    }
  };
  return (
    <>
      <div className={styles.search}>
        <Search size={15} aria-hidden />
        <input
          // biome-ignore lint/a11y/noAutofocus: the dialog is there for typing
          autoFocus
          role="combobox"
          aria-expanded
          aria-controls="command-list"
          aria-activedescendant={chosen && `command-${chosen.id}`}
          aria-label="Search commands, services and nodes"
          placeholder="Search commands, services and nodes"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div id="command-list" role="listbox" aria-label="Commands" className={styles.list}>
        {found.map((entry) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the text field above has the keys
          <div
            key={entry.id}
            id={`command-${entry.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={entry === chosen}
            className={classes(styles.entry, entry === chosen && styles.chosen)}
            onClick={() => perform(entry)}
          >
            <span dir="auto">{entry.label}</span>
            <span className={styles.group}>{entry.group}</span>
            {entry.keys && <kbd>{entry.keys}</kbd>}
          </div>
        ))}
        {found.length === 0 && <p className={styles.none}>Nothing of that name.</p>}
      </div>
    </>
  );
}
