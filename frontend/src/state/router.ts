import { useSyncExternalStore } from "react";

/** The page that an address shows. */
export type Route =
  | { page: "home" }
  | { page: "design"; designId: string }
  | { page: "help"; address: string }
  | { page: "missing" };

export function readRoute(path: string): Route {
  if (path === "/") return { page: "home" };
  const help = /^\/help(?:\/(.*?))?\/?$/.exec(path);
  if (help) return { page: "help", address: decodeURI(help[1] ?? "") };
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

/** Calls the function after each change of the address; returns how to stop. */
export function onNavigate(changed: () => void): () => void {
  window.addEventListener("popstate", changed);
  window.addEventListener("hashchange", changed);
  window.addEventListener(CHANGED, changed);
  return () => {
    window.removeEventListener("popstate", changed);
    window.removeEventListener("hashchange", changed);
    window.removeEventListener(CHANGED, changed);
  };
}

export function usePath(): string {
  return useSyncExternalStore(onNavigate, () => window.location.pathname);
}
