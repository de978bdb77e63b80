import { useEffect } from "react";
import { registerCommands } from "@/state/commands";
import { setUi, useUi } from "@/state/uiStore";

export function useHelpCommands(): void {
  useEffect(
    () =>
      registerCommands([
        {
          id: "help.commands",
          label: "All commands",
          group: "Help",
          keys: ["Mod+K"],
          perform: () => setUi({ commandsOpen: true }),
        },
        {
          id: "help.shortcuts",
          label: "Keyboard and mouse",
          group: "Help",
          keys: ["?"],
          perform: () => setUi({ shortcutsOpen: true }),
        },
        {
          id: "design.findings",
          label: "Show or hide the findings",
          group: "Design",
          keys: ["F"],
          perform: () => setUi({ findingsOpen: !useUi.getState().findingsOpen }),
        },
      ]),
    [],
  );
}
