import type { RgbImage } from '../rgb-image.ts';

/** How an image of other proportions than the network's input gets these. */
export type AspectFit = 'stretch' | 'crop' | 'pad';

/**
 * Gives an image the proportions of `width` to `height`: `crop` takes its middle, as Keras's `crop_to_aspect_ratio`, `pad` puts black
 * around it, as `pad_to_aspect_ratio` (letterbox), with the odd line below or on the right, which Keras leaves out. What is to be
 * stretched, or has these proportions, is given back as it is.
 */
export function fitAspect(image: RgbImage, width: number, height: number, fit: AspectFit): RgbImage {
  if (fit === 'stretch') return image;
  const wide = Math.floor((image.height * width) / height);
  const high = Math.floor((image.width * height) / width);
  const limit = fit === 'crop' ? Math.min : Math.max;
  const [toWidth, toHeight] = [limit(image.width, Math.max(wide, 1)), limit(image.height, Math.max(high, 1))];
  if (toWidth === image.width && toHeight === image.height) return image;
  const data = new Uint8Array(toWidth * toHeight * 3);
  // Of the larger of both what lies around the smaller one, in pixels.
  const [left, top] = [toWidth - image.width, toHeight - image.height].map((spare) =>
    Math.floor(Math.abs(spare) / 2),
  ) as [number, number];
  const [from, to] = [image.width * 3, toWidth * 3];
  for (let y = 0; y < Math.min(toHeight, image.height); y++) {
    if (fit === 'crop') {
      const start = (y + top) * from + left * 3;
      data.set(image.data.subarray(start, start + to), y * to);
    } else data.set(image.data.subarray(y * from, (y + 1) * from), (y + top) * to + left * 3);
  }
  return { width: toWidth, height: toHeight, data };
}
