import { readFile } from 'node:fs/promises';
import { drawPicture } from '@thaw/data';

/** A thumbnail fits in a square of this side, in pixels. */
const thumbnailSide = 200;

/** A small JPEG of an image, its sides in proportion. */
export async function thumbnail(path: string): Promise<Buffer> {
  return drawPicture(await readFile(path), (image) =>
    image
      .resize(thumbnailSide, thumbnailSide, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 82 })
      .toBuffer(),
  );
}
