import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { GrainFile } from '../src/duplicates/grain-file.ts';

test('grain is read where it was written, by its descriptor alone, and leaves nothing in the folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'thaw-grain-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = GrainFile.in(folder);
  expect(await readdir(folder)).toEqual([]);
  file.write(5, Uint8Array.of(1, 2, 3));
  file.write(2, Uint8Array.of(7, 8, 9));
  const read = new Uint8Array(4);
  new GrainFile(file.descriptor).read(4, read);
  expect([...read]).toEqual([9, 1, 2, 3]);
  file.close();
});
