import type { Augmentation } from '@thaw/experiment';
import type { Affine } from './affine.ts';
import { fillModes } from './fill-modes.ts';

/** What lies beyond the border; `cval` (0 to 255) for `constant`. */
export type Beyond = Pick<Augmentation, 'fill_mode' | 'cval'>;

/**
 * Draws `pixels` (RGB, `size * size * 3`) through an affine map with linear interpolation, as
 * `scipy.ndimage.affine_transform(order=1)` does channel by channel; values stay within 0 to 255.
 */
export function resample(
  pixels: Uint8Array | Float32Array,
  size: number,
  { rr, rc, r, cr, cc, c }: Affine,
  { fill_mode, cval = 0 }: Beyond,
): Float32Array {
  const fill = fillModes[fill_mode];
  const last = size - 1;
  const result = new Float32Array(pixels.length).fill(cval);
  let to = 0;
  for (let y = 0; y < size; y++) {
    // Summed in scipy's order: its rounding decides what lies outside.
    const rowStart = r + y * rr;
    const columnStart = c + y * cr;
    for (let x = 0; x < size; x++, to += 3) {
      let row = rowStart + x * rc;
      let column = columnStart + x * cc;
      if (!(row >= 0 && row <= last)) row = fill(row, size);
      if (!(column >= 0 && column <= last)) column = fill(column, size);
      // NaN: outside an image that ends, which stays as it is.
      if (row !== row || column !== column) continue;
      const top = Math.floor(row);
      const left = Math.floor(column);
      const down = row - top;
      const right = column - left;
      const rowA = (top < 0 ? 0 : top) * size;
      const rowB = (top < last ? top + 1 : last) * size;
      const columnA = left < 0 ? 0 : left;
      const columnB = left < last ? left + 1 : last;
      const a = (rowA + columnA) * 3;
      const b = (rowA + columnB) * 3;
      const d = (rowB + columnA) * 3;
      const e = (rowB + columnB) * 3;
      const wa = (1 - down) * (1 - right);
      const wb = (1 - down) * right;
      const wd = down * (1 - right);
      const we = down * right;
      result[to] = pixels[a]! * wa + pixels[b]! * wb + pixels[d]! * wd + pixels[e]! * we;
      result[to + 1] = pixels[a + 1]! * wa + pixels[b + 1]! * wb + pixels[d + 1]! * wd + pixels[e + 1]! * we;
      result[to + 2] = pixels[a + 2]! * wa + pixels[b + 2]! * wb + pixels[d + 2]! * wd + pixels[e + 2]! * we;
    }
  }
  return result;
}
