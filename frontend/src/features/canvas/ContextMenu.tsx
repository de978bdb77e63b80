import { performCommand, shownKeys, useCommands } from "@/state/commands";
import { selectionSize, useSelection } from "@/state/selection";
import { Menu, type MenuEntry } from "@/ui";

export interface ContextTarget {
  readonly x: number;
  readonly y: number;
}

/** Command ids by what is selected; a dash separates. */
const ON_SELECTION = [
  "edit.rename",
  "edit.connect",
  "-",
  "edit.cut",
  "edit.copy",
  "edit.paste",
  "edit.duplicate",
  "-",
  "create.group",
  "edit.delete",
  "-",
  "help.selected",
];
const ON_CANVAS = [
  "edit.paste",
  "edit.select_all",
  "-",
  "create.note",
  "create.group",
  "-",
  "design.tidy",
  "view.fit",
  "view.actual_size",
];

/** What keys do, at the pointer. */
export function CanvasContextMenu({ target, onClose }: { target: ContextTarget | null; onClose: () => void }) {
  const commands = useCommands((state) => state.commands);
  const selected = useSelection(selectionSize);
  if (!target) return null;
  const entries: MenuEntry[] = (selected > 0 ? ON_SELECTION : ON_CANVAS).flatMap((id, index): MenuEntry[] => {
    if (id === "-") return [{ id: `separator-${index}`, separator: true }];
    const command = commands.get(id);
    if (!command) return [];
    return [
      {
        id,
        label: command.label,
        keys: shownKeys(id),
        disabled: command.enabled?.() === false,
        danger: id === "edit.delete",
        onSelect: () => performCommand(id),
      },
    ];
  });
  return (
    <Menu
      open
      onClose={onClose}
      anchor={{ left: target.x, top: target.y, width: 0, height: 0 }}
      entries={entries}
      label={selected > 0 ? "Selection" : "Canvas"}
    />
  );
}
