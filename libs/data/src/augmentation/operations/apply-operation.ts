import { affineOf, type Affine } from '../affine.ts';
import { scaleContrast } from '../color-jitter.ts';
import { resample, type Beyond } from '../resample.ts';
import { addSharpness, changeColor, multiplyValues } from './blend.ts';
import type { Operation } from './operation.ts';
import { autoContrast, equalize, posterize, solarize } from './tones.ts';

/**
 * Applies one operation to RGB values of 0 to 255, `size * size * 3`, in place where it can; gives the result. Each is what
 * Keras 3.15's layer of that kind does, but for brightness, which is a factor as in the papers; what moves is resampled linearly.
 */
export function applyOperation(
  pixels: Float32Array,
  size: number,
  operation: Operation,
  beyond: Beyond,
): Float32Array {
  switch (operation.name) {
    case 'identity':
      break;
    case 'rotate':
    case 'shear':
    case 'translate':
      return resample(pixels, size, geometryOf(operation, size), beyond);
    case 'brightness':
      multiplyValues(pixels, operation.factor);
      break;
    case 'color':
      changeColor(pixels, operation.factor);
      break;
    case 'contrast':
      scaleContrast(pixels, operation.factor);
      break;
    case 'sharpness':
      addSharpness(pixels, size, operation.factor);
      break;
    case 'posterize':
      posterize(pixels, operation.bits);
      break;
    case 'solarize':
      solarize(pixels, operation.threshold);
      break;
    case 'auto_contrast':
      autoContrast(pixels);
      break;
    case 'equalize':
      equalize(pixels);
      break;
  }
  return pixels;
}

const still: Affine = { rr: 1, rc: 0, r: 0, cr: 0, cc: 1, c: 0 };

function geometryOf(
  operation: Extract<Operation, { name: 'rotate' | 'shear' | 'translate' }>,
  size: number,
): Affine {
  switch (operation.name) {
    case 'rotate':
      return affineOf({ theta: operation.degrees }, size) ?? still;
    case 'shear':
      return { ...still, cr: operation.x, rc: operation.y };
    case 'translate':
      return { ...still, c: -operation.x, r: -operation.y };
  }
}
