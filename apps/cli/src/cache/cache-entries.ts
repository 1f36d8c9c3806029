import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What the parts of the cache are for, by the name of their folder. */
const purposes: Record<string, string> = {
  activations: 'what frozen layers make of images and their augmented views',
  pixels: 'images that were decoded to be checked, at the size that networks take',
  weights: 'pretrained weights that were downloaded',
  inspected: 'which images were found to be whole',
  'synthetic-smear': 'drawn data sets',
  duplicates: 'descriptions of images that tell copies of a photograph, and the groups found',
  downloads: 'archives that were downloaded',
  checkpoints: 'how far interrupted trials have come',
  maps: 'where the images of data sets lie on maps, as backbones see them',
  sprites: 'small pictures of images, for the dashboard',
  records: 'what lists ask of the records of runs, so that they need not all be read',
  retrained: 'heads trained again on grouped splits, for the parts of a gap',
};

/** One thing that is kept or removed as a whole. */
export interface CacheEntry {
  readonly kind: string;
  readonly path: string;
  readonly bytes: number;
  /** When it was last used, or written where uses leave no trace. */
  readonly used: Date;
}

/** Everything in a cache, part by part; nothing when there is none. What other processes are just writing is left out. */
export async function cacheEntries(cacheDir: string): Promise<CacheEntry[]> {
  const kinds = await listed(cacheDir);
  const entries = kinds.map(async (kind) => {
    const names = await listed(join(cacheDir, kind));
    return Promise.all(names.map((name) => entry(kind, join(cacheDir, kind, name))));
  });
  return (await Promise.all(entries)).flat();
}

export function purposeOf(kind: string): string {
  return purposes[kind] ?? '';
}

async function entry(kind: string, path: string): Promise<CacheEntry> {
  const { bytes, changed } = await measure(path);
  return { kind, path, bytes, used: changed };
}

/** A folder counts as used when it was changed itself: its rows are older than their last use. */
async function measure(path: string): Promise<{ bytes: number; changed: Date }> {
  const found = await stat(path).catch(() => null);
  if (!found) return { bytes: 0, changed: new Date(0) };
  if (!found.isDirectory()) return { bytes: found.size, changed: found.mtime };
  const parts = await Promise.all((await readdir(path)).map((name) => measure(join(path, name))));
  const newest = Math.max(found.mtimeMs, ...parts.map(({ changed }) => changed.getTime()));
  return { bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0), changed: new Date(newest) };
}

async function listed(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => !name.startsWith('.')).sort();
}
