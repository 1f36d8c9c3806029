import { decodeSmall } from '../../images/formats/decode-small.ts';
import type { RgbImage } from '../../images/rgb-image.ts';
import { boundsOf, maskBorders } from './border-mask.ts';
import { maskErased } from './erased-mask.ts';
import { groundOf } from './ground.ts';
import { countOf } from './masks.ts';
import { outlineWords, writeOutline } from './outline.ts';

/** What an image shows, and 1 for each of its pixels that is no border and was not erased. */
export interface Picture {
  readonly image: RgbImage;
  readonly valid: Uint8Array;
  /** Where the file as a whole lies, in pixels of the image; of no width unless there is much around the picture. */
  readonly frame: { left: number; top: number; width: number; height: number };
  /** The outline of the file as a whole (see `writeOutline`), if it has a frame. */
  readonly whole: Int32Array;
}

/** A picture whose longer side is less of the image's is decoded anew, so that its copy in a frame is described at the same size. */
const leastPart = 0.85;
/** Share of the file that is around a picture which has a frame. */
const leastFrame = 0.25;

/**
 * Decodes an image so that the picture in it, without borders, margins and bars, has its longer side brought to about `side`
 * pixels, with the mask of that picture (see `maskBorders` and `maskErased`). Rejects when the file cannot be decoded.
 */
export async function decodePicture(bytes: Buffer, side: number): Promise<Picture> {
  const small = await decodeSmall(bytes, side);
  const borders = maskBorders(small);
  const bounds = boundsOf(borders, small.width);
  const longer = Math.max(bounds.width, bounds.height);
  const isPart = longer < leastPart * Math.max(small.width, small.height);
  const scale = isPart ? side / longer : 1;
  const [left, top] = isPart ? [Math.round(bounds.left * scale), Math.round(bounds.top * scale)] : [0, 0];
  let [image, valid]: [RgbImage, Uint8Array] = [small, borders];
  let { reduction } = small;
  if (isPart) {
    const large = await decodeSmall(bytes, Math.round(Math.max(small.width, small.height) * scale));
    image = cut(large, left, top, Math.round(bounds.width * scale), Math.round(bounds.height * scale));
    valid = maskBorders(image);
    ({ reduction } = large);
  }
  // What lies within a frame has a ground of its own.
  maskErased(image, valid, isPart ? [groundOf(small), groundOf(image)] : [groundOf(small)], reduction);
  const whole = new Int32Array(outlineWords);
  const around = borders.length - countOf(borders);
  if (around < leastFrame * borders.length)
    return { image, valid, frame: { left: 0, top: 0, width: 0, height: 0 }, whole };
  writeWhole(small, whole);
  return {
    image,
    valid,
    frame: { left: -left, top: -top, width: small.width * scale, height: small.height * scale },
    whole,
  };
}

function writeWhole({ width, height, data }: RgbImage, to: Int32Array): void {
  const grey = new Uint8Array(width * height);
  for (let i = 0, from = 0; i < grey.length; i++, from += 3)
    grey[i] = Math.max(1, 0.3 * data[from]! + 0.59 * data[from + 1]! + 0.11 * data[from + 2]!);
  writeOutline({ data: grey, first: 0, stride: width, width, height }, to, 0);
}

/** A part of an image; no more than there is. */
function cut(image: RgbImage, left: number, top: number, width: number, height: number): RgbImage {
  const [columns, rows] = [Math.min(width, image.width - left), Math.min(height, image.height - top)];
  const data = new Uint8Array(columns * rows * 3);
  for (let y = 0; y < rows; y++) {
    const from = ((top + y) * image.width + left) * 3;
    data.set(image.data.subarray(from, from + columns * 3), y * columns * 3);
  }
  return { width: columns, height: rows, data };
}
