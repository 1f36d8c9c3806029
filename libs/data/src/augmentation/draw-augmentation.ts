import { Random } from '@thaw/base';
import type { Augmentation } from '@thaw/experiment';
import type { ColorJitter } from './color-jitter.ts';
import type { Erased } from './erase.ts';
import type { Blur } from './gaussian-blur.ts';
import { drawOperations } from './operations/draw-operations.ts';
import type { Operation } from './operations/operation.ts';

/** One image's share of chance, in the words of Keras's `ImageDataGenerator.apply_transform`. */
export interface Draw {
  /** Rotation in degrees. */
  readonly theta: number;
  /** The output at column x shows the input at column x + tx. */
  readonly tx: number;
  /** The output at row y shows the input at row y + ty. */
  readonly ty: number;
  /** Shear in degrees. */
  readonly shear: number;
  /** The input's share of the width that fills the output: below 1 the image grows. */
  readonly zx: number;
  /** The same for the height. */
  readonly zy: number;
  readonly flipHorizontal: boolean;
  readonly flipVertical: boolean;
  /** Factor on the brightness; null leaves the pixels as they are. */
  readonly brightness: number | null;
  /** Added to 0 to 255 values; null leaves the pixels as they are, and so below. */
  readonly channelShift: number | null;
  /** Of RandAugment or TrivialAugment, in order; empty without. */
  readonly operations: readonly Operation[];
  readonly jitter: ColorJitter | null;
  readonly blur: Blur | null;
  readonly erased: Erased | null;
}

/** Keras: a whole number n means whole pixels from -(n - 1) to n - 1; below 1 a fraction of the side; else pixels. */
function drawShift(range: number, size: number, random: Random): number {
  if (range === 0) return 0;
  if (Number.isInteger(range)) return random.int(range) * (random.int(2) === 0 ? -1 : 1);
  return random.uniform(-range, range) * (range < 1 ? size : 1);
}

function drawJitter(
  { color_jitter }: Augmentation,
  between: (range: readonly [number, number]) => number,
  random: Random,
): ColorJitter | null {
  if (!color_jitter) return null;
  const { brightness_factor, contrast_factor, saturation_factor, hue_factor } = color_jitter;
  const saturation = saturation_factor ? between(saturation_factor) : null;
  return {
    brightness: brightness_factor ? 255 * between(brightness_factor) : null,
    contrast: contrast_factor ? 1 + between([-contrast_factor[0], contrast_factor[1]]) : null,
    // Keras adds so little to the divisor.
    saturation: saturation === null ? null : saturation / (1 - saturation + 1e-7),
    hue: hue_factor ? (random.int(2) === 0 ? -0.5 : 0.5) * between(hue_factor) : null,
  };
}

const noiseBits = 14;
let noise: Float32Array | null = null;

/**
 * Normal noise of deviation 255 within 0 to 255, as Keras's: each time one of so many such numbers, which are drawn once. A linear
 * congruential generator (Numerical Recipes) picks it, a tenth of the cost of a draw of its own.
 */
function noiseOf(random: Random): () => number {
  const table = (noise ??= drawNoise());
  let state = random.int(2 ** 31);
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return table[state >>> (32 - noiseBits)]!;
  };
}

function drawNoise(): Float32Array {
  const random = new Random('noise');
  return Float32Array.from({ length: 2 ** noiseBits }, () =>
    Math.min(Math.max(255 * random.normal(), 0), 255),
  );
}

function drawErased({ random_erasing }: Augmentation, size: number, random: Random): Erased | null {
  if (!random_erasing || random.uniform() >= random_erasing.factor) return null;
  const { scale, fill_value } = random_erasing;
  const span = () => {
    const length = Math.sqrt(random.uniform(scale[0], scale[1])) * size;
    const start = random.uniform() * (size - length);
    return [start, start + length] as const;
  };
  const [[left, right], [top, bottom]] = [span(), span()];
  return { left, right, top, bottom, fill: fill_value === undefined ? noiseOf(random) : () => fill_value };
}

/**
 * Draws a transformation as Keras's `get_random_transform` does; `size` is the side of the image in pixels. Depends on
 * the numbers of `random` alone, so key it by seed, epoch and image.
 *
 * `width_shift_range` moves along the width, as Keras's documentation says. (The code of Keras 3.15 swaps the axes after
 * drawing, and so moves along the height.)
 */
export function drawAugmentation(augmentation: Augmentation, size: number, random: Random): Draw {
  const { rotation_range, shear_range, zoom_range, brightness_range } = augmentation;
  const symmetric = (range: number) => (range === 0 ? 0 : random.uniform(-range, range));
  const [zoomLow, zoomHigh] = typeof zoom_range === 'number' ? [1 - zoom_range, 1 + zoom_range] : zoom_range;
  const between = ([low, high]: readonly [number, number]) =>
    low === high ? low : random.uniform(low, high);
  const zoom = () => between([zoomLow, zoomHigh]);
  const geometry = {
    theta: symmetric(rotation_range),
    ty: drawShift(augmentation.height_shift_range, size, random),
    tx: drawShift(augmentation.width_shift_range, size, random),
    shear: symmetric(shear_range),
    zx: zoom(),
    zy: zoom(),
    flipHorizontal: random.uniform() < 0.5 && augmentation.horizontal_flip,
    flipVertical: random.uniform() < 0.5 && augmentation.vertical_flip,
    brightness: brightness_range ? random.uniform(brightness_range[0], brightness_range[1]) : null,
  };
  const { channel_shift_range = 0, gaussian_blur } = augmentation;
  return {
    ...geometry,
    channelShift: channel_shift_range === 0 ? null : symmetric(channel_shift_range),
    operations: drawOperations(augmentation, size, random),
    jitter: drawJitter(augmentation, between, random),
    blur:
      gaussian_blur && random.uniform() < gaussian_blur.factor
        ? {
            kernelSize: gaussian_blur.kernel_size,
            sigmaX: between(gaussian_blur.sigma),
            sigmaY: between(gaussian_blur.sigma),
          }
        : null,
    erased: drawErased(augmentation, size, random),
  };
}
