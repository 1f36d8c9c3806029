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
  const stride = size * 3;
  const result = new Float32Array(pixels.length);
  if (cval !== 0) result.fill(cval);
  let to = 0;
  for (let y = 0; y < size; y++) {
    // Summed in scipy's order: its rounding decides what lies outside.
    const rowStart = r + y * rr;
    const columnStart = c + y * cr;
    for (let x = 0; x < size; x++, to += 3) {
      let row = rowStart + x * rc;
      let column = columnStart + x * cc;
      // The pixel above and left of the place, and how far its neighbours lie behind it.
      let top = row | 0;
      let left = column | 0;
      let at = top * stride + left * 3;
      let right = 3;
      let below = stride;
      if (!(row >= 0 && row < last && column >= 0 && column < last)) {
        if (!(row >= 0 && row <= last)) row = fill(row, size);
        if (!(column >= 0 && column <= last)) column = fill(column, size);
        // NaN: outside an image that ends, which stays as it is.
        if (row !== row || column !== column) continue;
        top = Math.floor(row);
        left = Math.floor(column);
        const firstRow = top < 0 ? 0 : top;
        const firstColumn = left < 0 ? 0 : left;
        at = firstRow * stride + firstColumn * 3;
        below = ((top < last ? top + 1 : last) - firstRow) * stride;
        right = ((left < last ? left + 1 : last) - firstColumn) * 3;
      }
      const dy = row - top;
      const dx = column - left;
      const b = at + right;
      const d = at + below;
      const e = d + right;
      const wa = (1 - dy) * (1 - dx);
      const wb = (1 - dy) * dx;
      const wd = dy * (1 - dx);
      const we = dy * dx;
      result[to] = pixels[at]! * wa + pixels[b]! * wb + pixels[d]! * wd + pixels[e]! * we;
      result[to + 1] = pixels[at + 1]! * wa + pixels[b + 1]! * wb + pixels[d + 1]! * wd + pixels[e + 1]! * we;
      result[to + 2] = pixels[at + 2]! * wa + pixels[b + 2]! * wb + pixels[d + 2]! * wd + pixels[e + 2]! * we;
    }
  }
  return result;
}
