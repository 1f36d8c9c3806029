import { groundOf } from './ground.ts';
import { resampler } from './resampler.ts';
import type { RgbImage } from '../rgb-image.ts';

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

/** The positions at which an image has pixels, which begins at `start`: counted from there, and how many come before. */
function within(all: Int32Array, start: number, length: number): { before: number; seen: Int32Array } {
  const seen = all
    .map((position) => position - start)
    .filter((position) => position >= 0 && position < length);
  return { before: all.findLastIndex((position) => position < start) + 1, seen };
}

/**
 * Resizes to `width` x `height` exactly as Pillow's `resize(..., NEAREST)`, which is Keras's default, into `data` where it is
 * given; the image together with the `ground` that it lies on.
 */
export function resizeNearest(
  image: RgbImage,
  width: number,
  height: number,
  data: Uint8Array = new Uint8Array(width * height * 3),
  ground = groundOf(image),
): RgbImage {
  const columns = within(positions(ground.width, width), ground.left, image.width);
  const rows = within(positions(ground.height, height), ground.top, image.height);
  if (columns.seen.length === width && rows.seen.length === height) {
    resampler().pick(image, columns.seen, rows.seen, data);
    return { width, height, data };
  }
  data.fill(0);
  const row = columns.seen.length * 3;
  const picked = new Uint8Array(row * rows.seen.length);
  if (picked.length > 0) resampler().pick(image, columns.seen, rows.seen, picked);
  for (let y = 0; y < rows.seen.length; y++) {
    data.set(picked.subarray(y * row, (y + 1) * row), ((y + rows.before) * width + columns.before) * 3);
  }
  return { width, height, data };
}
