import { spawnSync } from 'node:child_process';
import { mkdtemp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  processTable,
  removeAbandoned,
  replaceFolderAtomic,
  sha256,
  sha256File,
  writeFileAtomic,
  writeFolderAtomic,
} from '../src/index.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-files-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a file is written with its parent folders and replaces what was there', async () => {
  const path = join(folder, 'a', 'b', 'file.json');
  await writeFileAtomic(path, 'first and longer');
  await writeFileAtomic(path, new Uint8Array([104, 105]));
  expect(await readFile(path, 'utf8')).toBe('hi');
  expect(await readdir(join(folder, 'a', 'b'))).toEqual(['file.json']);
});

test('a file that cannot be put in place leaves nothing behind', async () => {
  await mkdir(join(folder, 'target', 'inside'), { recursive: true });
  await expect(writeFileAtomic(join(folder, 'target'), 'text')).rejects.toThrow();
  expect(await readdir(folder)).toEqual(['target']);
});

test('twenty writers at once leave one whole text', async () => {
  const path = join(folder, 'file');
  const texts = Array.from({ length: 20 }, (_, i) => String(i % 10).repeat(100_000 + i));
  await Promise.all(texts.map((text) => writeFileAtomic(path, text)));
  expect(texts).toContain(await readFile(path, 'utf8'));
  expect(await readdir(folder)).toEqual(['file']);
});

test('a folder appears under its name only when it is complete', async () => {
  const path = join(folder, 'deep', 'made');
  await writeFolderAtomic(path, async (temporary) => {
    await writeFile(join(temporary, 'one'), '1');
    expect(await readdir(join(folder, 'deep'))).not.toContain('made');
    await writeFile(join(temporary, 'two'), '2');
  });
  expect(await readdir(join(folder, 'deep'))).toEqual(['made']);
  expect((await readdir(path)).sort()).toEqual(['one', 'two']);
});

test('of two processes that make one folder the first wins and the second is silent', async () => {
  const path = join(folder, 'made');
  const made = await writeFolderAtomic(path, async (slow) => {
    await writeFile(join(slow, 'who'), 'slow');
    expect(await writeFolderAtomic(path, (fast) => writeFile(join(fast, 'who'), 'fast'))).toBe(true);
  });
  expect(made).toBe(false);
  expect(await readFile(join(path, 'who'), 'utf8')).toBe('fast');
  expect(await readdir(folder)).toEqual(['made']);
});

test('a folder whose filling fails leaves nothing behind', async () => {
  const failure = writeFolderAtomic(join(folder, 'made'), async (temporary) => {
    await writeFile(join(temporary, 'half'), '');
    throw new Error('disk full');
  });
  await expect(failure).rejects.toThrow('disk full');
  expect(await readdir(folder)).toEqual([]);
});

test('a file that stands where a folder should be is an error and stays', async () => {
  await writeFile(join(folder, 'made'), 'mine');
  const failure = writeFolderAtomic(join(folder, 'made'), (temporary) => writeFile(join(temporary, 'x'), ''));
  await expect(failure).rejects.toThrow();
  expect(await readFile(join(folder, 'made'), 'utf8')).toBe('mine');
  expect(await readdir(folder)).toEqual(['made']);
});

test('a folder gives way to a new one when that is whole, and stays when it is not', async () => {
  const path = join(folder, 'figures');
  await replaceFolderAtomic(path, (temporary) => writeFile(join(temporary, 'old'), ''));
  const failure = replaceFolderAtomic(path, async (temporary) => {
    await writeFile(join(temporary, 'half'), '');
    throw new Error('disk full');
  });
  await expect(failure).rejects.toThrow('disk full');
  expect(await readdir(path)).toEqual(['old']);
  await replaceFolderAtomic(path, async (temporary) => {
    await writeFile(join(temporary, 'new'), '');
    expect(await readdir(path)).toEqual(['old']);
  });
  expect(await readdir(path)).toEqual(['new']);
  expect(await readdir(folder)).toEqual(['figures']);
});

test('what killed processes had begun is removed, and nothing else', async () => {
  const dead = spawnSync(process.execPath, ['--version']).pid;
  const here = processTable();
  const names = {
    dead: `.tmp-${here}-${dead}-x`,
    living: `.tmp-${here}-${process.pid}-x`,
    elsewhere: `.tmp-0123456789abcdef-${dead}-x`,
    other: '.tmp-1-x',
  };
  for (const name of Object.values(names)) await writeFileAtomic(join(folder, name, 'half'), '');
  await removeAbandoned(folder);
  expect((await readdir(folder)).sort()).toEqual([names.elsewhere, names.other, names.living].sort());
  await removeAbandoned(folder, () => Date.now() + 2 * 3_600_000);
  expect((await readdir(folder)).sort()).toEqual([names.other, names.living].sort());
  await removeAbandoned(join(folder, 'nowhere'));
});

test('SHA-256 agrees with the example of FIPS 180-2', async () => {
  const digest = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  await writeFile(join(folder, 'abc'), 'abc');
  expect(sha256('abc')).toBe(digest);
  expect(sha256(new Uint8Array([97, 98, 99]))).toBe(digest);
  expect(await sha256File(join(folder, 'abc'))).toBe(digest);
});
