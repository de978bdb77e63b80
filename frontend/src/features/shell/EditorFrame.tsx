import type { ReactNode } from "react";
import { selectionSize, useSelection } from "@/state/selection";
import { classes } from "@/ui";
import { Banners } from "./Banners";
import styles from "./EditorFrame.module.css";

interface EditorFrameProps {
  topBar: ReactNode;
  palette: ReactNode;
  canvas: ReactNode;
  /** Floats over the canvas at its right edge. */
  overlay?: ReactNode;
  /** Below the canvas: the run drawer. */
  drawer?: ReactNode;
  inspector: ReactNode;
}

/** Where the parts of the editor stand. In a narrow window the inspector covers the canvas, and only when needed. */
export function EditorFrame({ topBar, palette, canvas, overlay, drawer, inspector }: EditorFrameProps) {
  const something = useSelection((state) => selectionSize(state) > 0);
  return (
    <div className={styles.frame}>
      {topBar}
      <Banners />
      <div className={styles.body}>
        <div className={styles.palette}>{palette}</div>
        <main className={styles.middle}>
          <div className={styles.canvas}>
            {canvas}
            {overlay}
          </div>
          {drawer}
        </main>
        <div className={classes(styles.inspector, something && styles.needed)}>{inspector}</div>
      </div>
    </div>
  );
}
