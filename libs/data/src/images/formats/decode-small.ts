import type { Sharp } from 'sharp';
import { decode } from '../decode.ts';
import { isDeep, toEightBits, valueRange } from '../deep-image.ts';
import { formatOf } from './image-format.ts';
import { isPng16 } from './is-png-16.ts';
import type { RgbImage } from '../rgb-image.ts';
import { sharp } from '../sharp.ts';

/**
 * Decodes an image with its longer side brought to `side` pixels, larger or smaller, the other in proportion. JPEG files are
 * decoded at a fraction of their size where that is enough, so the pixels are near those of `decodeRgb`, not equal to them.
 * Colour profiles and EXIF orientation are passed over; more than eight bits are spread over the image's own range. Rejects when
 * the file cannot be decoded.
 */
export async function decodeSmall(bytes: Buffer, side: number): Promise<RgbImage> {
  const { data, info } = await (
    await open(bytes)
  )
    .resize({ width: side, height: side, fit: 'inside', kernel: 'linear' })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

async function open(bytes: Buffer): Promise<Sharp> {
  const format = formatOf(bytes);
  if (format === 'JPEG' || format === 'WebP' || (format === 'PNG' && !isPng16(bytes))) {
    return sharp(bytes, { ignoreIcc: true, failOn: 'truncated' });
  }
  const image = await decode(bytes);
  const { data, width, height } = isDeep(image) ? toEightBits(image, valueRange(image)) : image;
  return sharp(data, { raw: { width, height, channels: 3 } });
}
