import { useDesign } from "./designStore";

const PATIENCE_MS = 1_500;

/** Waits, for a moment at most, until the server has this person's last edits: it runs and exports what it has. */
export function whenStored(): Promise<void> {
  if (useDesign.getState().save !== "saving") return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const timer = setTimeout(done, PATIENCE_MS);
    const stop = useDesign.subscribe((state) => state.save !== "saving" && done());
  });
}
