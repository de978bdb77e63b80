import { useDesign } from "./designStore";
import { closeDesign, openDesign } from "./documentConnection";
import { startEvents } from "./findingsStore";
import { startPresence } from "./presence";
import { clearSelection, pruneSelection } from "./selection";
import { setUi } from "./uiStore";

/** Opens a design with all that lives as long as it is open; returns how to leave it. */
export function startDesignSession(designId: string): () => void {
  openDesign(designId);
  const stopPresence = startPresence();
  const stopEvents = startEvents(designId);
  const stopPruning = useDesign.subscribe((design, before) => {
    const gone =
      design.nodes !== before.nodes ||
      design.edges !== before.edges ||
      design.groups !== before.groups ||
      design.notes !== before.notes;
    if (gone) pruneSelection((kind, id) => design[kind].has(id));
  });
  return () => {
    stopPruning();
    stopEvents();
    stopPresence();
    closeDesign();
    clearSelection();
    setUi({ commandsOpen: false, shortcutsOpen: false, findingsOpen: false, connectFrom: null, renaming: null });
  };
}
