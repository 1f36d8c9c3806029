import { resampleWasm } from './resample-wasm.ts';
import type { RgbImage } from '../rgb-image.ts';

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
  acrossRows(...[starts, target, rows, bytes, taps, weights]: number[]): void;
  pick(...[starts, target, rows, pixels, first]: number[]): void;
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
    for (const { y, count, bytes } of bands(first, taps, row)) {
      const [source, target, starts, factors] = this.#places(
        bytes,
        count * row,
        count * 4,
        count * taps * 4,
      ) as [number, number, number, number];
      const begin = first[y]! * row;
      this.#memory.set(data.subarray(begin, begin + bytes), source);
      this.#memory.set(bytesOf(weights.subarray(y * taps, (y + count) * taps)), factors);
      this.#putStarts(starts, first.subarray(y, y + count), row, source);
      this.#loops.acrossRows(starts, target, count, row, taps, factors);
      result.set(this.#memory.subarray(target, target + count * row), y * row);
    }
  }

  /** The pixels of the image at these columns of these rows, both in order. */
  pick({ width, data }: RgbImage, columns: Int32Array, rows: Int32Array, result: Uint8Array): void {
    const [from, to] = [width * 3, columns.length * 3];
    for (const { y, count, bytes } of bands(rows, 1, from)) {
      const [source, target, starts, places] = this.#places(
        bytes,
        count * to,
        count * 4,
        columns.byteLength,
      ) as [number, number, number, number];
      const begin = rows[y]! * from;
      this.#memory.set(data.subarray(begin, begin + bytes), source);
      this.#putStarts(starts, rows.subarray(y, y + count), from, source);
      this.#putColumns(places, columns);
      this.#loops.pick(starts, target, count, columns.length, places);
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

  /** The addresses of rows of `bytes` bytes, of which the first is at `source`. */
  #putStarts(at: number, rows: Int32Array, bytes: number, source: number): void {
    const first = rows[0]!;
    this.#memory.set(bytesOf(rows.map((row) => source + (row - first) * bytes)), at);
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

/**
 * Parts of a result, each with the bytes that it is made from: `taps` rows of `rowBytes` bytes from `first` on for each row of the
 * result. A part of several rows takes no more than `bytesAtOnce`.
 */
function* bands(first: Int32Array, taps: number, rowBytes: number) {
  for (let y = 0; y < first.length;) {
    const bytesOfRows = (count: number) => (first[y + count - 1]! - first[y]! + taps) * rowBytes;
    let count = 1;
    while (y + count < first.length && bytesOfRows(count + 1) <= bytesAtOnce) count++;
    yield { y, count, bytes: bytesOfRows(count) };
    y += count;
  }
}

function rowsAtOnce(rows: number, rowBytes: number): number {
  return Math.min(rows, Math.max(1, Math.floor(bytesAtOnce / rowBytes)));
}

function bytesOf({ buffer, byteOffset, byteLength }: Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
