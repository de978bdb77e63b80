import { useEffect } from "react";
import { performKey } from "@/state/commands";

const FIELD = "input, textarea, select, [contenteditable='true']";

/** Sends key presses to the commands, unless a text field, a menu or a dialog has them. */
export function useKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const target = event.target instanceof Element ? event.target : null;
      if (document.querySelector("dialog[open]") || target?.closest("[role='menu'], [role='dialog']")) return;
      if (target?.closest(FIELD) && !(isCommandKey(event) && !isTextKey(event))) return;
      // Enter and space work the button that has the focus.
      if ((event.key === "Enter" || event.key === " ") && target?.closest("button, a, summary, [role='tab']")) return;
      if (performKey(event)) event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

function isCommandKey(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey;
}

/** Combinations that a text field uses itself. */
function isTextKey(event: KeyboardEvent): boolean {
  return /^(a|c|v|x|z|y|d|arrowleft|arrowright|arrowup|arrowdown|backspace|delete|home|end)$/i.test(event.key);
}
