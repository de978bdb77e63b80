import {
  type CSSProperties,
  type HTMLAttributes,
  type ReactNode,
  type RefObject,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { createPortal } from "react-dom";
import { type Placement, placeFloat } from "./position";

export interface FloatAnchor {
  left: number;
  top: number;
  width: number;
  height: number;
}

interface FloatProps extends HTMLAttributes<HTMLDivElement> {
  /** An element to stand beside, or a box in window coordinates. */
  anchor: RefObject<HTMLElement | null> | FloatAnchor;
  placement: Placement;
  children: ReactNode;
  floatRef?: RefObject<HTMLDivElement | null>;
}

/** Something that floats beside an anchor, in a portal, kept inside the window. */
export function Float({ anchor, placement, children, style, floatRef, ...rest }: FloatProps) {
  const own = useRef<HTMLDivElement>(null);
  const ref = floatRef ?? own;
  const [place, setPlace] = useState<{ x: number; y: number } | null>(null);

  useLayoutEffect(() => {
    const float = ref.current;
    if (!float) return;
    const update = () => {
      const box = "current" in anchor ? anchor.current?.getBoundingClientRect() : anchor;
      if (!box) return;
      const next = placeFloat(box, { width: float.offsetWidth, height: float.offsetHeight }, placement, {
        width: window.innerWidth,
        height: window.innerHeight,
      });
      setPlace((old) => (old && old.x === next.x && old.y === next.y ? old : next));
    };
    update();
    const observer = new ResizeObserver(update);
    observer.observe(float);
    window.addEventListener("resize", update);
    window.addEventListener("scroll", update, true);
    return () => {
      observer.disconnect();
      window.removeEventListener("resize", update);
      window.removeEventListener("scroll", update, true);
    };
  }, [anchor, placement, ref]);

  const position: CSSProperties = {
    position: "fixed",
    left: place?.x ?? 0,
    top: place?.y ?? 0,
    // Not `visibility`: what opens the float focuses something inside before it has its place.
    opacity: place ? undefined : 0,
    zIndex: "var(--layer-popover)",
    ...style,
  };
  return createPortal(
    <div ref={ref} style={position} {...rest}>
      {children}
    </div>,
    document.body,
  );
}
