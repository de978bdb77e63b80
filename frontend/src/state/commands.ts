/** What a person can do by key, by command palette and by menu: one registry for all three. */
import { create } from "zustand";

export interface Command {
  readonly id: string;
  readonly label: string;
  readonly group: "Edit" | "View" | "Create" | "Run" | "Design" | "Help";
  /** Key combinations, e.g. `Mod+Shift+Z`, `Delete`, `?`. The first is the one shown. */
  readonly keys?: readonly string[];
  readonly enabled?: () => boolean;
  readonly perform: () => void;
  /** The browser itself turns the keys into an event (copy, cut, paste); they are only shown. */
  readonly native?: boolean;
  /** Not offered in the command palette (arrow keys and the like). */
  readonly keysOnly?: boolean;
}

export const useCommands = create<{ commands: ReadonlyMap<string, Command> }>()(() => ({ commands: new Map() }));

/** Adds commands; returns how to take them away again. A later command of the same id replaces the earlier. */
export function registerCommands(added: readonly Command[]): () => void {
  useCommands.setState(({ commands }) => ({
    commands: new Map([...commands, ...added.map((command) => [command.id, command] as const)]),
  }));
  return () =>
    useCommands.setState(({ commands }) => {
      const kept = new Map(commands);
      for (const command of added) if (kept.get(command.id) === command) kept.delete(command.id);
      return { commands: kept };
    });
}

export function performCommand(id: string): void {
  const command = useCommands.getState().commands.get(id);
  if (command && (command.enabled?.() ?? true)) command.perform();
}

/** A command's shortcut as shown, or undefined. */
export function shownKeys(id: string): string | undefined {
  const keys = useCommands.getState().commands.get(id)?.keys?.[0];
  return keys === undefined ? undefined : showKeys(keys);
}

const isMac = () => /Mac|iPhone|iPad/.test(navigator.platform);

/** `Mod+Shift+Z` as `Ctrl Shift Z`, or `⌘ ⇧ Z` on a Mac. */
export function showKeys(keys: string): string {
  const mac = isMac();
  const names: Record<string, string> = mac
    ? { Mod: "⌘", Shift: "⇧", Alt: "⌥", Delete: "⌫", Enter: "↵" }
    : { Mod: "Ctrl", Escape: "Esc" };
  return splitKeys(keys)
    .map((part) => names[part] ?? part)
    .join(" ");
}

function splitKeys(keys: string): string[] {
  return keys === "+" ? ["+"] : keys.split("+").map((part) => part || "+");
}

type KeyLike = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

/** Whether a key press is the combination. Shift is only asked about for letters and named keys: `?` needs it anyway. */
export function matchesKeys(event: KeyLike, keys: string): boolean {
  const parts = splitKeys(keys);
  const key = parts.at(-1) ?? "";
  const mod = isMac() ? event.metaKey : event.ctrlKey;
  if (mod !== parts.includes("Mod") || event.altKey !== parts.includes("Alt")) return false;
  const isSymbol = key.length === 1 && key.toLowerCase() === key.toUpperCase();
  if (!isSymbol && event.shiftKey !== parts.includes("Shift")) return false;
  if (event.key.toLowerCase() === key.toLowerCase()) return true;
  // On a layout without Latin letters the key's place on the board stands in for its letter.
  return /^[A-Z]$/.test(key) && event.code === `Key${key}` && !/^[a-z]$/i.test(event.key);
}

/** Performs the command that a key press stands for; false when there is none or it is not possible now. */
export function performKey(event: KeyLike): boolean {
  const found = [...useCommands.getState().commands.values()].find(
    (command) =>
      !command.native && command.keys?.some((keys) => matchesKeys(event, keys)) && (command.enabled?.() ?? true),
  );
  found?.perform();
  return found !== undefined;
}
