/** What decoding an image takes that needs neither files nor native libraries. */
export { isPng16 } from './images/is-png-16.ts';
export { jpegComponents, withoutJpegMetadata } from './images/jpeg-segments.ts';
export {
  checkEncoded,
  checkPixels,
  checkSize,
  ImageRefused,
  type ImageLimits,
} from './images/image-refused.ts';
export type { ImageFormat } from './images/image-format.ts';
export { resizers } from './images/resizers.ts';
export type { RgbImage } from './images/rgb-image.ts';
