import { readPixels } from '@thaw/data';
import sharp, { type Sharp } from 'sharp';

/** A thumbnail fits in a square of this side, in pixels. */
const thumbnailSide = 200;

/** A small JPEG of an image, its sides in proportion; formats that sharp does not know come out square. */
export async function thumbnail(path: string): Promise<Buffer> {
  const small = (image: Sharp) =>
    image
      .resize(thumbnailSide, thumbnailSide, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 82 })
      .toBuffer();
  try {
    return await small(sharp(path));
  } catch {
    const pixels = await readPixels(path, { size: thumbnailSide, interpolation: 'bilinear' });
    return small(sharp(pixels, { raw: { width: thumbnailSide, height: thumbnailSide, channels: 3 } }));
  }
}
