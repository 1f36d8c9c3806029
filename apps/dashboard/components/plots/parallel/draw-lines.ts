/** How lines look on the ground that the page has. */
export interface LineColors {
  /** From the lowest figure to the highest, as red, green and blue of 0 to 255. */
  readonly ramp: readonly [Rgb, Rgb];
  /** Of lines that are not kept. */
  readonly faded: string;
}

type Rgb = readonly [number, number, number];

export const lineColors: Readonly<Record<'light' | 'dark', LineColors>> = {
  light: {
    ramp: [
      [115, 150, 185],
      [8, 48, 107],
    ],
    faded: 'rgb(0 0 0 / 6%)',
  },
  dark: {
    ramp: [
      [86, 114, 142],
      [222, 236, 250],
    ],
    faded: 'rgb(255 255 255 / 6%)',
  },
};

export function rampColor([low, high]: LineColors['ramp'], share: number): string {
  return `rgb(${low.map((from, i) => Math.round(from + share * (high[i]! - from))).join(' ')})`;
}

export interface Lines {
  /** The points of each line, from the left axis to the right, in pixels. */
  readonly points: readonly (readonly (readonly [x: number, y: number])[])[];
  /** What colours each line, 0 to 1. */
  readonly shades: readonly number[];
  readonly kept: readonly boolean[];
}

/** Draws lines in place of what a canvas shows: those that are not kept beneath, the highest on top. */
export function drawLines(
  canvas: HTMLCanvasElement,
  { width, height }: { width: number; height: number },
  { points, shades, kept }: Lines,
  { ramp, faded }: LineColors,
): void {
  const density = window.devicePixelRatio;
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  const context = canvas.getContext('2d')!;
  context.scale(density, density);
  context.lineWidth = 1.5;
  context.lineJoin = 'round';
  const stroke = (line: Lines['points'][number]) => {
    context.beginPath();
    for (const [x, y] of line) context.lineTo(x, y);
    context.stroke();
  };
  context.strokeStyle = faded;
  points.forEach((line, i) => kept[i] || stroke(line));
  const top = shades.map((_, i) => i).filter((i) => kept[i]);
  // Of thousands each says less.
  context.globalAlpha = Math.min(1, Math.max(0.2, 8 / Math.sqrt(top.length)));
  for (const i of top.toSorted((a, b) => shades[a]! - shades[b]!)) {
    context.strokeStyle = rampColor(ramp, shades[i]!);
    stroke(points[i]!);
  }
}
