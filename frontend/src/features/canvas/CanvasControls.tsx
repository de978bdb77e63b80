import { useStore } from "@xyflow/react";
import { Map as MapIcon, Minus, Plus, Wand2 } from "lucide-react";
import { performCommand } from "@/state/commands";
import { useCanEdit, useDesign } from "@/state/designStore";
import { setUi, useUi } from "@/state/uiStore";
import { Button, IconButton, Tooltip } from "@/ui";
import styles from "./CanvasControls.module.css";

/** Zoom, Tidy up and the map, at the lower left of the canvas. */
export function CanvasControls() {
  const zoom = useStore((state) => state.transform[2]);
  const minimapOpen = useUi((state) => state.minimapOpen);
  const editable = useCanEdit();
  const hasNodes = useDesign((state) => state.nodes.size > 1);
  return (
    <div className={styles.controls} role="toolbar" aria-label="View">
      <IconButton bordered label="Zoom out" keys="-" onClick={() => performCommand("view.zoom_out")}>
        <Minus size={15} />
      </IconButton>
      <Tooltip text="Zoom to 100 %" keys="1">
        <Button className={styles.zoom} onClick={() => performCommand("view.actual_size")}>
          {Math.round(zoom * 100)} %
        </Button>
      </Tooltip>
      <IconButton bordered label="Zoom in" keys="+" onClick={() => performCommand("view.zoom_in")}>
        <Plus size={15} />
      </IconButton>
      <Tooltip text="Show everything" keys="0">
        <Button onClick={() => performCommand("view.fit")}>Fit</Button>
      </Tooltip>
      {editable && hasNodes && (
        <Tooltip text="Arrange the cards along the flow">
          <Button icon={<Wand2 size={14} />} onClick={() => performCommand("design.tidy")}>
            Tidy up
          </Button>
        </Tooltip>
      )}
      <IconButton
        bordered
        label={minimapOpen ? "Hide the map" : "Show the map"}
        pressed={minimapOpen}
        onClick={() => setUi({ minimapOpen: !minimapOpen })}
      >
        <MapIcon size={15} />
      </IconButton>
    </div>
  );
}
