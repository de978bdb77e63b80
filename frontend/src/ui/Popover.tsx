import { type ReactNode, type RefObject, useEffect, useRef } from "react";
import { Float, type FloatAnchor } from "./Float";
import styles from "./Popover.module.css";
import type { Placement } from "./position";
import { useDismiss } from "./useDismiss";

interface PopoverProps {
  open: boolean;
  onClose: () => void;
  anchor: RefObject<HTMLElement | null> | FloatAnchor;
  placement?: Placement;
  label: string;
  children: ReactNode;
  /** Focus goes into the popover when it opens (default), and back to the anchor when it closes. */
  takeFocus?: boolean;
}

/** A floating panel beside its anchor; closes on Escape and on a press outside. */
export function Popover({
  open,
  onClose,
  anchor,
  placement = "bottom-end",
  label,
  children,
  takeFocus = true,
}: PopoverProps) {
  const float = useRef<HTMLDivElement>(null);
  const anchorRef = "current" in anchor ? anchor : null;
  useDismiss(open, onClose, anchorRef ? [float, anchorRef] : [float]);
  useEffect(() => {
    if (!open || !takeFocus) return;
    const before = document.activeElement as HTMLElement | null;
    const first = float.current?.querySelector<HTMLElement>("[autofocus], input, button, a, [tabindex='0']");
    (first ?? float.current)?.focus();
    return () => before?.focus?.();
  }, [open, takeFocus]);
  if (!open) return null;
  return (
    <Float
      anchor={anchor}
      placement={placement}
      floatRef={float}
      role="dialog"
      aria-label={label}
      tabIndex={-1}
      className={styles.popover}
    >
      {children}
    </Float>
  );
}
