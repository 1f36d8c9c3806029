import fs from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
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

test('what was not written is written once that can be done, and what was told as lost is not', async () => {
  const path = join(temporaryFolder(), 'late', 'log.txt');
  const file = new AppendFile(path);
  file.append('first\n');
  await expect(file.flush()).rejects.toThrow('ENOENT');
  await mkdir(join(path, '..'));
  expect(() => {
    file.append('lost\n');
  }).toThrow('ENOENT');
  await file.flush();
  file.append('second\n');
  await file.close();
  expect(await readFile(path, 'utf8')).toBe('first\nsecond\n');
});

test('what a full disk has kept of a line is taken back before the line is written again', async () => {
  const path = join(temporaryFolder(), 'log.txt');
  const file = new AppendFile(path);
  file.append('first\n');
  await file.flush();
  const { write, writev } = fs;
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  const cut = (
    fd: number,
    bytes: Buffer,
    _: number,
    __: number,
    ___: unknown,
    done: (error: Error) => void,
  ) => {
    write(fd, bytes, 0, 3, null, () => {
      done(full);
    });
  };
  try {
    Object.assign(fs, { write: cut });
    syncBuiltinESMExports();
    file.append('second\n');
    await expect(file.flush()).rejects.toThrow('ENOSPC');
    expect(await readFile(path, 'utf8')).toBe('first\nsec');
  } finally {
    Object.assign(fs, { write, writev });
    syncBuiltinESMExports();
  }
  await file.close();
  expect(await readFile(path, 'utf8')).toBe('first\nsecond\n');
});
