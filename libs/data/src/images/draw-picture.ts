import type { Sharp } from 'sharp';
import { decode } from './decode.ts';
import { isDeep, toEightBits, valueRange } from './deep-image.ts';
import { sharp } from './sharp.ts';

/**
 * An image for people to look at, of its own width and height: more than eight bits are scaled by its own range. Rejects where it cannot
 * be decoded.
 */
export async function openPicture(bytes: Buffer): Promise<Sharp> {
  const image = await decode(bytes);
  const { width, height, data } = isDeep(image) ? toEightBits(image, valueRange(image)) : image;
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/**
 * What `draw` makes of an image. One of eight bits is handed over encoded where libvips knows its format, which then shrinks large
 * images while it decodes them and sees colour profiles and transparency; else what `openPicture` gives.
 */
export async function drawPicture(bytes: Buffer, draw: (image: Sharp) => Promise<Buffer>): Promise<Buffer> {
  try {
    const image = sharp(bytes, { failOn: 'error' });
    if ((await image.metadata()).depth === 'uchar') return await draw(image);
  } catch {
    // A format that libvips does not know, or not all of.
  }
  return draw(await openPicture(bytes));
}
