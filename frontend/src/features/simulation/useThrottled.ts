import { useEffect, useRef, useState } from "react";

/** The value, renewed at most every `everyMs`; the last one always arrives. */
export function useThrottled<T>(value: T, everyMs: number): T {
  const [shown, setShown] = useState(value);
  const shownAt = useRef(0);
  useEffect(() => {
    const show = () => {
      shownAt.current = performance.now();
      setShown(value);
    };
    const wait = everyMs - (performance.now() - shownAt.current);
    if (wait <= 0) {
      show();
      return;
    }
    const timer = setTimeout(show, wait);
    return () => clearTimeout(timer);
  }, [value, everyMs]);
  return shown;
}
