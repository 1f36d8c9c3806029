import { readFile } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mapConcurrently, sha256 } from '@thaw/base';
import type { SkippedFile } from '../dataset.ts';
import { decode, reasonOf } from '../images/decode.ts';
import { isDeep } from '../images/deep-image.ts';
import { KeptPixels } from '../images/kept-pixels.ts';
import type { Resizing } from '../images/resizing.ts';
import { lookOf, type ImageLook } from './image-look.ts';
import { InspectedImages } from './inspected-images.ts';

/** Costs half of what `fs/promises` takes for a small file. */
const readWhole = promisify(readFile);
/** Enough to keep libuv's four threads busy while the next files are read; a few decoded images of memory. */
const underWay = 8;

export interface Inspection {
  /** The sha256 (hex) of every file that decodes completely, by name. */
  readonly hashes: ReadonlyMap<string, string>;
  /** What is to be said of images, by name. */
  readonly looks: ReadonlyMap<string, ImageLook>;
  /** The others, in the order of `names`. */
  readonly bad: readonly SkippedFile[];
}

export interface InspectOptions {
  readonly cacheDir: string;
  /** Keeps the pixels of images that are decoded, resized so; see `KeptPixels`. */
  readonly keep?: Resizing;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Hashes every file of `names` (relative to `folder`) and decodes it to its last row; what decoded before, in this or
 * another run with the same `cacheDir`, is only hashed. `onProgress` is called after every file. Rejects with the signal's reason
 * once it is aborted.
 */
export async function inspectFiles(
  folder: string,
  names: readonly string[],
  { cacheDir, keep, onProgress, signal }: InspectOptions,
): Promise<Inspection> {
  const inspected = new InspectedImages(cacheDir);
  await inspected.load();
  // A cache that cannot be written is no reason to stop: whoever writes results says so.
  const kept = keep ? await KeptPixels.open(cacheDir, keep).catch(() => null) : null;
  const decoded = new Map<string, ImageLook>();
  let done = 0;
  const results = await mapConcurrently(names, underWay, async (name) => {
    signal?.throwIfAborted();
    const read = await openFile(join(folder, name));
    let reason = 'reason' in read ? read.reason : null;
    if ('bytes' in read && !inspected.has(read.hash) && !decoded.has(read.hash)) {
      reason = await decode(read.bytes).then(async (image) => {
        decoded.set(read.hash, lookOf(image));
        if (!isDeep(image)) await kept?.keep(read.hash, image);
        return null;
      }, reasonOf);
    }
    onProgress?.(++done, names.length);
    return { name, hash: 'hash' in read ? read.hash : '', reason };
  }).finally(() => kept?.close());
  await inspected.remember(decoded);
  const good = results.filter(({ reason }) => reason === null);
  return {
    hashes: new Map(good.map(({ name, hash }) => [name, hash])),
    looks: new Map(good.map(({ name, hash }) => [name, inspected.lookOf(hash)])),
    bad: results.flatMap(({ name, reason }) => (reason === null ? [] : [{ name, reason }])),
  };
}

async function openFile(path: string): Promise<{ bytes: Buffer; hash: string } | { reason: string }> {
  try {
    const bytes = await readWhole(path);
    return { bytes, hash: sha256(bytes) };
  } catch (error) {
    return { reason: `cannot be opened (${(error as NodeJS.ErrnoException).code})` };
  }
}
