import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nearestImages, unitLength } from '../src/index.ts';
import { readNeighbours, writeNeighbours } from '../src/neighbours/neighbour-files.ts';

const image = (file: string) => ({ file, label: 'a', sha256: '' });
const neighbours = {
  images: [image('up'), image('right'), image('between')],
  features: Float32Array.of(0, 1, 1, 0, Math.SQRT1_2, Math.SQRT1_2),
};

test('the nearest images point the same way, however long their features are', () => {
  const near = nearestImages(neighbours, Float32Array.of(5, 1), 2);
  expect(near.map(({ file }) => file)).toEqual(['right', 'between']);
  expect(near[0]!.similarity).toBeCloseTo(5 / Math.sqrt(26), 6);
  expect(unitLength(Float32Array.of(0, 0))).toEqual(Float32Array.of(0, 0));
});

test('neighbours read back as they were written; a folder without any has none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'thaw-neighbours-'));
  expect(await readNeighbours(folder)).toBeNull();
  await writeNeighbours(folder, neighbours);
  expect(await readNeighbours(folder)).toEqual(neighbours);
  rmSync(folder, { recursive: true });
});
