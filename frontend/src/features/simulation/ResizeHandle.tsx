import type { KeyboardEvent, PointerEvent } from "react";
import { setUi, useUi } from "@/state/uiStore";
import styles from "./ResizeHandle.module.css";

const LEAST = 120;
const STEP = 16;

const most = (): number => Math.round(window.innerHeight * 0.7);
const clamp = (height: number): number => Math.max(LEAST, Math.min(most(), Math.round(height)));

/** The upper edge of the drawer: drag it, or use the arrow keys; a double click closes the drawer. */
export function ResizeHandle() {
  const height = useUi((state) => state.drawerHeight);
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    const from = event.clientY;
    const handle = event.currentTarget;
    const move = (next: globalThis.PointerEvent) => setUi({ drawerHeight: clamp(height + from - next.clientY) });
    handle.addEventListener("pointermove", move);
    handle.addEventListener("lostpointercapture", () => handle.removeEventListener("pointermove", move), {
      once: true,
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowUp: STEP, ArrowDown: -STEP }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setUi({ drawerHeight: clamp(height + step * (event.shiftKey ? 4 : 1)) });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is a control, an hr is not
    <div
      className={styles.handle}
      role="separator"
      aria-orientation="horizontal"
      aria-label="Height of the drawer"
      aria-valuenow={height}
      aria-valuemin={LEAST}
      aria-valuemax={most()}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
      onDoubleClick={() => setUi({ drawerOpen: false })}
    />
  );
}
