import { create } from "zustand";

export type FreeTier = "none" | "always" | "legacy_12_months";
export type Theme = "system" | "light" | "dark";

interface Remembered {
  theme: Theme;
  paletteOpen: boolean;
  legendOpen: boolean;
  minimapOpen: boolean;
  /** Run drawer: its height in pixels when open. */
  drawerHeight: number;
  drawerOpen: boolean;
  /** Which free tier the monthly bill counts. */
  freeTier: FreeTier;
}

export interface UiState extends Remembered {
  commandsOpen: boolean;
  shortcutsOpen: boolean;
  findingsOpen: boolean;
  /** Node from which the keyboard is choosing a connection's target. */
  connectFrom: string | null;
  /** Thing whose name is being typed on the canvas. */
  renaming: string | null;
}

const KEY = "windtunnel.ui";

const DEFAULTS: Remembered = {
  theme: "system",
  paletteOpen: true,
  legendOpen: true,
  minimapOpen: true,
  drawerHeight: 280,
  drawerOpen: false,
  freeTier: "none",
};

function recall(): Remembered {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Remembered>) };
  } catch {
    return DEFAULTS;
  }
}

/** How this person's window looks; what is worth it is remembered in the browser. */
export const useUi = create<UiState>()(() => ({
  ...recall(),
  commandsOpen: false,
  shortcutsOpen: false,
  findingsOpen: false,
  connectFrom: null,
  renaming: null,
}));

export function setUi(change: Partial<UiState>): void {
  useUi.setState(change);
}

useUi.subscribe((state) => {
  const kept = Object.fromEntries(Object.keys(DEFAULTS).map((key) => [key, state[key as keyof Remembered]]));
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // A browser that refuses storage only forgets these choices.
  }
});

const prefersDark = () => window.matchMedia("(prefers-color-scheme: dark)");

export function resolvedTheme(theme: Theme): "light" | "dark" {
  return theme === "system" ? (prefersDark().matches ? "dark" : "light") : theme;
}

/** Keeps `data-theme` on the page in step with the choice and with the system. */
export function startTheme(): void {
  const apply = () => {
    document.documentElement.dataset.theme = resolvedTheme(useUi.getState().theme);
  };
  apply();
  useUi.subscribe(apply);
  prefersDark().addEventListener("change", apply);
}
