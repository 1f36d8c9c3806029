import type { RgbImage } from './rgb-image.ts';

/**
 * For each output position the input position, as Pillow's ImagingScaleAffine (libImaging/Geometry.c): half a step in,
 * then whole steps added one by one in double precision and cut off. The rounding of that sum decides ties, so it must
 * not be replaced by a product.
 */
function positions(from: number, to: number): Int32Array {
  const step = from / to;
  const result = new Int32Array(to);
  let position = step * 0.5;
  for (let i = 0; i < to; i++) {
    result[i] = Math.min(Math.trunc(position), from - 1);
    position += step;
  }
  return result;
}

/** Resizes to `width` x `height` exactly as Pillow's `resize(..., NEAREST)`, which is Keras's default. */
export function resizeNearest(image: RgbImage, width: number, height: number): RgbImage {
  const columns = positions(image.width, width).map((column) => column * 3);
  const rows = positions(image.height, height);
  const data = new Uint8Array(width * height * 3);
  const source = image.data;
  let to = 0;
  for (let y = 0; y < height; y++) {
    const row = rows[y]! * image.width * 3;
    for (let x = 0; x < width; x++, to += 3) {
      const from = row + columns[x]!;
      data[to] = source[from]!;
      data[to + 1] = source[from + 1]!;
      data[to + 2] = source[from + 2]!;
    }
  }
  return { width, height, data };
}
