import { WasmKernel, type WasmMemory } from '@thaw/base';
import type { Plane } from './plane.ts';

/** Functions of planes.wat; addresses in bytes, sizes in pixels. */
interface Functions {
  brightness(...[pixels, count, to]: number[]): void;
  grain(...[plane, smooth, width, columns, rows, least, to]: number[]): void;
  pack(...[from, count, to]: number[]): void;
}

const kernel = new WasmKernel<Functions>(new URL('planes.wasm', import.meta.url));
/** Bytes of pixels that a kernel takes at a time. */
const step = 48;
/** Grey levels by which a pixel must differ from what surrounds it. */
const leastGrain = 0.2;

/** Makes planes of images of at most `side` pixels a side, in the memory. */
export class PlaneMaker {
  readonly #functions: Functions;
  readonly #pixels: Uint8Array;
  /** A byte for each pixel, then two bits. */
  readonly #grain: Uint8Array;
  readonly #packed: Uint8Array;

  constructor(memory: WasmMemory, side: number) {
    this.#functions = kernel.in(memory);
    this.#pixels = memory.uint8(3 * side * side + step);
    this.#grain = memory.uint8(side * side);
    this.#packed = memory.uint8((side * side) / 4);
  }

  /** Writes the brightness of red, green and blue values, 0 to 255 (green counts most: 0.3, 0.59 and 0.11), to a plane in the memory. */
  brightness(rgb: Uint8Array, { data }: Plane): void {
    this.#pixels.set(rgb);
    this.#functions.brightness(this.#pixels.byteOffset, data.length, data.byteOffset);
  }

  /**
   * Of every pixel of an even width and height two bits, four pixels to a byte: whether it is brighter (1) or darker (2) than in the
   * smooth plane, or neither (0).
   */
  grain({ width, height, data }: Plane, smooth: Plane): Uint8Array {
    const [columns, rows] = [width & ~1, height & ~1];
    const bytes = (columns * rows) / 4;
    if (bytes === 0) return new Uint8Array();
    const [grain, packed] = [this.#grain.byteOffset, this.#packed.byteOffset];
    this.#functions.grain(data.byteOffset, smooth.data.byteOffset, width, columns, rows, leastGrain, grain);
    this.#functions.pack(grain, 4 * bytes, packed);
    return this.#packed.slice(0, bytes);
  }
}
