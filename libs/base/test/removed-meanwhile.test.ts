import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { fileSizes } from '../src/files/file-sizes.ts';
import { cacheEntries, removeCacheEntries } from '../src/rows/cache-entries.ts';

function cacheOf(...names: string[]): string {
  const cache = mkdtempSync(join(inject('runFolder'), 'cache-'));
  for (const name of names) {
    mkdirSync(join(cache, 'rows', name), { recursive: true });
    writeFileSync(join(cache, 'rows', name, 'file'), 'x');
  }
  return cache;
}

it('removes what another process has not removed meanwhile, and what a removal that was killed has left', async () => {
  const cache = cacheOf('a', 'b', 'c', '.removed-1');
  const removed = await removeCacheEntries(cache, ({ path }) => {
    if (path.endsWith('a')) rmSync(path, { recursive: true });
    return !path.endsWith('c');
  });
  expect(removed.map(({ path }) => basename(path))).toEqual(['b']);
  expect(['a', 'b', 'c', '.removed-1'].map((name) => existsSync(join(cache, 'rows', name)))).toEqual([
    false,
    false,
    true,
    false,
  ]);
});

it('lists what is removed while it is looked at', async () => {
  const cache = cacheOf('a', 'b');
  const { readdir } = promises;
  const faster = (path: string) => {
    if (path.endsWith('a')) rmSync(path, { recursive: true, force: true });
    return readdir(path);
  };
  try {
    promises.readdir = faster as typeof readdir;
    syncBuiltinESMExports();
    expect((await cacheEntries(cache)).map(({ bytes }) => bytes)).toEqual([0, 1]);
  } finally {
    promises.readdir = readdir;
    syncBuiltinESMExports();
  }
});

it('sizes the files of a folder, though one is renamed meanwhile', async () => {
  const cache = cacheOf('a', 'b');
  const { stat } = promises;
  const faster = (path: string) => {
    if (basename(dirname(path)) === 'a') rmSync(path, { force: true });
    return stat(path);
  };
  try {
    promises.stat = faster as typeof stat;
    syncBuiltinESMExports();
    expect(await fileSizes(join(cache, 'rows'))).toEqual([{ name: 'b/file', bytes: 1 }]);
  } finally {
    promises.stat = stat;
    syncBuiltinESMExports();
  }
});
