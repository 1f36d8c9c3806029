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
  pick(...[source, target, rows, stride, pixels, first]: number[]): void;
}

const pageBytes = 2 ** 16;
/** Behind every array, for the vectors that reach beyond it. */
const spare = 16;
/** Rows are handed over some at a time, so that an image of any size takes little memory. */
const bytesAtOnce = 2 ** 20;

/**
 * Resizes images along one side by weighted sums, or by picking pixels, in WebAssembly: loops in TypeScript take four times as long.
 * All methods write RGB bytes into `result`.
 */
export class Resampler {
  readonly #loops: Loops;
  #memory: Uint8Array;

  constructor() {
    const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyUsed }).WebAssembly;
    const bytes = Uint8Array.from(atob(resampleWasm), (character) => character.charCodeAt(0));
    this.#loops = new Instance(new Module(bytes)).exports;
    this.#memory = new Uint8Array(this.#loops.memory.buffer);
  }

  /** The kernel has as many positions as the result's rows have pixels. */
  alongRows({ width, height, data }: RgbImage, { taps, first, weights }: Kernel, result: Uint8Array): void {
    const [from, to] = [width * 3, first.length * 3];
    const rows = rowsAtOnce(height, Math.max(from, to));
    const [source, target, starts, factors] = this.#places(
      rows * from,
      rows * to,
      first.byteLength,
      weights.byteLength,
    ) as [number, number, number, number];
    this.#putColumns(starts, first);
    this.#memory.set(bytesOf(weights), factors);
    for (let y = 0; y < height; y += rows) {
      const count = Math.min(rows, height - y);
      this.#memory.set(data.subarray(y * from, (y + count) * from), source);
      this.#loops.alongRows(source, target, count, from, first.length, taps, starts, factors);
      result.set(this.#memory.subarray(target, target + count * to), y * to);
    }
  }

  /** The kernel has as many positions as the result has rows. */
  acrossRows({ width, data }: RgbImage, { taps, first, weights }: Kernel, result: Uint8Array): void {
    const row = width * 3;
    const [source, target, factors] = this.#places(taps * row, row, weights.byteLength) as [
      number,
      number,
      number,
    ];
    this.#memory.set(bytesOf(weights), factors);
    for (let y = 0; y < first.length; y++) {
      const start = first[y]! * row;
      this.#memory.set(data.subarray(start, start + taps * row), source);
      this.#loops.acrossRows(source, target, row, taps, factors + y * taps * 4);
      result.set(this.#memory.subarray(target, target + row), y * row);
    }
  }

  /** The pixels of the image at these columns of these rows. */
  pick({ width, data }: RgbImage, columns: Int32Array, rows: Int32Array, result: Uint8Array): void {
    const [from, to] = [width * 3, columns.length * 3];
    const most = rowsAtOnce(rows.length, Math.max(from, to));
    const [source, target, starts] = this.#places(most * from, most * to, columns.byteLength) as [
      number,
      number,
      number,
    ];
    this.#putColumns(starts, columns);
    for (let y = 0; y < rows.length; y += most) {
      const count = Math.min(most, rows.length - y);
      for (let i = 0; i < count; i++) {
        const start = rows[y + i]! * from;
        this.#memory.set(data.subarray(start, start + from), source + i * from);
      }
      this.#loops.pick(source, target, count, from, columns.length, starts);
      result.set(this.#memory.subarray(target, target + count * to), y * to);
    }
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
    const missing = Math.ceil((end - this.#memory.length) / pageBytes);
    if (missing > 0) {
      memory.grow(missing);
      this.#memory = new Uint8Array(memory.buffer);
    }
    return places;
  }

  /** Columns as bytes of a row. */
  #putColumns(at: number, columns: Int32Array): void {
    this.#memory.set(bytesOf(columns.map((column) => column * 3)), at);
  }
}

let shared: Resampler | undefined;

/** That of the thread: it keeps nothing from one call to the next. */
export function resampler(): Resampler {
  return (shared ??= new Resampler());
}

function rowsAtOnce(rows: number, rowBytes: number): number {
  return Math.min(rows, Math.max(1, Math.floor(bytesAtOnce / rowBytes)));
}

function bytesOf({ buffer, byteOffset, byteLength }: Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
