import { resampleWasm } from './resample-wasm.ts';
import type { RgbImage } from './rgb-image.ts';

/** For each output position the first input position, and `taps` weights from there on, in fixed point of 22 bits. */
export interface Kernel {
  readonly taps: number;
  readonly first: Int32Array;
  readonly weights: Int32Array;
}

/** What is used of WebAssembly; the types of Node leave it out. */
interface WebAssemblyUsed {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: Loops };
}

/** The functions of resample.wat. */
interface Loops {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  alongRows(...[source, target, rows, stride, pixels, taps, first, weights]: number[]): void;
  acrossRows(...[source, target, bytes, taps, weights]: number[]): void;
}

const pageBytes = 2 ** 16;
/** Behind every array, for the vectors that reach beyond it. */
const spare = 16;
/** Rows are handed over some at a time, so that an image of any size takes little memory. */
const bytesAtOnce = 2 ** 20;

/** Resizes images along one side by weighted sums, in WebAssembly: loops in TypeScript take four times as long. */
export class Resampler {
  readonly #loops: Loops;

  constructor() {
    const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyUsed }).WebAssembly;
    const bytes = Uint8Array.from(atob(resampleWasm), (character) => character.charCodeAt(0));
    this.#loops = new Instance(new Module(bytes)).exports;
  }

  /** RGB bytes of an image whose rows have as many pixels as the kernel has positions. */
  alongRows({ width, height, data }: RgbImage, { taps, first, weights }: Kernel): Uint8Array {
    const [from, to] = [width * 3, first.length * 3];
    const rows = Math.min(height, Math.max(1, Math.floor(bytesAtOnce / Math.max(from, to))));
    const [source, target, starts, factors] = this.#places(
      rows * from,
      rows * to,
      first.byteLength,
      weights.byteLength,
    );
    this.#put(
      starts!,
      first.map((column) => column * 3),
    );
    this.#put(factors!, weights);
    const result = new Uint8Array(height * to);
    for (let y = 0; y < height; y += rows) {
      const count = Math.min(rows, height - y);
      this.#put(source!, data.subarray(y * from, (y + count) * from));
      this.#loops.alongRows(source!, target!, count, from, first.length, taps, starts!, factors!);
      result.set(this.#bytes(target!, count * to), y * to);
    }
    return result;
  }

  /** RGB bytes of an image with as many rows as the kernel has positions. */
  acrossRows({ width, data }: RgbImage, { taps, first, weights }: Kernel): Uint8Array {
    const row = width * 3;
    const [source, target, factors] = this.#places(taps * row, row, weights.byteLength);
    this.#put(factors!, weights);
    const result = new Uint8Array(first.length * row);
    for (const [y, start] of first.entries()) {
      this.#put(source!, data.subarray(start * row, (start + taps) * row));
      this.#loops.acrossRows(source!, target!, row, taps, factors! + y * taps * 4);
      result.set(this.#bytes(target!, row), y * row);
    }
    return result;
  }

  /** Where arrays of so many bytes lie; the memory grows to hold them. */
  #places(...sizes: number[]): number[] {
    const { memory } = this.#loops;
    let end = 0;
    const places = sizes.map((size) => {
      const start = end;
      end = Math.ceil((end + size + spare) / spare) * spare;
      return start;
    });
    const missing = Math.ceil((end - memory.buffer.byteLength) / pageBytes);
    if (missing > 0) memory.grow(missing);
    return places;
  }

  #bytes(at: number, length: number): Uint8Array {
    return new Uint8Array(this.#loops.memory.buffer, at, length);
  }

  #put(at: number, { buffer, byteOffset, byteLength }: Uint8Array | Int32Array): void {
    this.#bytes(at, byteLength).set(new Uint8Array(buffer, byteOffset, byteLength));
  }
}
