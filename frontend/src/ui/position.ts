export type Placement = "bottom-start" | "bottom-end" | "top" | "top-start" | "bottom" | "right" | "left";

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

interface Size {
  width: number;
  height: number;
}

const MARGIN = 8;

/** Top-left corner for a float of `size` beside `anchor`: flipped when it does not fit, then kept inside the window. */
export function placeFloat(
  anchor: Box,
  size: Size,
  placement: Placement,
  view: Size,
  gap = 6,
): { x: number; y: number } {
  const right = anchor.left + anchor.width;
  const bottom = anchor.top + anchor.height;
  const centreX = anchor.left + anchor.width / 2 - size.width / 2;
  const centreY = anchor.top + anchor.height / 2 - size.height / 2;
  const below = bottom + gap;
  const above = anchor.top - gap - size.height;
  let x = anchor.left;
  let y = below;
  if (placement === "right" || placement === "left") {
    y = centreY;
    const onRight = right + gap;
    const onLeft = anchor.left - gap - size.width;
    const wanted = placement === "right" ? onRight : onLeft;
    const other = placement === "right" ? onLeft : onRight;
    x = wanted >= MARGIN && wanted + size.width <= view.width - MARGIN ? wanted : other;
  } else {
    if (placement === "top" || placement === "bottom") x = centreX;
    if (placement === "bottom-end") x = right - size.width;
    const wantsTop = placement === "top" || placement === "top-start";
    const fitsBelow = below + size.height <= view.height - MARGIN;
    const fitsAbove = above >= MARGIN;
    y = wantsTop ? (fitsAbove || !fitsBelow ? above : below) : fitsBelow || !fitsAbove ? below : above;
  }
  return { x: clamp(x, view.width - size.width - MARGIN), y: clamp(y, view.height - size.height - MARGIN) };
}

function clamp(value: number, most: number): number {
  return Math.max(MARGIN, Math.min(value, Math.max(MARGIN, most)));
}
