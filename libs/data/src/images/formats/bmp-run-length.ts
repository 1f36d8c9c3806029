import { FormatError } from './format-error.ts';

/**
 * The palette indices of a bitmap that is run-length coded, in the order of the file, as Pillow's decoder reads them: a run that is
 * too long ends with its row, and of an odd number of 4-bit pixels that stand for themselves the last is left out. Throws a
 * FormatError where pixels are missing at the end.
 */
export function runLengthIndices(
  bytes: Buffer,
  { width, height, start }: { readonly width: number; readonly height: number; readonly start: number },
  fourBits: boolean,
): Uint8Array {
  const indices = new Uint8Array(width * height);
  let [at, to, x] = [start, 0, 0];
  /** What reaches beyond the last pixel falls away. */
  const push = (index: number) => {
    indices[to++] = index;
  };
  while (to < indices.length && at + 1 < bytes.length) {
    const [count, value] = [bytes[at]!, bytes[at + 1]!];
    at += 2;
    if (count > 0) {
      const run = Math.min(count, Math.max(0, width - x));
      for (let i = 0; i < run; i++) push(fourBits ? (i % 2 === 0 ? value >> 4 : value & 15) : value);
      x += run;
    } else if (value === 0) {
      to = Math.ceil(to / width) * width;
      x = 0;
    } else if (value === 1) {
      break;
    } else if (value === 2) {
      if (at + 1 >= bytes.length) break;
      to += bytes[at]! + bytes[at + 1]! * width;
      at += 2;
      x = to % width;
    } else {
      const length = fourBits ? value >> 1 : value;
      if (at + length > bytes.length) break;
      for (let i = 0; i < length; i++) {
        if (fourBits) push(bytes[at + i]! >> 4);
        push(fourBits ? bytes[at + i]! & 15 : bytes[at + i]!);
      }
      at += length;
      at += at % 2;
      x += value;
    }
  }
  if (to < indices.length) throw new FormatError('truncated');
  return indices;
}
