import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../src/user-error.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cacheLimit } from '../src/rows/cache-limit.ts';
import { evictRows, lockName } from '../src/rows/evict-rows.ts';
import { halfRows, packRows } from '../src/rows/packed-rows.ts';
import { RowCache } from '../src/rows/row-cache.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'thaw-evict-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** A folder of 100 bytes that was last used so many minutes ago. */
function keep(name: string, minutes: number, ...others: string[]): string {
  const folder = join(root, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'a.rows'), Buffer.alloc(100));
  for (const other of others) writeFileSync(join(folder, other), '');
  const time = new Date(Date.now() - minutes * 60_000);
  utimesSync(folder, time, time);
  return name;
}

describe('keeping rows within a limit', () => {
  test('removes those not used for longest, and no more than it must', async () => {
    for (const [name, minutes] of [
      ['b', 20],
      ['a', 40],
      ['c', 10],
      ['d', 30],
    ] as const)
      keep(name, minutes);
    await evictRows(root, 250);
    expect(readdirSync(root).sort()).toEqual(['b', 'c']);
    await evictRows(root, 250);
    expect(readdirSync(root).sort()).toEqual(['b', 'c']);
  });

  test('leaves a folder that is being filled, and removes what a killed process had begun to remove', async () => {
    keep('busy', 30, lockName);
    keep('idle', 10);
    keep('.removed-1', 10);
    await evictRows(root, 0);
    expect(readdirSync(root)).toEqual(['busy']);
  });

  test('removes a folder whose filling ended with its process, here or, for all that it shows, elsewhere', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    for (const [name, token, minutes] of [
      ['here', { host: hostname(), pid }, 0],
      ['elsewhere', { host: `not-${hostname()}`, pid: process.pid }, 2],
      ['alive', { host: hostname(), pid: process.pid }, 0],
    ] as const) {
      const lock = join(root, keep(name, 30), lockName);
      writeFileSync(lock, JSON.stringify(token));
      const time = new Date(Date.now() - minutes * 60_000);
      utimesSync(lock, time, time);
    }
    await evictRows(root, 0);
    expect(readdirSync(root)).toEqual(['alive']);
  });

  test('counts what lies deeper, and leaves it while it is being filled', async () => {
    keep('outer', 30);
    keep('outer/inner', 30, lockName);
    keep('other', 20);
    await evictRows(root, 150);
    expect(readdirSync(root)).toEqual(['outer']);
    rmSync(join(root, 'outer', 'inner', lockName));
    await evictRows(root, 150);
    expect(readdirSync(root)).toEqual([]);
  });

  test('may be done by several at once', async () => {
    for (let i = 0; i < 12; i++) keep(`f${i}`, i);
    await Promise.all([0, 1, 2, 3].map(() => evictRows(root, 300)));
    expect(readdirSync(root).every((name) => ['f0', 'f1', 'f2'].includes(name))).toBe(true);
  });

  test('is no error where nothing was kept yet', async () => {
    await evictRows(join(root, 'none'), 10);
    expect(existsSync(join(root, 'none'))).toBe(false);
  });

  test('takes nothing from who has the rows open', async () => {
    const cache = await RowCache.open(join(root, 'rows'), 2, halfRows);
    await cache.add(['k'], packRows(Float32Array.of(3, 4), 2));
    const reader = await RowCache.open(join(root, 'rows'), 2, halfRows);
    await evictRows(root, 0);
    expect(readdirSync(root)).toEqual([]);
    for (const each of [cache, reader]) {
      const row = new Float32Array(2);
      each.read('k', row, 0);
      expect([...row]).toEqual([3, 4]);
      each.close();
    }
  });

  test('opening rows counts as using them', async () => {
    keep('old', 50);
    keep('older', 60);
    (await RowCache.open(join(root, 'older'), 1, halfRows)).close();
    await evictRows(root, 100);
    expect(readdirSync(root)).toEqual(['older']);
  });
});

describe('the limit', () => {
  test.each([
    [undefined, 20e9],
    ['500MB', 500e6],
    ['1.5 gb', 1.5e9],
    ['2T', 2e12],
    ['7', 7],
    ['0', 0],
  ])('of %j is %d bytes', (text, bytes) => {
    expect(cacheLimit({ THAW_CACHE_LIMIT: text })).toBe(bytes);
  });

  test.each(['', 'much', '-1GB', '3 apples', 'GB'])('of %j is refused', (text) => {
    expect(() => cacheLimit({ THAW_CACHE_LIMIT: text })).toThrow(UserError);
  });
});
