/** Finds the cards that a stretch of a line runs through. */
import type { Point, Rect } from "@/state/graph";

const CLEARANCE = 6;
const CELL = 256;

/** Cards by the squares of a coarse grid, to find those that a stretch runs through. */
export class ObstacleGrid {
  private readonly cells = new Map<string, [string, Rect][]>();

  constructor(rects: ReadonlyMap<string, Rect>) {
    for (const [id, rect] of rects) {
      this.visit(rect.x, rect.y, rect.x + rect.width, rect.y + rect.height, (key) => {
        const cell = this.cells.get(key);
        if (cell) cell.push([id, rect]);
        else this.cells.set(key, [[id, rect]]);
      });
    }
  }

  /** Number of cards, other than the two given, that the stretch runs through. */
  crossings(a: Point, b: Point, source: string, target: string): number {
    const left = Math.min(a.x, b.x) - CLEARANCE;
    const right = Math.max(a.x, b.x) + CLEARANCE;
    const top = Math.min(a.y, b.y) - CLEARANCE;
    const bottom = Math.max(a.y, b.y) + CLEARANCE;
    const hit = new Set<string>();
    this.visit(left, top, right, bottom, (key) => {
      for (const [id, rect] of this.cells.get(key) ?? []) {
        if (id === source || id === target) continue;
        const apart = rect.x > right || rect.x + rect.width < left || rect.y > bottom || rect.y + rect.height < top;
        if (!apart) hit.add(id);
      }
    });
    return hit.size;
  }

  private visit(left: number, top: number, right: number, bottom: number, each: (key: string) => void): void {
    for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column += 1) {
      for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row += 1) each(`${column},${row}`);
    }
  }
}
