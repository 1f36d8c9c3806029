import { readFile } from 'node:fs/promises';
import type { ImageFile } from '@thaw/data';
import type { Classifier } from '../model/classifier.ts';
import { unitLength } from './nearest-images.ts';
import type { Neighbours } from './neighbours.ts';

/** Training images are the user's own: the data set's own checks have seen them. */
const unlimited = { bytes: Infinity, pixels: Infinity };

/** What a model makes of training images. `labels` are the names of the data set's classes. */
export async function collectNeighbours(
  classifier: Classifier,
  images: readonly ImageFile[],
  labels: readonly string[],
  { onProgress, signal }: { onProgress: (done: number, total: number) => void; signal?: AbortSignal },
): Promise<Neighbours> {
  const rows: Float32Array[] = [];
  for (const { path } of images) {
    signal?.throwIfAborted();
    const pixels = await classifier.pixels(await readFile(path), unlimited);
    const [seen] = await classifier.see(classifier.batch([pixels]));
    rows.push(unitLength(seen!.features));
    onProgress(rows.length, images.length);
  }
  const length = rows[0]?.length ?? 0;
  const features = new Float32Array(rows.length * length);
  rows.forEach((row, i) => features.set(row, i * length));
  return {
    images: images.map(({ name, label, sha256 }) => ({ file: name, label: labels[label]!, sha256 })),
    features,
  };
}
