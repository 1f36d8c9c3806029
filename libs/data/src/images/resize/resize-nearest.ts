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

/**
 * Resizes to `width` x `height` exactly as Pillow's `resize(..., NEAREST)`, which is Keras's default, into `data` where it is
 * given.
 */
export function resizeNearest(
  image: RgbImage,
  width: number,
  height: number,
  data: Uint8Array = new Uint8Array(width * height * 3),
): RgbImage {
  resampler().pick(image, positions(image.width, width), positions(image.height, height), data);
  return { width, height, data };
}
