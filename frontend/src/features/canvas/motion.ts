/** A duration, or none for those who asked their system for less motion. */
export function motionMs(duration: number): number {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : duration;
}
