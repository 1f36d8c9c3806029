import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AppendFile } from '../src/files/append-file.ts';
import { temporaryFolder } from './support/fixtures.ts';

const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => `line ${from + i}\n`).join('');

test('what is appended stands in the file in order once it is flushed, behind what stood there', async () => {
  const path = join(temporaryFolder(), 'log.txt');
  const first = new AppendFile(path);
  for (let i = 0; i < 1000; i++) first.append(lines(i, i + 1));
  await first.flush();
  expect(await readFile(path, 'utf8')).toBe(lines(0, 1000));
  first.append(lines(1000, 1001));
  await first.close();
  const second = new AppendFile(path);
  second.append(lines(1001, 1002));
  await second.close();
  expect(await readFile(path, 'utf8')).toBe(lines(0, 1002));
});

test('a file that nothing is appended to is not made', async () => {
  const folder = temporaryFolder();
  const file = new AppendFile(join(folder, 'log.txt'));
  await file.flush();
  await file.close();
  expect(await readdir(folder)).toEqual([]);
});

test('what cannot be written is told by flush, by the next append and by close', async () => {
  const file = new AppendFile(join(temporaryFolder(), 'not there', 'log.txt'));
  file.append('lost\n');
  await expect(file.flush()).rejects.toThrow('ENOENT');
  expect(() => {
    file.append('lost, too\n');
  }).toThrow('ENOENT');
  await expect(file.close()).rejects.toThrow('ENOENT');
});
