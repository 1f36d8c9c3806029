import { wasmBytes, WasmMemory } from '@thaw/base';
import type { ImageStore } from '../image-store.ts';
import { distances, type DistanceFunctions } from './distances.ts';

/** Cells a side of the picture at which whole images are compared. */
const cells = 12;
/** Words of 32 bits of an outline: a bit for each cell, then a byte for each. */
const bitWords = 5;
export const outlineWords = bitWords + (cells * cells) / 4;
/** Words that the kernel compares. */
const kernelWords = 6;
/** Bits in which an outline differs at most from another or its negative. */
const mostDiffering = (cells * cells) / 2;
/** Images whose bits are nearest, which are compared by their bytes. */
const shortlist = 80;
/** Cosine of the bytes of images that may be copies. */
const leastCosine = 0.4;

/** An image that looks like another as a whole, or like its negative. */
export interface Lookalike {
  readonly image: number;
  readonly isInverted: boolean;
}

/** The part of a plate that shows its photograph, from its first to its last row and column. */
export function pictureBounds(store: ImageStore, image: number) {
  const [width, height] = [store.sizes[image * 4 + 1]!, store.sizes[image * 4 + 2]!];
  const base = store.firstPixel(image);
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0, at = base; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (store.plates[at] === 0) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/**
 * Writes to `to[at ...]` how much each cell of an image is brighter than what surrounds it, in bits and in bytes: what its copies share
 * that were neither turned nor cropped, whatever was written over them. Cells that show nothing are as bright as the mean.
 */
export function writeOutline(store: ImageStore, image: number, to: Int32Array, at: number): void {
  to.fill(0, at, at + outlineWords);
  const { left, top, width, height } = pictureBounds(store, image);
  if (width < cells || height < cells) return;
  const base = store.firstPixel(image);
  const stride = store.sizes[image * 4 + 1]!;
  const sums = new Float64Array(cells * cells);
  const counts = new Float64Array(cells * cells);
  let [all, valid] = [0, 0];
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * cells) / height) * cells;
    for (let x = 0; x < width; x++) {
      const value = store.plates[base + (top + y) * stride + left + x]!;
      if (value === 0) continue;
      const cell = row + Math.floor((x * cells) / width);
      sums[cell]! += value;
      counts[cell]!++;
      all += value;
      valid++;
    }
  }
  const means = sums.map((sum, i) => (counts[i]! > 0 ? sum / counts[i]! : all / valid));
  const differences = new Float64Array(cells * cells);
  for (let row = 0; row < cells; row++) {
    for (let column = 0; column < cells; column++) {
      let [sum, count] = [0, 0];
      for (let y = Math.max(0, row - 2); y <= Math.min(cells - 1, row + 2); y++) {
        for (let x = Math.max(0, column - 2); x <= Math.min(cells - 1, column + 2); x++) {
          sum += means[y * cells + x]!;
          count++;
        }
      }
      const bit = row * cells + column;
      differences[bit] = means[bit]! - sum / count;
      if (differences[bit]! > 0) to[at + (bit >> 5)]! |= 1 << (bit & 31);
    }
  }
  const length = Math.hypot(...differences) || 1;
  const bytes = bytesOf(to, at);
  // No cell may make up more than a third of the length.
  for (const [i, value] of differences.entries())
    bytes[i] = Math.round(Math.max(-127, Math.min(127, (381 * value) / length)));
}

function bytesOf(outlines: Int32Array, at: number): Int8Array {
  return new Int8Array(outlines.buffer, outlines.byteOffset + (at + bitWords) * 4, cells * cells);
}

/** Finds images that look alike as wholes, among all: so many bits are compared by a kernel (`distances.wat`) that it costs little. */
export class LookalikeSearch {
  readonly #outlines: Int32Array;
  /** The bits of each image's outline, and room up to a whole number of 64. */
  readonly #bits: Int32Array;
  /** In how many bits each image, or its negative, differs from the one that was asked for last. */
  readonly #differing: Uint8Array;
  readonly #compare: DistanceFunctions['outlines'];

  constructor(outlines: Int32Array) {
    const count = outlines.length / outlineWords;
    const memory = new WasmMemory(wasmBytes(4 * kernelWords * count) + wasmBytes(count));
    this.#outlines = outlines;
    this.#bits = memory.int32(kernelWords * count);
    this.#differing = memory.uint8(count);
    this.#compare = distances.in(memory).outlines;
    for (let image = 0; image < count; image++) {
      const at = image * outlineWords;
      this.#bits.set(outlines.subarray(at, at + bitWords), image * kernelWords);
    }
  }

  /** The `most` images whose outlines are nearest an image's, or its negative's; of equals those that come first. */
  lookalikes(image: number, most: number): Lookalike[] {
    const own = bytesOf(this.#outlines, image * outlineWords);
    return this.#nearest(image)
      .map((other) => ({
        image: other,
        cosine: cosineOf(own, bytesOf(this.#outlines, other * outlineWords)),
      }))
      .filter(({ cosine }) => Math.abs(cosine) >= leastCosine)
      .sort((x, y) => Math.abs(y.cosine) - Math.abs(x.cosine) || x.image - y.image)
      .slice(0, most)
      .map(({ image: other, cosine }) => ({ image: other, isInverted: cosine < 0 }));
  }

  /** The other images whose bits, or their opposites, are nearest: as many as the shortlist holds, of equals the first. */
  #nearest(image: number): number[] {
    const { byteOffset } = this.#bits;
    const differing = this.#differing;
    const own = byteOffset + 4 * kernelWords * image;
    const count = differing.length;
    this.#compare(own, byteOffset, count, cells * cells, differing.byteOffset);
    const counts = new Uint32Array(mostDiffering + 1);
    for (let other = 0; other < count; other++) counts[differing[other]!]!++;
    // The image itself.
    counts[0]!--;
    let [limit, room] = [0, shortlist];
    while (limit < mostDiffering && counts[limit]! <= room) room -= counts[limit++]!;
    const near: number[] = [];
    for (let other = 0; other < count; other++) {
      const bits = differing[other]!;
      if (bits > limit || other === image) continue;
      if (bits < limit || room-- > 0) near.push(other);
    }
    return near;
  }
}

function cosineOf(a: Int8Array, b: Int8Array): number {
  let [product, squaresA, squaresB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    product += a[i]! * b[i]!;
    squaresA += a[i]! ** 2;
    squaresB += b[i]! ** 2;
  }
  return product / Math.sqrt(squaresA * squaresB || 1);
}
