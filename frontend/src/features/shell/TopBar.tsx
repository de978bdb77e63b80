import { CircleHelp, Moon, Redo2, Sun, SunMoon, Undo2 } from "lucide-react";
import { type MouseEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { performCommand } from "@/state/commands";
import { type SaveState, useCanEdit, useDesign } from "@/state/designStore";
import { renameDesign } from "@/state/editing";
import { colorOf, usePeers } from "@/state/presence";
import { navigate } from "@/state/router";
import { useSession } from "@/state/sessionStore";
import { setUi, type Theme, useUi } from "@/state/uiStore";
import { classes, IconButton, MenuButton, Tooltip } from "@/ui";
import mark from "@/ui/mark.svg";
import styles from "./TopBar.module.css";

interface TopBarProps {
  /** Finding chips. */
  findings?: ReactNode;
  /** Buttons at the right end: exchange, share, run. */
  actions?: ReactNode;
}

/** The editor's top bar: where one is, whether it is saved, who is here, what is wrong, and what can be done. */
export function TopBar({ findings, actions }: TopBarProps) {
  const workspace = useDesign((state) => state.workspace);
  const editable = useCanEdit();
  const canUndo = useDesign((state) => state.canUndo);
  const canRedo = useDesign((state) => state.canRedo);
  return (
    <header className={styles.bar}>
      <a className={styles.home} href="/" aria-label="All designs" onClick={goHome}>
        <img src={mark} alt="" width={22} height={22} />
      </a>
      {workspace && (
        <>
          <a className={styles.workspace} href="/" onClick={goHome} dir="auto">
            {workspace.name}
          </a>
          <span className={styles.slash}>/</span>
        </>
      )}
      <DesignName />
      <SaveMark />
      <span className={styles.space} />
      {editable && (
        <>
          <IconButton label="Undo" keys="Ctrl Z" disabled={!canUndo} onClick={() => performCommand("edit.undo")}>
            <Undo2 size={16} />
          </IconButton>
          <IconButton label="Redo" keys="Ctrl Shift Z" disabled={!canRedo} onClick={() => performCommand("edit.redo")}>
            <Redo2 size={16} />
          </IconButton>
        </>
      )}
      {findings}
      <People />
      <ThemeMenu />
      <IconButton label="Keyboard shortcuts" keys="?" onClick={() => setUi({ shortcutsOpen: true })}>
        <CircleHelp size={16} />
      </IconButton>
      {actions}
    </header>
  );
}

function goHome(event: MouseEvent): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  navigate("/");
}

function DesignName() {
  const name = useDesign((state) => state.name) || "Untitled";
  const editable = useCanEdit();
  const [text, setText] = useState(name);
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    setText(name);
    document.title = `${name} · Windtunnel`;
  }, [name]);
  const keep = () => {
    const next = text.trim();
    if (next && next !== name) renameDesign(next);
    else setText(name);
  };
  return (
    <span className={styles.name} data-text={text}>
      <input
        ref={ref}
        aria-label="Name of the design"
        value={text}
        disabled={!editable}
        maxLength={200}
        size={1}
        dir="auto"
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === "Escape") setText(name);
          if (event.key === "Enter" || event.key === "Escape") ref.current?.blur();
        }}
      />
    </span>
  );
}

const SAVE: Record<SaveState, { text: string; help: string }> = {
  saved: { text: "Saved", help: "Every change is stored on the server." },
  saving: { text: "Saving…", help: "The server has not stored the last change yet." },
  offline: { text: "Offline", help: "Changes are kept in this window and sent when the connection is back." },
};

function SaveMark() {
  const save = useDesign((state) => state.save);
  const role = useDesign((state) => state.role);
  const ready = useDesign((state) => state.status === "ready");
  if (!ready && save !== "offline") return null;
  const { text, help } = SAVE[save];
  if (role === "viewer" && save !== "offline") return <span className={styles.save}>View only</span>;
  return (
    <Tooltip text={help}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it carries an explanation */}
      <span tabIndex={0} role="status" className={classes(styles.save, styles[save])} data-testid="save-state">
        {text}
      </span>
    </Tooltip>
  );
}

const MOST_PEOPLE = 5;

function People() {
  const peers = usePeers((state) => state.peers);
  const user = useSession((state) => state.user);
  // One person in two windows is one person.
  const others = [
    ...new Map(peers.filter((peer) => peer.userId !== user?.id).map((peer) => [peer.userId, peer])).values(),
  ];
  if (!user) return null;
  return (
    <ul className={styles.people} aria-label="People on this design">
      {others.slice(0, MOST_PEOPLE).map((peer) => (
        <li key={peer.userId} style={{ background: peer.color }} title={peer.name}>
          {initials(peer.name)}
          <span className="visually-hidden">{peer.name}</span>
        </li>
      ))}
      {others.length > MOST_PEOPLE && <li className={styles.more}>+{others.length - MOST_PEOPLE}</li>}
      <li style={{ background: colorOf(user.id) }} title={`${user.name} (you)`}>
        {initials(user.name)}
        <span className="visually-hidden">{user.name} (you)</span>
      </li>
    </ul>
  );
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toUpperCase();
}

const THEMES: readonly { id: Theme; label: string }[] = [
  { id: "system", label: "As the system" },
  { id: "light", label: "Light" },
  { id: "dark", label: "Dark" },
];
const THEME_ICONS = { system: SunMoon, light: Sun, dark: Moon };

export function ThemeMenu() {
  const theme = useUi((state) => state.theme);
  const Icon = THEME_ICONS[theme];
  return (
    <MenuButton
      label="Theme"
      entries={THEMES.map(({ id, label }) => ({
        id,
        label,
        checked: id === theme,
        onSelect: () => setUi({ theme: id }),
      }))}
    >
      {(button) => (
        <IconButton label="Theme" {...button}>
          <Icon size={16} />
        </IconButton>
      )}
    </MenuButton>
  );
}
