import { inChunks } from '@thaw/base';
import type { DescriptionCache } from './description-cache.ts';
import type { ImageStore } from './image-store.ts';
import type { WorkerPool } from './worker-pool.ts';

/** Images that are described before a file of the cache is written. */
const imagesPerFile = 512;
const imagesPerTask = 16;

/** Fills the store with the descriptions of images: those that the cache has, and the rest, which it keeps then. */
export async function describeImages(
  store: ImageStore,
  images: readonly { path: string; sha256: string }[],
  pool: WorkerPool,
  cache: DescriptionCache,
  onDone: (done: number) => void,
): Promise<void> {
  const hashes = images.map(({ sha256 }) => sha256);
  const missing = await cache.load(store, hashes);
  let done = images.length - missing.length;
  onDone(done);
  let saved = Promise.resolve();
  for (const part of inChunks(missing, imagesPerFile)) {
    const args = inChunks(part, imagesPerTask).map((some) =>
      some.map((image) => ({ image, path: images[image]!.path })),
    );
    // The next are described while these are written.
    await Promise.all([pool.run('describe', args, (index) => onDone((done += args[index]!.length))), saved]);
    saved = cache.save(store, hashes, part);
  }
  await saved;
}
