import type { RgbImage } from '../rgb-image.ts';
import { fitAspect, type AspectFit } from './fit-aspect.ts';
import { resizers } from './resizers.ts';

/** How pixels come to their size. */
export interface ResizeOptions {
  readonly interpolation: keyof typeof resizers;
  /** Stretched when absent. */
  readonly resize?: AspectFit | undefined;
}

/** Brings an image to `width` x `height`, into `data` where it is given: first its proportions, then its size. */
export function resizeImage(
  image: RgbImage,
  { width, height }: { readonly width: number; readonly height: number },
  { interpolation, resize = 'stretch' }: ResizeOptions,
  data?: Uint8Array,
): RgbImage {
  const { image: seen, ground } = fitAspect(image, width, height, resize);
  return resizers[interpolation](seen, width, height, data, ground);
}
