import { halfRows, RowCache, singleRows, type RowPacking } from '@thaw/base';
import type { Augmenting } from './pixels.ts';
import { RowBlock } from './row-block.ts';

/** Bytes of images' rows that are held in memory; further ones are read from disk each time. */
const blockBytes = 400 * 2 ** 20;

/** Rows that are kept on disk, and where they are read from. */
export interface OpenRows {
  readonly augmenting: Augmenting | null;
  readonly cache: RowCache<Float32Array>;
  readonly block: RowBlock;
}

export interface OpenRowsOptions {
  /** Values of a row. */
  readonly length: number;
  /** Images of the whole data set. */
  readonly images: number;
  readonly augmenting: Augmenting | null;
}

/** Opens the rows in a folder, made if need be. */
export async function openRows(
  folder: string,
  { length, images, augmenting }: OpenRowsOptions,
): Promise<OpenRows> {
  // Views are read once, in their epoch, by whoever has just made them: the cache still holds them.
  const [memory, room] = augmenting
    ? [{}, 0]
    : [{ memoryBytes: 0 }, Math.min(images, Math.floor(blockBytes / (4 * length)))];
  const cache = await RowCache.open(folder, length, packingOf(augmenting), memory);
  const block = new RowBlock(length, room, (key, target, offset) => {
    cache.read(key, target, offset);
  });
  return { augmenting, cache, block };
}

/** Images as they are in single precision, augmented views in half precision. */
export function packingOf(augmenting: Augmenting | null): RowPacking<Float32Array> {
  return augmenting ? halfRows : singleRows;
}
