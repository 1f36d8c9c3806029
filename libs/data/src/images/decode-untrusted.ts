import { decode, exceedsLimit, reasonOf } from './decode.ts';
import { isDeep, toEightBits, type ValueRange } from './deep-image.ts';
import { checkEncoded, checkPixels, ImageRefused, type ImageLimits } from './image-refused.ts';
import type { RgbImage } from './rgb-image.ts';
import { sharp } from './sharp.ts';

/**
 * Decodes an image as `decodeRgb` does, after its size, its first bytes and the width and height that its header tells are
 * found within limits, so that neither a large file nor a small one that unpacks to a huge image is ever decoded. Of an animation
 * the first picture is taken. Rejects with ImageRefused.
 */
export async function decodeUntrusted(
  bytes: Buffer,
  limits: ImageLimits,
  range: ValueRange | null = null,
): Promise<RgbImage> {
  checkEncoded(bytes, limits);
  try {
    const image = await decode(bytes, limits.pixels);
    checkPixels(image, limits.pixels);
    return isDeep(image) ? toEightBits(image, range) : image;
  } catch (error) {
    if (error instanceof ImageRefused) throw error;
    // libvips says that there are too many, not how many.
    if (exceedsLimit(error))
      checkPixels(await sharp(bytes, { limitInputPixels: false }).metadata(), limits.pixels);
    throw new ImageRefused('damaged', reasonOf(error));
  }
}
