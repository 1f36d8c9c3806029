import type { Augmentation } from '@thaw/experiment';
import { affineOf } from './affine.ts';
import { multiplyBrightness } from './brightness.ts';
import type { Draw } from './draw-augmentation.ts';
import { flipHorizontal, flipVertical } from './flip.ts';
import { resample } from './resample.ts';

/**
 * Applies a draw as Keras's `ImageDataGenerator.apply_transform`: one affine resampling, flips, brightness. `pixels` are
 * RGB bytes, `size * size * 3`; so is the result, in 0 to 255 with fractions.
 */
export function augment(
  pixels: Uint8Array,
  size: number,
  draw: Draw,
  fillMode: Augmentation['fill_mode'],
): Float32Array {
  const affine = affineOf(draw, size);
  const result = affine ? resample(pixels, size, affine, fillMode) : Float32Array.from(pixels);
  if (draw.flipHorizontal) flipHorizontal(result, size);
  if (draw.flipVertical) flipVertical(result, size);
  if (draw.brightness !== null) multiplyBrightness(result, draw.brightness);
  return result;
}
