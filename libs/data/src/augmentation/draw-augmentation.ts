import type { Random } from '@thaw/base';
import type { Augmentation } from '@thaw/experiment';

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
}

/** Keras: a whole number n means whole pixels from -(n - 1) to n - 1; below 1 a fraction of the side; else pixels. */
function drawShift(range: number, size: number, random: Random): number {
  if (range === 0) return 0;
  if (Number.isInteger(range)) return random.int(range) * (random.int(2) === 0 ? -1 : 1);
  return random.uniform(-range, range) * (range < 1 ? size : 1);
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
  const zoom = () => (zoomLow === zoomHigh ? zoomLow : random.uniform(zoomLow, zoomHigh));
  return {
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
}
