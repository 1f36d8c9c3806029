import type { Affinity } from './affinity.ts';
import { plateSide } from './describe-image.ts';
import type { ImageStore } from './image-store.ts';

/** Side of the blocks that are compared, in pixels of a plate. */
const block = 8;
/** Every second pixel of every second row is compared: plates are smooth. */
const stride = 2;
/** Compared pixels of a block that both images must show. */
const leastPixels = 10;
/** Deviation of grey values within a block below which it shows nothing. */
const leastDeviation = 2;

export interface Agreement {
  /** Correlation of what both images show, -1 to 1: brightness and contrast of whole blocks do not count. */
  readonly correlation: number;
  /** Share of the smaller image that the other shows too, 0 to 1. */
  readonly overlap: number;
  /** Blocks with something to compare. */
  readonly blocks: number;
}

/** Compares the plates of two images pixel by pixel under a map from `a` to `b` (in pixels of the images). */
export function correlate(store: ImageStore, a: number, b: number, affinity: Affinity): Agreement {
  const { plates, sizes } = store;
  const [widthA, heightA] = [sizes[a * 4 + 1]!, sizes[a * 4 + 2]!];
  const [widthB, heightB] = [sizes[b * 4 + 1]!, sizes[b * 4 + 2]!];
  const [baseA, baseB] = [a * plateSide * plateSide, b * plateSide * plateSide];
  // A plate's pixel (x, y) is the middle of the image's (2 x, 2 y) and (2 x + 1, 2 y + 1).
  const [p, q, , s, t] = affinity;
  const r = (affinity[2] + (p + q - 1) * 0.5) / 2;
  const u = (affinity[5] + (s + t - 1) * 0.5) / 2;
  let [product, blocks, shared, validA] = [0, 0, 0, 0];
  for (let top = 0; top < heightA; top += block) {
    for (let left = 0; left < widthA; left += block) {
      let [n, sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0, 0];
      const [bottom, right] = [Math.min(heightA, top + block), Math.min(widthA, left + block)];
      for (let y = top; y < bottom; y += stride) {
        for (let x = left; x < right; x += stride) {
          const value = plates[baseA + y * widthA + x]!;
          if (value === 0) continue;
          validA++;
          const toX = p * x + q * y + r;
          const toY = s * x + t * y + u;
          if (toX < 0 || toY < 0 || toX >= widthB - 1 || toY >= heightB - 1) continue;
          const column = toX | 0;
          const row = toY | 0;
          const at = baseB + row * widthB + column;
          const nw = plates[at]!;
          const ne = plates[at + 1]!;
          const sw = plates[at + widthB]!;
          const se = plates[at + widthB + 1]!;
          if (nw === 0 || ne === 0 || sw === 0 || se === 0) continue;
          const fx = toX - column;
          const fy = toY - row;
          const upper = nw + (ne - nw) * fx;
          const other = upper + (sw + (se - sw) * fx - upper) * fy;
          n++;
          sumA += value;
          sumB += other;
          squaresA += value * value;
          squaresB += other * other;
          products += value * other;
        }
      }
      shared += n;
      if (n < leastPixels) continue;
      const varianceA = squaresA / n - (sumA / n) ** 2;
      const varianceB = squaresB / n - (sumB / n) ** 2;
      if (Math.max(varianceA, varianceB) < leastDeviation ** 2) continue;
      const covariance = products / n - (sumA / n) * (sumB / n);
      product += covariance / Math.sqrt(Math.max(varianceA, 1) * Math.max(varianceB, 1));
      blocks++;
    }
  }
  const area = Math.abs(p * t - q * s);
  const validB = validPixels(plates, baseB, widthB * heightB);
  const smaller = Math.min(validA, validB / area);
  return {
    correlation: blocks > 0 ? product / blocks : 0,
    overlap: smaller > 0 ? Math.min(1, shared / smaller) : 0,
    blocks,
  };
}

function validPixels(plates: Uint8Array, base: number, length: number): number {
  let count = 0;
  for (let i = base; i < base + length; i += stride) if (plates[i] !== 0) count++;
  return count / stride;
}
