import type { ImageColors, Rgb } from './image-colors.ts';
import { pixelsOf, type Size, type Viewport } from './viewport.ts';

export interface PointsToPaint {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Of each image whether it is shown; others are hinted at beneath. */
  readonly shown: Uint8Array;
  readonly colors: Pick<ImageColors, 'colors' | 'kinds'>;
  /** In pixels of the picture. */
  readonly radius: number;
  /** Images in pairs that lines join; one end must be shown. */
  readonly lines: Int32Array | null;
  readonly ground: Rgb;
  readonly lineColor: Rgb;
}

/** How much of its colour an image has that is not shown. */
const hint = 0.16;

/**
 * Paints points and lines into the pixels of a picture (RGBA, a number a pixel), over a ground of one colour. Written by hand, because twelve thousand
 * calls to a canvas take longer than a frame and this takes a few milliseconds, with a graphics card or without.
 */
export function paintPoints(
  pixels: Uint32Array,
  size: Size,
  view: Viewport,
  { x, y, shown, colors, radius, lines, ground, lineColor }: PointsToPaint,
): void {
  const { width, height } = size;
  pixels.fill(packed(ground));
  const disc = discOf(radius);
  const strong = colors.colors.map(packed);
  const weak = colors.colors.map((color) => packed(mixed(ground, color, hint)));
  const paint = (i: number, color: number) => {
    const [px, py] = pixelsOf(view, x[i]!, y[i]!, size);
    const [left, top] = [Math.floor(px), Math.floor(py)];
    // False for an image without a place, too.
    if (!(left >= -radius && left < width + radius && top >= -radius && top < height + radius)) return;
    for (const { dy, from, to } of disc) {
      const row = top + dy;
      if (row < 0 || row >= height) continue;
      const end = row * width + Math.min(width - 1, left + to);
      for (let at = row * width + Math.max(0, left + from); at <= end; at++) pixels[at] = color;
    }
  };
  for (let i = 0; i < x.length; i++) if (shown[i] === 0) paint(i, weak[colors.kinds[i]!]!);
  if (lines) {
    const color = packed(lineColor);
    for (let n = 0; n < lines.length; n += 2) {
      const [from, to] = [lines[n]!, lines[n + 1]!];
      if (shown[from] === 0 && shown[to] === 0) continue;
      const [ax, ay] = pixelsOf(view, x[from]!, y[from]!, size);
      const [bx, by] = pixelsOf(view, x[to]!, y[to]!, size);
      paintLine(pixels, size, ax, ay, bx, by, color);
    }
  }
  for (let i = 0; i < x.length; i++) if (shown[i] === 1) paint(i, strong[colors.kinds[i]!]!);
}

function paintLine(
  pixels: Uint32Array,
  { width, height }: Size,
  ax: number,
  ay: number,
  bx: number,
  by: number,
  color: number,
): void {
  const steps = Math.ceil(Math.max(Math.abs(bx - ax), Math.abs(by - ay)));
  // Of a line that is far longer than the picture nothing would be recognised.
  if (!(steps > 0 && steps < 4 * (width + height))) return;
  for (let step = 0; step <= steps; step++) {
    const [px, py] = [
      Math.floor(ax + ((bx - ax) * step) / steps),
      Math.floor(ay + ((by - ay) * step) / steps),
    ];
    if (px >= 0 && px < width && py >= 0 && py < height) pixels[py * width + px] = color;
  }
}

/** The rows of a disc, each from one pixel to another, about its middle. */
function discOf(radius: number) {
  const rows: { dy: number; from: number; to: number }[] = [];
  const whole = Math.floor(radius);
  for (let dy = -whole; dy <= whole; dy++) {
    const half = Math.floor(Math.sqrt(radius * radius - dy * dy));
    rows.push({ dy, from: -half, to: half });
  }
  return rows;
}

function mixed(a: Rgb, b: Rgb, share: number): Rgb {
  return a.map((value, i) => Math.round(value + (b[i]! - value) * share)) as unknown as Rgb;
}

/** As a number of a picture's memory, whose first byte is red (all browsers' machines keep the lowest byte first). */
function packed([red, green, blue]: Rgb): number {
  return (255 << 24) | (blue << 16) | (green << 8) | red;
}
