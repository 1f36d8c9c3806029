import { WasmKernel } from '@thaw/base';
import type { Affinity } from './affinity.ts';
import type { ImageStore } from '../image-store.ts';
import type { ResampledPlates } from './resampled-plate.ts';
import { affinityOf, terms, warpOf, type Warp } from './warp.ts';

/** Side of the blocks within which brightness and contrast may differ, in pixels of a plate. */
const block = 8;
const leastPixels = 24;
/** Blocks that correlate less show something else, or lie too far off. */
const leastCorrelation = 0.35;
const leastVariance = 9;
/** What noise adds to the variance of a block. */
const noiseVariance = 25;
/** Terms of the warp that each round fits. */
const rounds = { affine: [3, 3], all: [terms, terms] };
/** Pixels by which a step may move the image's corners before it is thought to run away, and at which it has arrived. */
const farthest = 6;
const arrived = { affine: 0.3, all: 0.08 };

const most = 2 * terms;
const width = most + 1;
const valueBytes = Float32Array.BYTES_PER_ELEMENT;

interface Functions {
  blockSums(...[first, second, stride, pixels, variance, correlation, noise, sums]: number[]): number;
}

const kernel = new WasmKernel<Functions>(new URL('align-pixels.wasm', import.meta.url));

/** Brings two plates together that are drawn one after another; sums over their pixels are a kernel's (`align-pixels.wat`). */
export class PixelAligner {
  readonly #plates: ResampledPlates;
  readonly #functions: Functions;
  readonly #sums: Float32Array;
  /** Normal equations row by row, the right side last. */
  readonly #normal = new Float64Array(most * width);

  constructor(plates: ResampledPlates) {
    this.#plates = plates;
    this.#functions = kernel.in(plates.memory);
    this.#sums = plates.memory.float32(5);
  }

  /**
   * The warp near `start` (between the plates of `a` and `b`) under which their pixels agree best: Gauss and Newton's method on the
   * differences (Lucas and Kanade 1981), with the brightness and contrast of every block fitted, and without blocks that show
   * something else. Leaves the plates drawn under it. From an affine map it finds the best affine map, from a warp, which
   * the plates are drawn under already, the best warp.
   */
  align(store: ImageStore, a: number, b: number, start: Affinity | Warp, isInverted: boolean): Warp {
    const isWarp = 'coefficients' in start;
    const warp = isWarp ? start : warpOf(start, store.sizes[a * 4 + 1]!, store.sizes[a * 4 + 2]!);
    if (!isWarp) this.#plates.draw(store, a, b, warp, isInverted);
    const kind = isWarp ? 'all' : 'affine';
    for (const count of rounds[kind]) {
      const step = this.#step(warp, count);
      if (!step) break;
      for (const [i, value] of step.entries()) warp.coefficients[i]! += value;
      this.#plates.draw(store, a, b, warp, isInverted);
      if (movement(step) < arrived[kind]) break;
    }
    return warp;
  }

  /** What to add to the first `count` terms of a warp that the plates were drawn under; null if nothing holds it. */
  #step(warp: Warp, count: number): Float64Array | null {
    const { first, second, stride, width: side, height } = this.#plates;
    const { middleX, middleY, scale } = warp;
    this.#normal.fill(0);
    const [a, b, , d, e] = affinityOf(warp);
    const determinant = a * e - b * d;
    const [p, q, s, t] = [e / determinant, -d / determinant, -b / determinant, a / determinant];
    let used = 0;
    for (let top = 1; top < height - 1; top += block) {
      for (let left = 1; left < side - 1; left += block) {
        const from = (top * stride + left) * valueBytes;
        const weight = this.#functions.blockSums(
          first.byteOffset + from,
          second.byteOffset + from,
          stride * valueBytes,
          leastPixels,
          leastVariance,
          leastCorrelation,
          noiseVariance,
          this.#sums.byteOffset,
        );
        if (weight === 0) continue;
        used++;
        const [xx, xy, yy, xe, ye] = this.#sums as unknown as [number, number, number, number, number];
        // Gradients in the second plate, from those in what was drawn of it.
        const [gxx, gxy, gyy] = [
          weight * (p * p * xx + 2 * p * q * xy + q * q * yy),
          weight * (p * s * xx + (p * t + q * s) * xy + q * t * yy),
          weight * (s * s * xx + 2 * s * t * xy + t * t * yy),
        ];
        const [gxe, gye] = [weight * (p * xe + q * ye), weight * (s * xe + t * ye)];
        const [endX, endY] = [Math.min(side - 1, left + block), Math.min(height - 1, top + block)];
        const [u, v] = [((left + endX - 1) / 2 - middleX) * scale, ((top + endY - 1) / 2 - middleY) * scale];
        accumulate(this.#normal, gxx, gxy, gyy, gxe, gye, u, v, count);
      }
    }
    if (used < 4) return null;
    const step = solve(this.#normal, 2 * count);
    if (!step) return null;
    const all = new Float64Array(2 * terms);
    all.set(step.subarray(0, count));
    all.set(step.subarray(count), terms);
    return movement(all) < farthest ? all : null;
  }
}

/** How far a step moves a corner at most, in pixels. */
function movement(step: Float64Array): number {
  let [x, y] = [0, 0];
  for (let i = 0; i < terms; i++) {
    x += Math.abs(step[i]!);
    y += Math.abs(step[terms + i]!);
  }
  return Math.hypot(x, y);
}

/** Adds one block's share to the normal equations: the terms hardly change within it. */
function accumulate(
  normal: Float64Array,
  gxx: number,
  gxy: number,
  gyy: number,
  gxe: number,
  gye: number,
  u: number,
  v: number,
  count: number,
): void {
  const row = [1, u, v, u * u, u * v, v * v];
  for (let i = 0; i < count; i++) {
    const [upper, lower] = [i * width, (count + i) * width];
    for (let j = 0; j < count; j++) {
      const both = row[i]! * row[j]!;
      normal[upper + j]! += gxx * both;
      normal[upper + count + j]! += gxy * both;
      normal[lower + count + j]! += gyy * both;
    }
    normal[upper + most]! += gxe * row[i]!;
    normal[lower + most]! += gye * row[i]!;
  }
}

/** Solves `size` normal equations by Cholesky's method, held a little towards no step; null where nothing holds the map. */
function solve(normal: Float64Array, size: number): Float64Array | null {
  let trace = 0;
  for (let i = 0; i < size; i++) trace += normal[i * width + i]!;
  if (!(trace > 0)) return null;
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = normal[j * width + i]! + (i === j ? 0.0005 * trace : 0);
      for (let k = 0; k < j; k++) sum -= lower[i * size + k]! * lower[j * size + k]!;
      lower[i * size + j] = i === j ? Math.sqrt(sum) : sum / lower[j * size + j]!;
    }
  }
  const x = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let sum = normal[i * width + most]!;
    for (let k = 0; k < i; k++) sum -= lower[i * size + k]! * x[k]!;
    x[i] = sum / lower[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = x[i]!;
    for (let k = i + 1; k < size; k++) sum -= lower[k * size + i]! * x[k]!;
    x[i] = sum / lower[i * size + i]!;
  }
  return x;
}
