import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeFolder, writeProblem } from '../src/index.ts';

const root = mkdtempSync(join(tmpdir(), 'thaw-make-folder-'));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

it('makes a folder and those above it, also where others do at the same time', async () => {
  const path = join(root, 'a', 'b', 'c');
  await Promise.all(Array.from({ length: 8 }, () => makeFolder(path)));
  expect(statSync(path).isDirectory()).toBe(true);
  await makeFolder(path);
});

it('refuses where a file or a link to nothing is in the way', async () => {
  writeFileSync(join(root, 'file'), '');
  symlinkSync(join(root, 'nothing'), join(root, 'link'));
  await expect(makeFolder(join(root, 'file'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  await expect(makeFolder(join(root, 'file', 'x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  await expect(makeFolder(join(root, 'link'))).rejects.toMatchObject({ code: 'EEXIST' });
});

it.each([
  ['x.json', null],
  ['new/folder/x.json', null],
  ['.', "it is a folder; a file's name is needed"],
  ['file/x.json', /file is no folder$/],
  [`${'x'.repeat(300)}.json`, 'its name is too long'],
])('says whether %s could be written, and leaves nothing behind', async (name, problem) => {
  writeFileSync(join(root, 'file'), '');
  const before = await readdir(root);
  const found = await writeProblem(join(root, name));
  if (problem === null || typeof problem === 'string') expect(found).toBe(problem);
  else expect(found).toMatch(problem);
  expect(await readdir(root)).toEqual(before);
});

it.skipIf(process.platform === 'win32')('takes no device for a file', async () => {
  expect(await writeProblem('/dev/null')).toBe('it is a device or a pipe, not a file');
});
