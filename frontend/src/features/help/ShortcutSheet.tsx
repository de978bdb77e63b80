import { type Command, showKeys, useCommands } from "@/state/commands";
import { setUi, useUi } from "@/state/uiStore";
import { Dialog } from "@/ui";
import styles from "./ShortcutSheet.module.css";

const GROUPS: readonly Command["group"][] = ["Create", "Edit", "View", "Design", "Run", "Help"];

/** What the pointer and keys without a command do. */
const MORE: Partial<Record<Command["group"], readonly [what: string, how: string][]>> = {
  Edit: [
    ["Move by 4 px, with Shift by 32", "Arrow keys"],
    ["Select several", "Drag on empty space, Shift click"],
    ["Leave copies behind", "Alt drag"],
    ["Draw an arrow", "Drag from a port"],
  ],
  View: [
    ["Move the view", "Wheel, Space drag"],
    ["Zoom at the pointer", "Ctrl wheel, pinch"],
  ],
};

export function ShortcutSheet() {
  const open = useUi((state) => state.shortcutsOpen);
  const commands = useCommands((state) => state.commands);
  const listed = [...commands.values()].filter((command) => command.keys && !command.keysOnly);
  return (
    <Dialog open={open} onClose={() => setUi({ shortcutsOpen: false })} title="Keyboard and mouse" wide>
      <div className={styles.sheet}>
        {GROUPS.map((group) => {
          const members = listed.filter((command) => command.group === group);
          const more = MORE[group] ?? [];
          if (members.length + more.length === 0) return null;
          return (
            <section key={group}>
              <h3>{group}</h3>
              <dl>
                {members.map((command) => (
                  <div key={command.id}>
                    <dt>{command.label}</dt>
                    <dd>
                      <kbd>{showKeys(command.keys?.[0] ?? "")}</kbd>
                    </dd>
                  </div>
                ))}
                {more.map(([what, how]) => (
                  <div key={what}>
                    <dt>{what}</dt>
                    <dd>{how}</dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}
