/** Which help page is shown beside the design: it is in the address, so that it can be shared and the way back works. */
import { useSyncExternalStore } from "react";
import { navigate, onNavigate } from "./router";

const HASH = "#help/";

/** The address of the page in the sheet, e.g. `services/lambda`; empty for the list, null when it is closed. */
export function useHelpAddress(): string | null {
  return useSyncExternalStore(onNavigate, () => readHelpAddress(window.location.hash));
}

export function readHelpAddress(hash: string): string | null {
  return hash.startsWith(HASH) || hash === "#help" ? decodeURI(hash.slice(HASH.length)) : null;
}

/** Opens a help page in the sheet beside the design. */
export function openHelp(address = ""): void {
  navigate(`${window.location.pathname}${HASH}${encodeURI(address)}`);
}

export function closeHelp(): void {
  navigate(window.location.pathname, { replace: true });
}
