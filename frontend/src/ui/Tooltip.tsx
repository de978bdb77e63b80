import { cloneElement, type ReactElement, type ReactNode, type Ref, useEffect, useId, useRef, useState } from "react";
import { Float } from "./Float";
import type { Placement } from "./position";
import styles from "./Tooltip.module.css";

const OPEN_AFTER_MS = 450;

interface TooltipProps {
  text: ReactNode;
  keys?: string | undefined;
  placement?: Placement;
  /** One focusable element; it gets the handlers. */
  children: ReactElement<Record<string, unknown>>;
}

/** A short explanation on hover and on keyboard focus; Escape hides it. */
export function Tooltip({ text, keys, placement = "bottom", children }: TooltipProps) {
  const id = useId();
  const anchor = useRef<HTMLElement | null>(null);
  const timer = useRef(0);
  const [open, setOpen] = useState(false);
  useEffect(() => () => window.clearTimeout(timer.current), []);

  const show = (delay: number) => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setOpen(true), delay);
  };
  const hide = () => {
    window.clearTimeout(timer.current);
    setOpen(false);
  };
  const given = children.props;
  const call = (name: string, event: unknown) => (given[name] as ((event: unknown) => void) | undefined)?.(event);

  const child = cloneElement(children, {
    ref: (element: HTMLElement | null) => {
      anchor.current = element;
      const ref = given.ref as Ref<HTMLElement> | undefined;
      if (typeof ref === "function") ref(element);
      else if (ref) ref.current = element;
    },
    "aria-describedby": open ? id : given["aria-describedby"],
    onPointerEnter: (event: React.PointerEvent) => {
      call("onPointerEnter", event);
      if (event.pointerType !== "touch") show(OPEN_AFTER_MS);
    },
    onPointerLeave: (event: unknown) => {
      call("onPointerLeave", event);
      hide();
    },
    onPointerDown: (event: unknown) => {
      call("onPointerDown", event);
      hide();
    },
    onFocus: (event: React.FocusEvent) => {
      call("onFocus", event);
      if (event.target.matches(":focus-visible")) show(OPEN_AFTER_MS);
    },
    onBlur: (event: unknown) => {
      call("onBlur", event);
      hide();
    },
    onKeyDown: (event: React.KeyboardEvent) => {
      call("onKeyDown", event);
      if (event.key === "Escape") hide();
    },
  });
  return (
    <>
      {child}
      {open && (
        <Float anchor={anchor} placement={placement} id={id} role="tooltip" className={styles.tooltip}>
          {text}
          {keys && <kbd className={styles.keys}>{keys}</kbd>}
        </Float>
      )}
    </>
  );
}
