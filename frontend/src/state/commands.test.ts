import { afterEach, expect, test, vi } from "vitest";
import { type Command, matchesKeys, performKey, registerCommands, useCommands } from "./commands";

const press = (key: string, change: Partial<KeyboardEvent> = {}) => ({
  key,
  code: "",
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...change,
});
const command = (change: Partial<Command>): Command => ({
  id: "x",
  label: "X",
  group: "Edit",
  perform: () => {},
  ...change,
});

afterEach(() => useCommands.setState({ commands: new Map() }));

test.each([
  ["Mod+Z", press("z", { ctrlKey: true }), true],
  ["Mod+Z", press("Z", { ctrlKey: true, shiftKey: true }), false],
  ["Mod+Shift+Z", press("Z", { ctrlKey: true, shiftKey: true }), true],
  ["?", press("?", { shiftKey: true }), true],
  ["0", press("0"), true],
  ["0", press("0", { ctrlKey: true }), false],
  ["+", press("+", { shiftKey: true }), true],
  ["G", press("g"), true],
  ["G", press("G", { shiftKey: true }), false],
  ["G", press("п", { code: "KeyG" }), true],
  ["Shift+ArrowLeft", press("ArrowLeft", { shiftKey: true }), true],
  ["ArrowLeft", press("ArrowLeft", { shiftKey: true }), false],
])("%s is told from other presses", (keys, event, expected) => {
  expect(matchesKeys(event, keys)).toBe(expected);
});

test("a key performs the command that is possible now", () => {
  const first = vi.fn();
  const second = vi.fn();
  registerCommands([
    command({ id: "a", keys: ["Enter"], enabled: () => false, perform: first }),
    command({ id: "b", keys: ["Enter"], perform: second }),
  ]);
  expect(performKey(press("Enter"))).toBe(true);
  expect(first).not.toHaveBeenCalled();
  expect(second).toHaveBeenCalledOnce();
});

test("keys that the browser turns into clipboard events are left to it", () => {
  registerCommands([command({ keys: ["Mod+C"], native: true })]);
  expect(performKey(press("c", { ctrlKey: true }))).toBe(false);
});

test("taking commands away leaves those that replaced them", () => {
  const remove = registerCommands([command({ id: "a", label: "old" })]);
  registerCommands([command({ id: "a", label: "new" })]);
  remove();
  expect(useCommands.getState().commands.get("a")?.label).toBe("new");
});
