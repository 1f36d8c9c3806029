/** Cells a side of the picture at which whole images are compared. */
export const cells = 12;
/** Words of 32 bits of an outline: a bit for each cell, then a byte for each. */
export const bitWords = 5;
export const outlineWords = bitWords + (cells * cells) / 4;

/** A part of an image of grey values, `stride` a row from the place `first` on; 0 where nothing is shown. */
export interface Part {
  readonly data: Uint8Array;
  readonly first: number;
  readonly stride: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Writes to `to[at ...]` how much each cell of a part is brighter than what surrounds it, in bits and in bytes: what its copies share
 * that were neither turned nor cropped, whatever was written over them. Cells that show nothing are as bright as the mean.
 */
export function writeOutline(part: Part, to: Int32Array, at: number): void {
  const { data, first, stride, width, height } = part;
  to.fill(0, at, at + outlineWords);
  if (width < cells || height < cells) return;
  const sums = new Float64Array(cells * cells);
  const counts = new Float64Array(cells * cells);
  let [all, valid] = [0, 0];
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * cells) / height) * cells;
    for (let x = 0; x < width; x++) {
      const value = data[first + y * stride + x]!;
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

/** The bytes of the outline that stands at a place. */
export function bytesOf(outlines: Int32Array, at: number): Int8Array {
  return new Int8Array(outlines.buffer, outlines.byteOffset + (at + bitWords) * 4, cells * cells);
}
