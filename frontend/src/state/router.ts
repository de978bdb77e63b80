import { useSyncExternalStore } from "react";

/** The page that an address shows. */
export type Route = { page: "home" } | { page: "design"; designId: string } | { page: "missing" };

export function readRoute(path: string): Route {
  if (path === "/") return { page: "home" };
  const designId = /^\/designs\/([\w-]+)\/?$/.exec(path)?.[1];
  return designId ? { page: "design", designId } : { page: "missing" };
}

const CHANGED = "windtunnel:navigate";

/** Goes to a page of the product without loading it anew. */
export function navigate(path: string, { replace = false } = {}): void {
  if (replace) window.history.replaceState(null, "", path);
  else window.history.pushState(null, "", path);
  window.dispatchEvent(new Event(CHANGED));
}

function subscribe(changed: () => void): () => void {
  window.addEventListener("popstate", changed);
  window.addEventListener(CHANGED, changed);
  return () => {
    window.removeEventListener("popstate", changed);
    window.removeEventListener(CHANGED, changed);
  };
}

export function usePath(): string {
  return useSyncExternalStore(subscribe, () => window.location.pathname);
}
