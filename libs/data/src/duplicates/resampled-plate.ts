import type { Affinity } from './affinity.ts';
import { plateSide } from './describe-image.ts';
import type { ImageStore } from './image-store.ts';
import { terms, type Warp } from './warp.ts';

/** Maps between pixels of plates are maps between pixels of images, seen at half the size. */
export function onPlates([a, b, c, d, e, f]: Affinity): Affinity {
  // A plate's pixel (x, y) is the middle of the image's (2 x, 2 y) and (2 x + 1, 2 y + 1).
  return [a, b, (c + (a + b - 1) * 0.5) / 2, d, e, (f + (d + e - 1) * 0.5) / 2];
}

/** The inverse of `onPlates`. */
export function onImages([a, b, c, d, e, f]: Affinity): Affinity {
  return [a, b, 2 * c - (a + b - 1) * 0.5, d, e, 2 * f - (d + e - 1) * 0.5];
}

/**
 * The plates of two images, the second one drawn where the first has the same place: `first[i]` and `second[i]` show one place; 0
 * where either ends. One after another is made in the same memory.
 */
export class ResampledPlates {
  readonly first = new Float32Array(plateSide * plateSide);
  readonly second = new Float32Array(plateSide * plateSide);
  width = 0;
  height = 0;
  /** Pixels that both show. */
  shared = 0;

  /** `warp` leads from the first plate's pixels to the second's. */
  draw(store: ImageStore, a: number, b: number, warp: Warp, isInverted: boolean): void {
    const { plates, sizes } = store;
    this.width = sizes[a * 4 + 1]!;
    this.height = sizes[a * 4 + 2]!;
    const { first, second, width, height } = this;
    const [widthB, heightB] = [sizes[b * 4 + 1]!, sizes[b * 4 + 2]!];
    const [baseA, baseB] = [a * plateSide * plateSide, b * plateSide * plateSide];
    const { coefficients, middleX, middleY, scale } = warp;
    const [x0, x1, x2, x3, x4, x5] = coefficients as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const [y0, y1, y2, y3, y4, y5] = coefficients.subarray(terms) as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    let shared = 0;
    for (let y = 0, at = 0; y < height; y++) {
      const v = (y - middleY) * scale;
      const [rowX, rowY] = [x0 + (x2 + x5 * v) * v, y0 + (y2 + y5 * v) * v];
      const [slopeX, slopeY] = [x1 + x4 * v, y1 + y4 * v];
      for (let x = 0; x < width; x++, at++) {
        first[at] = 0;
        second[at] = 0;
        const value = plates[baseA + at]!;
        if (value === 0) continue;
        const u = (x - middleX) * scale;
        const toX = rowX + (slopeX + x3 * u) * u;
        const toY = rowY + (slopeY + y3 * u) * u;
        if (toX < 0 || toY < 0 || toX >= widthB - 1 || toY >= heightB - 1) continue;
        const column = toX | 0;
        const row = toY | 0;
        const from = baseB + row * widthB + column;
        const nw = plates[from]!;
        const ne = plates[from + 1]!;
        const sw = plates[from + widthB]!;
        const se = plates[from + widthB + 1]!;
        if (nw === 0 || ne === 0 || sw === 0 || se === 0) continue;
        const fx = toX - column;
        const fy = toY - row;
        const upper = nw + (ne - nw) * fx;
        const drawn = upper + (sw + (se - sw) * fx - upper) * fy;
        first[at] = value;
        second[at] = isInverted ? 256 - drawn : drawn;
        shared++;
      }
    }
    this.shared = shared;
  }
}

/** Pixels of a plate that show its photograph. */
export function plateArea(store: ImageStore, image: number): number {
  const base = image * plateSide * plateSide;
  const length = store.sizes[image * 4 + 1]! * store.sizes[image * 4 + 2]!;
  let count = 0;
  for (let i = base; i < base + length; i++) if (store.plates[i] !== 0) count++;
  return count;
}
