import type { RunWindow } from "@/api/results";

const CAPACITY = 4_000;

/**
 * The windows of one run in order, however they come: late, twice, or some from REST and some from
 * the socket. When a run yields more than `capacity`, the oldest are let go.
 */
export class WindowBuffer {
  private windows: RunWindow[] = [];
  /** Windows that were let go because there was no room for them. */
  dropped = 0;

  constructor(private readonly capacity = CAPACITY) {}

  /** Takes windows in; false when all of them were there already. */
  add(incoming: readonly RunWindow[]): boolean {
    const last = this.windows.at(-1)?.index ?? -1;
    const isNext = incoming.every((window, position) => window.index > (incoming[position - 1]?.index ?? last));
    const merged = isNext ? [...this.windows, ...incoming] : this.merge(incoming);
    if (merged.length === this.windows.length) return false;
    const excess = Math.max(0, merged.length - this.capacity);
    this.dropped += excess;
    this.windows = excess > 0 ? merged.slice(excess) : merged;
    return true;
  }

  /** A new array after each change, never changed itself. */
  list(): readonly RunWindow[] {
    return this.windows;
  }

  /** Index up to which nothing is missing, counted from the first window that is held; -1 for none. */
  get contiguousTo(): number {
    let reached = this.windows[0]?.index ?? -1;
    if (this.dropped === 0 && reached > 0) return -1;
    for (const window of this.windows) {
      if (window.index > reached + 1) return reached;
      reached = window.index;
    }
    return reached;
  }

  private merge(incoming: readonly RunWindow[]): RunWindow[] {
    const oldest = this.dropped > 0 ? (this.windows[0]?.index ?? 0) : 0;
    const byIndex = new Map(this.windows.map((window) => [window.index, window]));
    for (const window of incoming) {
      if (window.index >= oldest && !byIndex.has(window.index)) byIndex.set(window.index, window);
    }
    if (byIndex.size === this.windows.length) return this.windows;
    return [...byIndex.values()].sort((a, b) => a.index - b.index);
  }
}
