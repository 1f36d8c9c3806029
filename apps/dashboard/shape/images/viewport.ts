/** How a map is looked at: pixels = (place - centre) * scale + half the size, y upwards. */
export interface Viewport {
  readonly centreX: number;
  readonly centreY: number;
  /** Pixels for a step of 1 on the map, whose places are from -1 to 1. */
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** So much of the shorter side is kept free around the whole map. */
const margin = 0.06;
/** How much larger than the whole map it can be looked at. */
const mostZoom = 400;

/** The whole map. */
export function wholeMap({ width, height }: Size): Viewport {
  const shorter = Math.max(40, Math.min(width, height));
  return { centreX: 0, centreY: 0, scale: (shorter / 2) * (1 - 2 * margin) };
}

/** Moved by pixels, as by a hand that drags it. The middle stays on the map. */
export function panned(view: Viewport, byX: number, byY: number): Viewport {
  return {
    ...view,
    centreX: clamp(view.centreX - byX / view.scale),
    centreY: clamp(view.centreY + byY / view.scale),
  };
}

/** Larger by a factor, with the place under these pixels staying there. */
export function zoomed(view: Viewport, by: number, at: { x: number; y: number }, size: Size): Viewport {
  const least = wholeMap(size).scale / 2;
  const scale = Math.min(least * 2 * mostZoom, Math.max(least, view.scale * by));
  const [x, y] = placeAt(view, at, size);
  return {
    scale,
    centreX: clamp(x - (at.x - size.width / 2) / scale),
    centreY: clamp(y + (at.y - size.height / 2) / scale),
  };
}

/** The place on the map under pixels. */
export function placeAt(
  { centreX, centreY, scale }: Viewport,
  { x, y }: { x: number; y: number },
  { width, height }: Size,
): [x: number, y: number] {
  return [centreX + (x - width / 2) / scale, centreY - (y - height / 2) / scale];
}

/** The pixels of a place on the map. */
export function pixelsOf(
  { centreX, centreY, scale }: Viewport,
  x: number,
  y: number,
  { width, height }: Size,
): [x: number, y: number] {
  return [(x - centreX) * scale + width / 2, (centreY - y) * scale + height / 2];
}

function clamp(place: number): number {
  return Math.min(1, Math.max(-1, place));
}
