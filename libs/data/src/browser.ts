/** What preparing an image takes that needs neither files nor native libraries. */
export { symmetriesOf, viewBySymmetry, type Symmetry } from './augmentation/symmetries.ts';
export { isPng16 } from './images/formats/is-png-16.ts';
export { jpegComponents, withoutJpegMetadata } from './images/formats/jpeg-segments.ts';
export {
  checkEncoded,
  checkPixels,
  checkSize,
  ImageRefused,
  type ImageLimits,
} from './images/image-refused.ts';
export type { ImageFormat } from './images/formats/image-format.ts';
export { resizeImage } from './images/resize/resize-image.ts';
export type { RgbImage } from './images/rgb-image.ts';
