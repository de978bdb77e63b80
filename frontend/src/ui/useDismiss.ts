import { type RefObject, useEffect, useRef } from "react";

/** Calls `dismiss` on Escape and on a press outside of all the given elements, while `open`. */
export function useDismiss(open: boolean, dismiss: () => void, inside: RefObject<HTMLElement | null>[]) {
  const latest = useRef({ dismiss, inside });
  latest.current = { dismiss, inside };
  useEffect(() => {
    if (!open) return;
    const onPress = (event: PointerEvent) => {
      const target = event.target as Node;
      if (latest.current.inside.some((ref) => ref.current?.contains(target))) return;
      latest.current.dismiss();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      latest.current.dismiss();
    };
    window.addEventListener("pointerdown", onPress, true);
    window.addEventListener("keydown", onKey, true);
    return () => {
      window.removeEventListener("pointerdown", onPress, true);
      window.removeEventListener("keydown", onKey, true);
    };
  }, [open]);
}
