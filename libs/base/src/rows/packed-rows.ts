import { halfValues, toHalf } from './half-precision.ts';

/** How rows of equally many values are kept as 16-bit words. */
export interface RowPacking<Values extends Float32Array | Uint8Array> {
  /** In a segment's header. */
  readonly name: string;
  /** Words of a row. */
  words(length: number): number;
  pack(values: Values, length: number): Uint16Array;
  /** Writes rows into `target` from `offset`. */
  unpack(packed: Uint16Array, length: number, target: Values, offset: number): void;
}

/** Half the place; see `packRows`. */
export const halfRows: RowPacking<Float32Array> = {
  name: 'float16 with exponent',
  words: packedLength,
  pack: packRows,
  unpack: unpackRows,
};

/** Every bit: what is said of an image then is what the whole network says. */
export const singleRows: RowPacking<Float32Array> = {
  name: 'float32',
  words: (length) => 2 * length,
  pack: (values) => new Uint16Array(values.slice().buffer),
  unpack(packed, _length, target, offset) {
    // As bytes: words need not begin where a float may.
    const bytes = new Uint8Array(target.buffer, target.byteOffset + 4 * offset, packed.byteLength);
    bytes.set(new Uint8Array(packed.buffer, packed.byteOffset, packed.byteLength));
  },
};

/** Bytes, such as pixels; each row begins at a word of its own. What is packed may share the memory of what it was made from. */
export const byteRows: RowPacking<Uint8Array> = {
  name: 'uint8',
  words: (length) => Math.ceil(length / 2),
  pack(values, length) {
    if (length % 2 === 0 && values.byteOffset % 2 === 0) {
      return new Uint16Array(values.buffer, values.byteOffset, values.length / 2);
    }
    const rows = values.length / length;
    const stride = 2 * Math.ceil(length / 2);
    const packed = new Uint8Array(rows * stride);
    for (let row = 0; row < rows; row++)
      packed.set(values.subarray(row * length, (row + 1) * length), row * stride);
    return new Uint16Array(packed.buffer);
  },
  unpack(packed, length, target, offset) {
    target.set(new Uint8Array(packed.buffer, packed.byteOffset, length), offset);
  },
};

/** The exponent that brings a row's largest value near the top of half precision; and what is added to it to be stored. */
const topExponent = 14;
const bias = 0x8000;

/** 16-bit words of a packed row of `length` values. */
export function packedLength(length: number): number {
  return length + 1;
}

/**
 * Packs rows of `length` values, one behind the other, into 16-bit words: for each row a power of two, then its values in half
 * precision in units of that power. Whatever a row's size, its values keep 11 significant bits down to 2^-28 of the
 * largest: a network with random weights gives features too small for half precision as it is.
 */
export function packRows(values: Float32Array, length: number): Uint16Array {
  const rows = values.length / length;
  const packed = new Uint16Array(rows * packedLength(length));
  const scaled = new Float32Array(length);
  for (let row = 0; row < rows; row++) {
    const exponent = unitExponent(values, row * length, length);
    const unit = 2 ** -exponent;
    for (let i = 0; i < length; i++) scaled[i] = values[row * length + i]! * unit;
    const start = row * packedLength(length);
    packed[start] = exponent + bias;
    toHalf(scaled, packed, start + 1);
  }
  return packed;
}

/** Writes rows of `length` values that `packRows` packed into `target` from `offset`. */
export function unpackRows(packed: Uint16Array, length: number, target: Float32Array, offset: number): void {
  const words = packedLength(length);
  for (let start = 0, to = offset; start < packed.length; start += words) {
    const unit = 2 ** (packed[start]! - bias);
    for (let i = start + 1; i < start + words; i++, to++) target[to] = halfValues[packed[i]!]! * unit;
  }
}

/** 0 for a row of zeros or with a value that is not finite. */
function unitExponent(values: Float32Array, start: number, length: number): number {
  let largest = 0;
  for (let i = start; i < start + length; i++) largest = Math.max(largest, Math.abs(values[i]!));
  if (largest === 0 || !Number.isFinite(largest)) return 0;
  return Math.floor(Math.log2(largest)) - topExponent;
}
