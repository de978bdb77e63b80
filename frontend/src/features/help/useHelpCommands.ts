import { useEffect } from "react";
import { registerCommands } from "@/state/commands";
import { useDesign } from "@/state/designStore";
import { UNKNOWN_CONNECTION } from "@/state/graph";
import { openHelp } from "@/state/help";
import { useSelection } from "@/state/selection";
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
          id: "help.pages",
          label: "Help pages",
          group: "Help",
          perform: () => openHelp(),
        },
        {
          id: "help.selected",
          label: "Help about this",
          group: "Help",
          keys: ["F1"],
          enabled: () => selectedAddress() !== null,
          perform: () => openHelp(selectedAddress() ?? ""),
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

/** The help page of the one node or edge that is selected. */
function selectedAddress(): string | null {
  const { nodes, edges } = useSelection.getState();
  const [nodeId] = nodes;
  const [edgeId] = edges;
  const design = useDesign.getState();
  if (nodeId && nodes.size === 1) return `services/${design.nodes.get(nodeId)?.service ?? ""}`;
  const connection = edgeId && edges.size === 1 ? design.edges.get(edgeId)?.connection : undefined;
  return connection && connection !== UNKNOWN_CONNECTION ? `connections/${connection}` : null;
}
