import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mapConcurrently, sha256 } from '@thaw/base';
import type { SkippedFile } from '../dataset.ts';
import { decode, reasonOf } from '../images/decode.ts';
import { InspectedImages } from './inspected-images.ts';

/** Enough to keep libuv's four threads busy while the next files are read; a few decoded images of memory. */
const underWay = 8;

export interface Inspection {
  /** The sha256 (hex) of every file that decodes completely, by name. */
  readonly hashes: ReadonlyMap<string, string>;
  /** The others, in the order of `names`. */
  readonly bad: readonly SkippedFile[];
}

/**
 * Hashes every file of `names` (relative to `folder`) and decodes it to its last row; what decoded before, in this or
 * another run with the same `cacheDir`, is only hashed. `onProgress` is called after every file. Rejects with the signal's reason
 * once it is aborted.
 */
export async function inspectFiles(
  folder: string,
  names: readonly string[],
  {
    cacheDir,
    onProgress,
    signal,
  }: { cacheDir: string; onProgress?: (done: number, total: number) => void; signal?: AbortSignal },
): Promise<Inspection> {
  const inspected = new InspectedImages(cacheDir);
  await inspected.load();
  const decoded = new Set<string>();
  let done = 0;
  const results = await mapConcurrently(names, underWay, async (name) => {
    signal?.throwIfAborted();
    const result = await inspectFile(join(folder, name), (hash) => inspected.has(hash));
    if (result.hash !== null && !inspected.has(result.hash)) decoded.add(result.hash);
    onProgress?.(++done, names.length);
    return { name, ...result };
  });
  await inspected.remember([...decoded].sort());
  const hashes = new Map<string, string>();
  const bad: SkippedFile[] = [];
  for (const { name, hash, reason } of results) {
    if (hash === null) bad.push({ name, reason });
    else hashes.set(name, hash);
  }
  return { hashes, bad };
}

async function inspectFile(
  path: string,
  isKnown: (hash: string) => boolean,
): Promise<{ hash: string; reason: null } | { hash: null; reason: string }> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    return { hash: null, reason: `cannot be opened (${(error as NodeJS.ErrnoException).code})` };
  }
  const hash = sha256(bytes);
  const reason = isKnown(hash) ? null : await decode(bytes).then(() => null, reasonOf);
  return reason === null ? { hash, reason } : { hash: null, reason };
}
