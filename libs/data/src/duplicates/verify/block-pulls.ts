import { WasmKernel } from '@thaw/base';
import type { ResampledPlates } from './resampled-plate.ts';
import { affinityOf, type Warp } from './warp.ts';

/** Side of the blocks within which brightness and contrast may differ, in pixels of a plate. */
export const block = 8;
const leastPixels = 24;
/** Blocks that correlate less show something else, or lie too far off. */
const leastCorrelation = 0.35;
const leastVariance = 9;
/** What noise adds to the variance of a block. */
const noiseVariance = 25;
const valueBytes = Float32Array.BYTES_PER_ELEMENT;

interface Functions {
  blockSums(...[first, second, stride, pixels, variance, correlation, noise, sums]: number[]): number;
}

const kernel = new WasmKernel<Functions>(new URL('block-pulls.wasm', import.meta.url));

/**
 * Which way each block of two drawn plates would have to be moved for them to agree, by a kernel (`block-pulls.wat`): a step of Gauss
 * and Newton's method on the differences (Lucas and Kanade 1981), with the block's brightness and contrast fitted.
 */
export class BlockPulls {
  /** Of the block that was asked for last, the equations xx u + xy v = xe, xy u + yy v = ye of its move (u, v) in the second plate. */
  xx = 0;
  xy = 0;
  yy = 0;
  xe = 0;
  ye = 0;
  readonly #plates: ResampledPlates;
  readonly #functions: Functions;
  readonly #sums: Float32Array;
  #inverse: readonly [number, number, number, number] = [1, 0, 0, 1];

  constructor(plates: ResampledPlates) {
    this.#plates = plates;
    this.#functions = kernel.in(plates.memory);
    this.#sums = plates.memory.float32(5);
  }

  /** Blocks in a row and in a column. */
  get columns(): number {
    return Math.max(0, Math.ceil((this.#plates.width - 2) / block));
  }

  get rows(): number {
    return Math.max(0, Math.ceil((this.#plates.height - 2) / block));
  }

  /** To be called when the plates were drawn under another warp. */
  under(warp: Warp): void {
    const [a, b, , d, e] = affinityOf(warp);
    const determinant = a * e - b * d;
    this.#inverse = [e / determinant, -d / determinant, -b / determinant, a / determinant];
  }

  /** Where a block has its middle, in pixels of the first plate. */
  middleOf(column: number, row: number): [x: number, y: number] {
    const [left, top] = [1 + column * block, 1 + row * block];
    const { width, height } = this.#plates;
    return [
      (left + Math.min(width - 1, left + block) - 1) / 2,
      (top + Math.min(height - 1, top + block) - 1) / 2,
    ];
  }

  /** Asks for a block's equations; false where it shows too little, or the two show something else. */
  ask(column: number, row: number): boolean {
    const { first, second, stride } = this.#plates;
    const from = ((1 + row * block) * stride + 1 + column * block) * valueBytes;
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
    if (weight === 0) return false;
    const sums = this.#sums;
    const [xx, xy, yy, xe, ye] = [sums[0]!, sums[1]!, sums[2]!, sums[3]!, sums[4]!];
    // Gradients in the second plate, from those in what was drawn of it.
    const [p, q, s, t] = this.#inverse;
    this.xx = weight * (p * p * xx + 2 * p * q * xy + q * q * yy);
    this.xy = weight * (p * s * xx + (p * t + q * s) * xy + q * t * yy);
    this.yy = weight * (s * s * xx + 2 * s * t * xy + t * t * yy);
    this.xe = weight * (p * xe + q * ye);
    this.ye = weight * (s * xe + t * ye);
    return true;
  }
}
