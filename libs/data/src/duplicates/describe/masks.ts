import { WasmKernel, WasmMemory, wasmBytes } from '@thaw/base';
import type { RgbImage } from '../../images/rgb-image.ts';

/** Functions of masks.wat; addresses in bytes, sizes in pixels. */
interface Functions {
  flat(...[pixels, valid, width, height, flatness, to]: number[]): void;
  noise(...[pixels, width, columns, rows, least, to]: number[]): number;
  calm(...[plane, width, height, most, to]: number[]): void;
  count(...[mask, bytes]: number[]): number;
  runs(...[mask, width, height, to]: number[]): number;
}

const kernel = new WasmKernel<Functions>(new URL('masks.wasm', import.meta.url));
/** Pixels that a kernel takes at a time, and their bytes. */
const step = { pixels: 16, bytes: 48 };

/** Memory for one image at a time of so many pixels. */
class MaskMemory {
  readonly functions: Functions;
  readonly pixels: Uint8Array;
  readonly valid: Uint8Array;
  readonly mask: Uint8Array;
  readonly runs: Int32Array;

  /** Pixels that there is room for. */
  readonly most: number;

  constructor(most: number) {
    this.most = most;
    const memory = new WasmMemory(
      wasmBytes(3 * most + step.bytes) + 2 * wasmBytes(most + step.pixels) + wasmBytes(8 * most),
    );
    this.functions = kernel.in(memory);
    this.pixels = memory.uint8(3 * most + step.bytes);
    this.valid = memory.uint8(most + step.pixels);
    this.mask = memory.uint8(most + step.pixels);
    this.runs = memory.int32(2 * most);
  }
}

let memory: MaskMemory | undefined;

/** Each thread has its own, as large as its largest image so far. */
function memoryFor(pixels: number): MaskMemory {
  if (!memory || memory.most < pixels) memory = new MaskMemory(pixels);
  return memory;
}

/**
 * 1 for each valid pixel that is as those to its left and above, give or take `flatness` in each channel; 0 in the first row and
 * column. Lasts until the next call of any of these functions.
 */
export function flatPixels(
  { width, height, data }: RgbImage,
  valid: Uint8Array,
  flatness: number,
): Uint8Array {
  const room = memoryFor(width * height);
  room.pixels.set(data);
  room.valid.set(valid);
  const { byteOffset } = room.mask;
  room.functions.flat(room.pixels.byteOffset, room.valid.byteOffset, width, height, flatness, byteOffset);
  return room.mask.subarray(0, width * height);
}

/**
 * 1 for each square of four by four pixels, `columns` times `rows` of them, whose values differ from those two pixels on by `least` or
 * more in all, along rows and along columns; null where none does. Lasts until the next call.
 */
export function noisySquares(
  { width, height, data }: RgbImage,
  columns: number,
  rows: number,
  least: number,
): Uint8Array | null {
  if (columns < 1 || rows < 1) return null;
  const room = memoryFor(width * height);
  room.pixels.set(data);
  const count = room.functions.noise(
    room.pixels.byteOffset,
    width,
    columns,
    rows,
    least,
    room.mask.byteOffset,
  );
  return count > 0 ? room.mask.subarray(0, columns * rows) : null;
}

/**
 * The grey value of each pixel that differs by `most` at most from those beside it, as all these do from each other, none of them being
 * zero; 0 for others, and in the outermost rows and columns. Lasts until the next call.
 */
export function calmPixels(grey: Uint8Array, width: number, height: number, most: number): Uint8Array {
  const room = memoryFor(width * height);
  if (width < 3 || height < 3) return room.mask.fill(0).subarray(0, width * height);
  room.valid.set(grey);
  room.functions.calm(room.valid.byteOffset, width, height, most, room.mask.byteOffset);
  return room.mask.subarray(0, width * height);
}

/** How many pixels of a mask are set. */
export function countOf(mask: Uint8Array): number {
  const room = memoryFor(mask.length);
  room.mask.set(mask);
  return room.functions.count(room.mask.byteOffset, mask.length);
}

/**
 * Where each run of pixels of one row of a mask starts and where it ends, from the top: two numbers a run, counted from the first pixel.
 * Lasts until the next call.
 */
export function runsOf(mask: Uint8Array, width: number, height: number): Int32Array {
  const room = memoryFor(width * height);
  room.mask.set(mask);
  return room.runs.subarray(
    0,
    2 * room.functions.runs(room.mask.byteOffset, width, height, room.runs.byteOffset),
  );
}
