import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '@thaw/base';
import type { NeighbourImage } from '@thaw/serving';
import sharp from 'sharp';

const side = 96;

/**
 * A training image, small, as a data URL; null where the file is gone or another one stands there now. `folder` is that of the
 * data set.
 */
export async function neighbourPicture(folder: string, image: NeighbourImage): Promise<string | null> {
  const bytes = await readFile(join(folder, image.file)).catch(() => null);
  if (bytes === null || sha256(bytes) !== image.sha256) return null;
  const small = await sharp(bytes)
    .resize({ width: side, height: side, fit: 'inside' })
    .jpeg()
    .toBuffer()
    .catch(() => null);
  return small && `data:image/jpeg;base64,${small.toString('base64')}`;
}
