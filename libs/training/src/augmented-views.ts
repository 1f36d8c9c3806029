import { Random } from '@thaw/base';
import { tensor } from '@thaw/compute';
import { loadDataset, PixelReader, resizingOf, type ImageFile } from '@thaw/data';
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

export interface ImageViews {
  /** Relative to the data set's folder. */
  readonly name: string;
  readonly label: string;
  /** The image as it is and then as each epoch shows it: RGB bytes, `size * size * 3`. */
  readonly views: readonly Uint8Array[];
}

/**
 * What the augmentation of these settings makes of some training images, of all classes in turn, in the first epochs of training.
 * Mixed are these images with one another, as one batch. Throws UserError as `loadDataset` does.
 */
export async function augmentedViews(
  settings: Settings & { readonly augmentation: Augmentation },
  { cacheDir, images, epochs, onProgress }: ViewsOptions,
): Promise<readonly ImageViews[]> {
  const { augmentation: options, model, training } = settings;
  const size = model.image_size;
  const { classes, train, depthRange } = await loadDataset(settings, { cacheDir, onProgress });
  const chosen = inTurn(new Random('views', training.seed).shuffle(train), classes.length).slice(0, images);
  const reader = new PixelReader(resizingOf(settings), depthRange ?? null, cacheDir);
  try {
    const plain = await Promise.all(chosen.map((image) => reader.read(image)));
    const shown = Array.from({ length: epochs }, (_, i) => {
      const augmenting = { options, seed: training.seed, epoch: i + 1 };
      const batch = tensor([chosen.length, size, size, 3]);
      chosen.forEach((image, k) => {
        batch.data.set(augmentOne(plain[k]!, size, image, augmenting), k * size * size * 3);
      });
      const random = new Random('mixing', training.seed, i + 1, 0);
      drawMixing(options, { images: chosen.length, size }, random)?.mixImages(batch);
      return Uint8Array.from(batch.data, Math.round);
    });
    return chosen.map(({ name, label }, k) => ({
      name,
      label: classes[label]!,
      views: [plain[k]!, ...shown.map((all) => all.subarray(k * size * size * 3, (k + 1) * size * size * 3))],
    }));
  } finally {
    await reader.close();
  }
}

/** One image of each class, then another of each, and so on. */
function inTurn(images: readonly ImageFile[], classes: number): ImageFile[] {
  const byClass = Array.from({ length: classes }, (_, label) =>
    images.filter((image) => image.label === label),
  );
  const longest = Math.max(0, ...byClass.map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) => byClass.flatMap((all) => all.slice(i, i + 1))).flat();
}
