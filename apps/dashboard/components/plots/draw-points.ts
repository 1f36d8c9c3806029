const radius = 4;
/** A pointer is at a point that is no farther away, in pixels. */
const reach = 8;

/** Draws points in place of what a canvas shows: each is a copy of one that was drawn once, which of ten thousand takes a hundredth of the time. */
export function drawPoints(
  canvas: HTMLCanvasElement,
  { width, height }: { width: number; height: number },
  xs: Float64Array,
  ys: Float64Array,
  colors: { readonly fill: string; readonly edge: string },
): void {
  const density = window.devicePixelRatio;
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  const context = canvas.getContext('2d')!;
  const one = onePoint(density, colors);
  const half = one.width / 2;
  for (let i = 0; i < xs.length; i++) {
    if (!Number.isNaN(xs[i]!)) {
      context.drawImage(one, Math.round(xs[i]! * density - half), Math.round(ys[i]! * density - half));
    }
  }
}

function onePoint(density: number, { fill, edge }: { fill: string; edge: string }): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = Math.ceil((2 * radius + 2) * density);
  const context = canvas.getContext('2d')!;
  context.arc(canvas.width / 2, canvas.height / 2, radius * density, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.globalAlpha = 0.7;
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = edge;
  context.lineWidth = 0.75 * density;
  context.stroke();
  return canvas;
}

/** The point that lies next to a place, of those on top of each other the last; null where none is near. */
export function nearestPoint(xs: Float64Array, ys: Float64Array, x: number, y: number): number | null {
  let nearest: number | null = null;
  let least = reach ** 2;
  for (let i = 0; i < xs.length; i++) {
    const squared = (xs[i]! - x) ** 2 + (ys[i]! - y) ** 2;
    if (squared <= least) [least, nearest] = [squared, i];
  }
  return nearest;
}
