import { create } from "zustand";

export interface Toast {
  readonly id: number;
  readonly title: string;
  readonly text?: string;
  readonly tone?: "neutral" | "good" | "warning" | "error";
  readonly action?: { readonly label: string; readonly perform: () => void };
}

const SHOWN_MS = 7_000;
const MOST_SHOWN = 4;

let lastId = 0;

export const useToasts = create<{ toasts: readonly Toast[] }>()(() => ({ toasts: [] }));

/** Shows a message at the edge of the window; errors stay until they are closed. */
export function showToast(toast: Omit<Toast, "id">): void {
  lastId += 1;
  const id = lastId;
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts, { ...toast, id }].slice(-MOST_SHOWN) }));
  if (toast.tone !== "error") setTimeout(() => closeToast(id), SHOWN_MS);
}

export function closeToast(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}
