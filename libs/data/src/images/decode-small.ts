import sharp, { type Sharp } from 'sharp';
import { decodeBmp, isBmp } from './decode-bmp.ts';
import { decodePnm, isPnm } from './decode-pnm.ts';
import type { RgbImage } from './rgb-image.ts';

/**
 * Decodes an image with its longer side brought to `side` pixels, larger or smaller, the other in proportion. JPEG files are
 * decoded at a fraction of their size where that is enough, so the pixels are near those of `decodeRgb`, not equal to them.
 * Colour profiles and EXIF orientation are passed over. Rejects when the file cannot be decoded.
 */
export async function decodeSmall(bytes: Buffer, side: number): Promise<RgbImage> {
  const { data, info } = await open(bytes)
    .resize({ width: side, height: side, fit: 'inside', kernel: 'linear' })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

function open(bytes: Buffer): Sharp {
  if (!isBmp(bytes) && !isPnm(bytes)) return sharp(bytes, { ignoreIcc: true, failOn: 'truncated' });
  const { data, width, height } = isBmp(bytes) ? decodeBmp(bytes) : decodePnm(bytes);
  return sharp(data, { raw: { width, height, channels: 3 } });
}
