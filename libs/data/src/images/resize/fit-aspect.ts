import { groundOf, type Ground } from './ground.ts';
import type { RgbImage } from '../rgb-image.ts';

/** How an image of other proportions than the network's input gets these. */
export type AspectFit = 'stretch' | 'crop' | 'pad';

/** What is to be seen of an image, and on what. */
export interface Fitted {
  readonly image: RgbImage;
  readonly ground: Ground;
}

/**
 * Gives an image the proportions of `width` to `height`: `crop` takes its middle, as Keras's `crop_to_aspect_ratio`, `pad` puts black
 * around it, as `pad_to_aspect_ratio` (letterbox), with the odd line below or on the right, which Keras leaves out. What is to be
 * stretched, or has these proportions, is given back as it is. The black is not drawn: of a long thin image it is by far the most.
 */
export function fitAspect(image: RgbImage, width: number, height: number, fit: AspectFit): Fitted {
  if (fit === 'stretch') return { image, ground: groundOf(image) };
  const wide = Math.floor((image.height * width) / height);
  const high = Math.floor((image.width * height) / width);
  if (fit === 'crop') {
    const seen = middleOf(
      image,
      Math.min(image.width, Math.max(wide, 1)),
      Math.min(image.height, Math.max(high, 1)),
    );
    return { image: seen, ground: groundOf(seen) };
  }
  const size = { width: Math.max(image.width, wide), height: Math.max(image.height, high) };
  const left = Math.floor((size.width - image.width) / 2);
  return { image, ground: { ...size, left, top: Math.floor((size.height - image.height) / 2) } };
}

function middleOf(image: RgbImage, width: number, height: number): RgbImage {
  if (width === image.width && height === image.height) return image;
  const [left, top] = [Math.floor((image.width - width) / 2), Math.floor((image.height - height) / 2)];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const start = ((y + top) * image.width + left) * 3;
    data.set(image.data.subarray(start, start + width * 3), y * width * 3);
  }
  return { width, height, data };
}
