import { decodeSmall } from '../../images/formats/decode-small.ts';
import type { RgbImage } from '../../images/rgb-image.ts';
import { boundsOf, maskBorders } from './border-mask.ts';

/** What an image shows, and 1 for each of its pixels that is no border. */
export interface Picture {
  readonly image: RgbImage;
  readonly valid: Uint8Array;
}

/** A picture whose longer side is less of the image's is decoded anew, so that its copy in a frame is described at the same size. */
const leastPart = 0.85;

/**
 * Decodes an image so that the picture in it, without borders, margins and bars, has its longer side brought to about `side`
 * pixels, with the mask of that picture (see `maskBorders`). Rejects when the file cannot be decoded.
 */
export async function decodePicture(bytes: Buffer, side: number): Promise<Picture> {
  const small = await decodeSmall(bytes, side);
  const valid = maskBorders(small);
  const { left, top, width, height } = boundsOf(valid, small.width);
  const longer = Math.max(width, height);
  if (longer >= leastPart * Math.max(small.width, small.height)) return { image: small, valid };
  const scale = side / longer;
  const large = await decodeSmall(bytes, Math.round(Math.max(small.width, small.height) * scale));
  const image = cut(
    large,
    Math.round(left * scale),
    Math.round(top * scale),
    Math.round(width * scale),
    Math.round(height * scale),
  );
  return { image, valid: maskBorders(image) };
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
