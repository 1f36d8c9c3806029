import { affineOf } from './affine.ts';
import { multiplyBrightness } from './brightness.ts';
import { shiftChannels } from './channel-shift.ts';
import { jitterColors } from './color-jitter.ts';
import type { Draw } from './draw-augmentation.ts';
import { erase } from './erase.ts';
import { flipHorizontal, flipVertical } from './flip.ts';
import { gaussianBlur } from './gaussian-blur.ts';
import { applyOperation } from './operations/apply-operation.ts';
import { resample, type Beyond } from './resample.ts';

/**
 * Applies a draw as Keras's `ImageDataGenerator.apply_transform` (one affine resampling, channel shift, flips, brightness), then the
 * operations of RandAugment or TrivialAugment, and then its layers for colours, blur and erasing. `pixels` are RGB bytes, `size * size * 3`; so is the result, in 0 to 255 with fractions.
 */
export function augment(pixels: Uint8Array, size: number, draw: Draw, beyond: Beyond): Float32Array {
  const affine = affineOf(draw, size);
  let result = affine ? resample(pixels, size, affine, beyond) : Float32Array.from(pixels);
  if (draw.channelShift !== null) shiftChannels(result, draw.channelShift);
  if (draw.flipHorizontal) flipHorizontal(result, size);
  if (draw.flipVertical) flipVertical(result, size);
  if (draw.brightness !== null) multiplyBrightness(result, draw.brightness);
  for (const operation of draw.operations) result = applyOperation(result, size, operation, beyond);
  if (draw.jitter) jitterColors(result, draw.jitter);
  if (draw.blur) gaussianBlur(result, size, draw.blur);
  if (draw.erased) erase(result, size, draw.erased);
  return result;
}
