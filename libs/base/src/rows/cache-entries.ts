import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ifGone } from '../files/if-gone.ts';
import { removeSetAside, setAside } from './set-aside.ts';

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

/**
 * Removes the entries of a cache that `isUnused` names, while others may read and write there, and what a removal that was killed
 * has left. Answers what was removed, without what another process was faster with.
 */
export async function removeCacheEntries(
  cacheDir: string,
  isUnused: (entry: CacheEntry) => boolean,
): Promise<CacheEntry[]> {
  for (const kind of await listed(cacheDir)) await removeSetAside(join(cacheDir, kind));
  const gone: CacheEntry[] = [];
  for (const each of (await cacheEntries(cacheDir)).filter(isUnused)) {
    const aside = await setAside(each.path).catch(ifGone(null));
    if (aside === null) continue;
    await rm(aside, { recursive: true, force: true });
    gone.push(each);
  }
  return gone;
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
  const names: string[] = await readdir(path).catch(() => []);
  const parts = await Promise.all(names.map((name) => measure(join(path, name))));
  const newest = Math.max(found.mtimeMs, ...parts.map(({ changed }) => changed.getTime()));
  return { bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0), changed: new Date(newest) };
}

async function listed(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => !name.startsWith('.')).sort();
}
