import { WasmKernel, WasmMemory } from '@thaw/base';
import type { Affinity } from './affinity.ts';
import { plateSide } from '../describe/describe-image.ts';
import type { ImageStore } from '../image-store.ts';
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

interface Functions {
  draw(
    ...[
      a,
      b,
      width,
      height,
      widthB,
      heightB,
      warp,
      middleX,
      middleY,
      scale,
      isInverted,
      offsetsX,
      offsetsY,
      first,
      second,
      stride,
    ]: number[]
  ): number;
}

const kernel = new WasmKernel<Functions>(new URL('resampled-plate.wasm', import.meta.url));
/** Pixels of a drawn plate's row and its rows: beyond the plate they show nothing, so that blocks and patches may stand out over it. */
const valueBytes = Float32Array.BYTES_PER_ELEMENT;
const stride = plateSide + 8;
const rows = plateSide + 8;

/**
 * The plates of two images, the second one drawn where the first has the same place: `first[i]` and `second[i]` show one place, with
 * `stride` pixels a row; 0 where either ends. One after another is made in the same memory, by a kernel (`resampled-plate.wat`).
 */
export class ResampledPlates {
  /** Kernels that compare the plates work in it, too. */
  readonly memory = new WasmMemory(3 * 2 ** 16);
  readonly first = this.memory.float32(stride * rows);
  readonly second = this.memory.float32(stride * rows);
  /** What is added to where a warp leads from each pixel, in pixels of the second plate; see `bend`. */
  readonly offsets = { x: this.memory.float32(stride * rows), y: this.memory.float32(stride * rows) };
  readonly stride = stride;
  width = 0;
  height = 0;
  /** Pixels that both show. */
  shared = 0;
  readonly #functions = kernel.in(this.memory);
  readonly #a = this.memory.uint8(plateSide * plateSide);
  readonly #b = this.memory.uint8(plateSide * plateSide);
  readonly #warp = this.memory.float32(2 * terms);
  /** What was drawn last, by which a pair's plates are copied but once. */
  #store: ImageStore | undefined;
  #images: readonly [a: number, b: number] = [-1, -1];
  #isBent = false;

  /** `warp` leads from the first plate's pixels to the second's; `isBent` where what `offsets` hold is added. */
  draw(store: ImageStore, a: number, b: number, warp: Warp, isInverted: boolean, isBent = false): void {
    const { sizes } = store;
    const { first, second, offsets } = this;
    if (this.#isBent && !isBent) for (const offset of Object.values(offsets)) offset.fill(0);
    this.#isBent = isBent;
    const [width, height] = [sizes[a * 4 + 1]!, sizes[a * 4 + 2]!];
    if (width !== this.width || height !== this.height) {
      // The kernel writes what lies within.
      first.fill(0);
      second.fill(0);
      this.width = width;
      this.height = height;
    }
    if (this.#store !== store || this.#images[0] !== a || this.#images[1] !== b) {
      this.#a.set(store.plate(a));
      this.#b.set(store.plate(b));
      this.#store = store;
      this.#images = [a, b];
    }
    this.#warp.set(warp.coefficients);
    this.shared = this.#functions.draw(
      this.#a.byteOffset,
      this.#b.byteOffset,
      this.width,
      this.height,
      sizes[b * 4 + 1]!,
      sizes[b * 4 + 2]!,
      this.#warp.byteOffset,
      warp.middleX,
      warp.middleY,
      warp.scale,
      isInverted ? 1 : 0,
      offsets.x.byteOffset,
      offsets.y.byteOffset,
      first.byteOffset,
      second.byteOffset,
      stride * valueBytes,
    );
  }
}

/** Pixels of a plate that show its photograph. */
export function plateArea(store: ImageStore, image: number): number {
  let count = 0;
  for (const value of store.plate(image)) if (value !== 0) count++;
  return count;
}
