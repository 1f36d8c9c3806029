import { Random } from '@thaw/base';
import { tensor, type Tensor } from '@thaw/compute';
import {
  augment,
  drawAugmentation,
  resizingOf,
  viewBySymmetry,
  type ImageFile,
  type PixelReader,
  type Resizing,
  type ValueRange,
} from '@thaw/data';
import type { Augmentation, Settings } from '@thaw/experiment';
import { backboneOf } from '@thaw/model';
import type { View } from './view.ts';

/** How images become a network's input. */
export interface PixelOptions extends Resizing {
  /** Scales values of more than eight bits; without it they are taken as Pillow does. */
  readonly depthRange?: ValueRange | null;
  readonly backbone: Settings['model']['backbone'];
}

/** How the images of a data set become the input of a network of these settings. */
export function pixelsOf(
  settings: Pick<Settings, 'model' | 'dataset'>,
  depthRange: ValueRange | null,
): PixelOptions {
  return {
    ...resizingOf(settings),
    ...(depthRange && { depthRange }),
    backbone: settings.model.backbone,
  };
}

/** One draw of the augmentation for every image: what it depends on, the image's content aside. */
export interface Augmenting {
  readonly options: Augmentation;
  readonly seed: number;
  readonly epoch: number;
}

/** Reads, augments and preprocesses images: [images, size, size, 3], into `buffer` where it is given. */
export async function loadImages(
  images: readonly View[],
  reader: PixelReader,
  { size, backbone }: Pick<PixelOptions, 'size' | 'backbone'>,
  augmenting: Augmenting | null,
  buffer?: Float32Array,
): Promise<Tensor> {
  const length = size * size * 3;
  const batch = tensor([images.length, size, size, 3], buffer?.subarray(0, images.length * length));
  const loadOne = async (image: View, position: number) => {
    const read = await reader.read(image);
    const pixels = image.symmetry ? viewBySymmetry(read, size, image.symmetry) : read;
    const shown = augmenting ? augmentOne(pixels, size, image, augmenting) : pixels;
    backboneOf({ backbone }).preprocess(
      shown,
      batch.data.subarray(position * length, (position + 1) * length),
    );
  };
  await Promise.all(images.map(loadOne));
  return batch;
}

/** One image as one epoch shows it: `size * size * 3`, 0 to 255. */
export function augmentOne(
  pixels: Uint8Array,
  size: number,
  image: Pick<ImageFile, 'sha256'>,
  { options, seed, epoch }: Augmenting,
) {
  const draw = drawAugmentation(options, size, new Random('augmentation', seed, epoch, image.sha256));
  return augment(pixels, size, draw, options);
}
