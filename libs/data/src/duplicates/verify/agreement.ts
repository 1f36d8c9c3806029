import { WasmKernel } from '@thaw/base';
import { plateSide } from '../describe/describe-image.ts';
import type { ResampledPlates } from './resampled-plate.ts';

/** Side of the patches that are compared, and how far they lie apart, in pixels of a plate. For a first look a quarter of them do. */
export const side = 7;
export const apart = 4;
/** Grey levels by which values within a patch must deviate in both images to show anything, or in one of them: noise deviates, too. */
const leastDeviation = { both: 1.5, one: 6 };
/** A patch with more contrast counts no more. */
const mostDeviation = 16;
/** Correlation of patches that may show the same, and of those that surely do. */
const alike = { perhaps: 0.8, surely: 0.9 };
/** Deviation of what is plain to see, and correlation of what differs for sure. */
const plain = 8;
const unlike = 0.5;

/** Where two images agree: for every patch (row by row, `columns` in a row), how much there is to see and whether it is the same. */
export interface PatchMap {
  readonly columns: number;
  readonly rows: number;
  /** Deviation of what is seen, at most `mostDeviation`; 0 where there is nothing, or one of the images shows nothing. */
  readonly weights: Float32Array;
  /** Correlation of what is seen; 0 where nothing is. */
  readonly correlations: Float32Array;
  /** 1 where both images show the patch. */
  readonly shown: Uint8Array;
}

export interface Agreement {
  /** Share of what is seen that is the same, 0 to 1. */
  readonly share: number;
  /** Mean correlation of what is seen, 0 to 1: brightness and contrast of whole patches do not count. */
  readonly correlation: number;
  /** Patches with something to see. */
  readonly patches: number;
  /** Those of them where at least one image shows something plain that the other does not. */
  readonly conflicts: number;
}

interface Functions {
  comparePatch(...[first, second, stride, least, one, most, weight, correlation, shown]: number[]): void;
}

const kernel = new WasmKernel<Functions>(new URL('agreement.wasm', import.meta.url));
const valueBytes = Float32Array.BYTES_PER_ELEMENT;
/** Patches a side, at most. */
const mostPatches = Math.floor((plateSide - side) / apart) + 1;

/** Compares two drawn plates patch by patch, by a kernel (`agreement.wat`). One map after another is made in the same memory. */
export class PatchComparer {
  readonly #plates: ResampledPlates;
  readonly #functions: Functions;
  readonly #weights: Float32Array;
  readonly #correlations: Float32Array;
  readonly #shown: Uint8Array;

  constructor(plates: ResampledPlates) {
    this.#plates = plates;
    this.#functions = kernel.in(plates.memory);
    this.#weights = plates.memory.float32(mostPatches * mostPatches);
    this.#correlations = plates.memory.float32(mostPatches * mostPatches);
    this.#shown = plates.memory.uint8(mostPatches * mostPatches);
  }

  /** Every patch, or of a `step` of 2 a quarter of them. */
  compare(step: 1 | 2 = 1): PatchMap {
    const { first, second, stride, width, height } = this.#plates;
    const columns = Math.max(0, Math.floor((width - side) / apart) + 1);
    const rows = Math.max(0, Math.floor((height - side) / apart) + 1);
    const weights = this.#weights.subarray(0, columns * rows).fill(0);
    const correlations = this.#correlations.subarray(0, columns * rows).fill(0);
    const shown = this.#shown.subarray(0, columns * rows).fill(0);
    for (let row = 0; row < rows; row += step) {
      for (let column = 0; column < columns; column += step) {
        const from = (row * stride + column) * apart * valueBytes;
        const i = row * columns + column;
        this.#functions.comparePatch(
          first.byteOffset + from,
          second.byteOffset + from,
          stride * valueBytes,
          leastDeviation.both ** 2,
          leastDeviation.one ** 2,
          mostDeviation,
          weights.byteOffset + i * valueBytes,
          correlations.byteOffset + i * valueBytes,
          shown.byteOffset + i,
        );
      }
    }
    return { columns, rows, weights, correlations, shown };
  }
}

export function agreementOf({ weights, correlations }: PatchMap): Agreement {
  let [same, all, sum, patches, conflicts] = [0, 0, 0, 0, 0];
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (weight === 0) continue;
    patches++;
    all += weight;
    sum += weight * correlations[i]!;
    if (weight >= plain && correlations[i]! < unlike) conflicts++;
    if (correlations[i]! >= alike.perhaps) same += correlations[i]! >= alike.surely ? weight : weight / 2;
  }
  return { share: all > 0 ? same / all : 0, correlation: all > 0 ? sum / all : 0, patches, conflicts };
}
