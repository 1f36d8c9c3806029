import sharp from 'sharp';
import { decodeRgb, reasonOf } from './decode.ts';
import { checkEncoded, checkPixels, ImageRefused, type ImageLimits } from './image-refused.ts';
import type { RgbImage } from './rgb-image.ts';

/**
 * Decodes an image as `decodeRgb` does, after its size, its first bytes and the width and height that its header tells are
 * found within limits, so that neither a large file nor a small one that unpacks to a huge image is ever decoded. Of an animation
 * the first picture is taken. Rejects with ImageRefused.
 */
export async function decodeUntrusted(bytes: Buffer, limits: ImageLimits): Promise<RgbImage> {
  const format = checkEncoded(bytes, limits);
  try {
    // The pixels of these two stand in the file as they are, so its size has limited them.
    if (format !== 'BMP' && format !== 'PPM')
      checkPixels(await sharp(bytes, { limitInputPixels: false }).metadata(), limits.pixels);
    const image = await decodeRgb(bytes);
    checkPixels(image, limits.pixels);
    return image;
  } catch (error) {
    if (error instanceof ImageRefused) throw error;
    throw new ImageRefused('damaged', `cannot be decoded: ${reasonOf(error)}`);
  }
}
