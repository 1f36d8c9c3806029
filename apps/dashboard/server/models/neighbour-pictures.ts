import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '@thaw/base';
import { drawPicture } from '@thaw/data';
import type { NeighbourImage } from '@thaw/serving';
import type { VersionRecord } from '@thaw/tracking';
import { datasetFolder } from '../../store/dataset-folder.ts';

const side = 96;

/** Training images of a model, small, as data URLs; null for a file that is gone or where another one stands now. */
export async function neighbourPictures(
  images: readonly NeighbourImage[],
  version: VersionRecord,
  runsDir: string,
): Promise<(string | null)[]> {
  const folder = datasetFolder(version, runsDir);
  return Promise.all(images.map((image) => pictureOf(folder, image)));
}

async function pictureOf(folder: string, image: NeighbourImage): Promise<string | null> {
  const bytes = await readFile(join(folder, image.file)).catch(() => null);
  if (bytes === null || sha256(bytes) !== image.sha256) return null;
  const small = await drawPicture(bytes, (picture) =>
    picture.resize({ width: side, height: side, fit: 'inside' }).jpeg().toBuffer(),
  ).catch(() => null);
  return small && `data:image/jpeg;base64,${small.toString('base64')}`;
}
