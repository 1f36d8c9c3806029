import type { Sharp } from 'sharp';
import { decode } from '../decode.ts';
import { isDeep, toEightBits, valueRange } from '../deep-image.ts';
import { formatOf } from './image-format.ts';
import { isPng16 } from './is-png-16.ts';
import type { RgbImage } from '../rgb-image.ts';
import { sharp } from '../sharp.ts';

export interface SmallImage extends RgbImage {
  /** Pixels of the file along a side of one of these; less than 1 where the image was enlarged. */
  readonly reduction: number;
}

/**
 * Decodes an image with its longer side brought to `side` pixels, larger or smaller, the other in proportion. JPEG files are
 * decoded at a fraction of their size where that is enough, so the pixels are near those of `decodeRgb`, not equal to them.
 * Colour profiles and EXIF orientation are passed over, and alpha is dropped before pixels are mixed, so that what a file keeps under
 * transparent ones is seen as in `decodeRgb`; more than eight bits are spread over the image's own range. Rejects when the file
 * cannot be decoded.
 */
export async function decodeSmall(bytes: Buffer, side: number): Promise<SmallImage> {
  const { image, longer } = await open(bytes);
  const { data, info } = await image
    .resize({ width: side, height: side, fit: 'inside', kernel: 'linear' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data, reduction: longer / side };
}

/** An image without alpha, and its longer side in pixels. */
async function open(bytes: Buffer): Promise<{ image: Sharp; longer: number }> {
  const format = formatOf(bytes);
  if (format === 'JPEG' || format === 'WebP' || (format === 'PNG' && !isPng16(bytes))) {
    const image = sharp(bytes, { ignoreIcc: true, failOn: 'truncated' });
    const { width, height, hasAlpha } = await image.metadata();
    if (!hasAlpha) return { image, longer: Math.max(width, height) };
  }
  const decoded = await decode(bytes);
  const { data, width, height } = isDeep(decoded) ? toEightBits(decoded, valueRange(decoded)) : decoded;
  return { image: sharp(data, { raw: { width, height, channels: 3 } }), longer: Math.max(width, height) };
}
