import { Random } from '@thaw/base';
import { tensor } from '@thaw/compute';
import {
  drawImageGrid,
  loadDataset,
  PixelReader,
  resizingOf,
  type ImageFile,
  type ValueRange,
} from '@thaw/data';
import type { Augmentation, Settings } from '@thaw/experiment';
import { drawMixing } from './mixing.ts';
import { augmentOne } from './sources/pixels.ts';

export interface ViewsOptions {
  readonly cacheDir: string;
  /** How many training images, and how many epochs of each. */
  readonly images: number;
  readonly epochs: number;
  readonly onProgress: (done: number, total: number) => void;
}

/** What pages show. */
export const usualSheet = { images: 12, epochs: 6 } as const;

/** An image to be shown, and its class. */
export type ShownImage = Pick<ImageFile, 'path' | 'name' | 'sha256'> & { readonly label: string };

interface ShownDepth {
  /** What values of more than eight bits are scaled by; null for those of Pillow. */
  readonly depthRange: ValueRange | null;
}

export interface ImageViews {
  /** Relative to the data set's folder. */
  readonly name: string;
  readonly label: string;
  /** The image as it is and then as each epoch shows it: RGB bytes, `size * size * 3`. */
  readonly views: readonly Uint8Array[];
}

export type AugmentedSettings = Settings & { readonly augmentation: Augmentation };

/**
 * What the augmentation of these settings makes of some training images, of all classes in turn, in the first epochs of training.
 * Mixed are these images with one another, as one batch. Throws UserError as `loadDataset` does.
 */
export async function augmentedViews(
  settings: AugmentedSettings,
  { cacheDir, images, epochs, onProgress }: ViewsOptions,
): Promise<readonly ImageViews[]> {
  const { classes, train, depthRange } = await loadDataset(settings, { cacheDir, onProgress });
  const chosen = inTurn(new Random('views', settings.training.seed).shuffle(train), classes.length);
  const shown = chosen.slice(0, images).map((image) => ({ ...image, label: classes[image.label]! }));
  return viewsOfImages(shown, settings, { cacheDir, epochs, depthRange: depthRange ?? null });
}

/** The same of images at hand. Rejects where one cannot be read. */
export async function viewsOfImages(
  images: readonly ShownImage[],
  settings: AugmentedSettings,
  { cacheDir, epochs, depthRange }: Pick<ViewsOptions, 'cacheDir' | 'epochs'> & ShownDepth,
): Promise<readonly ImageViews[]> {
  const { augmentation: options, training } = settings;
  const size = settings.model.image_size;
  const reader = new PixelReader(resizingOf(settings), depthRange, cacheDir);
  try {
    const plain = await Promise.all(images.map((image) => reader.read(image)));
    const shown = Array.from({ length: epochs }, (_, i) => {
      const augmenting = { options, seed: training.seed, epoch: i + 1 };
      const batch = tensor([images.length, size, size, 3]);
      images.forEach((image, k) => {
        batch.data.set(augmentOne(plain[k]!, size, image, augmenting), k * size * size * 3);
      });
      const random = new Random('mixing', training.seed, i + 1, 0);
      drawMixing(options, { images: images.length, size }, random)?.mixImages(batch);
      return Uint8Array.from(batch.data, Math.round);
    });
    return images.map(({ name, label }, k) => ({
      name,
      label,
      views: [plain[k]!, ...shown.map((all) => all.subarray(k * size * size * 3, (k + 1) * size * size * 3))],
    }));
  } finally {
    await reader.close();
  }
}

/** A picture of views, an image a row under its class and name: PNG bytes. */
export function augmentationSheet(views: readonly ImageViews[], imageSize: number): Promise<Buffer> {
  const rows = views.map(({ name, label, views: images }) => ({ title: `${label}  ${name}`, images }));
  return drawImageGrid(imageSize, rows);
}

/** One image of each class, then another of each, and so on. */
function inTurn(images: readonly ImageFile[], classes: number): ImageFile[] {
  const byClass = Array.from({ length: classes }, (_, label) =>
    images.filter((image) => image.label === label),
  );
  const longest = Math.max(0, ...byClass.map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) => byClass.flatMap((all) => all.slice(i, i + 1))).flat();
}
