import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '@thaw/base';
import { settingsSchema } from '@thaw/experiment';
import { afterEach, expect, it, vi } from 'vitest';
import { decoderVersion } from '../src/images/decode.ts';
import { readPixels } from '../src/images/read-pixels.ts';
import { loadDataset, PixelReader } from '../src/index.ts';
import { makeFiles, makeFolder, trainTest } from './make-images.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

async function checked(path: string, cacheDir: string, reading: object) {
  const { dataset, split, model } = settingsSchema.parse({
    dataset: { path, ...reading },
    model: { image_size: 32 },
  });
  return loadDataset({ dataset, split, model }, { cacheDir });
}

it.each([
  { interpolation: 'nearest' },
  { interpolation: 'bilinear' },
  { interpolation: 'bicubic', resize: 'crop' },
  { interpolation: 'nearest', resize: 'pad' },
] as const)(
  'what was decoded to be checked need not be decoded again: the same pixels are there without the files, %j',
  async (reading) => {
    const folder = await makeFiles(trainTest(40, 2));
    const cacheDir = await makeFolder();
    const { train, test } = await checked(folder, cacheDir, reading);
    const images = [...train, ...test];
    const expected = await Promise.all(images.map(({ path }) => readPixels(path, { size: 32, ...reading })));
    await rm(folder, { recursive: true });
    const reader = new PixelReader({ size: 32, ...reading }, null, cacheDir);
    for (const [i, image] of images.entries()) expect(await reader.read(image)).toEqual(expected[i]);
    await reader.close();
    // Nothing is kept at other sizes, or in another way.
    for (const another of [{ size: 33 }, { resize: 'resize' in reading ? undefined : 'pad' }] as const) {
      const other = new PixelReader({ size: 32, ...reading, ...another }, null, cacheDir);
      await expect(other.read(images[0]!)).rejects.toThrow(/ENOENT/);
      await other.close();
    }
  },
);

it.each([undefined, 'stretch'])(
  'stretched images are kept where they were before there were other ways: %s',
  async (resize) => {
    const cacheDir = await makeFolder();
    await checked(await makeFiles(trainTest(5, 1)), cacheDir, { interpolation: 'bilinear', resize });
    const name = sha256(JSON.stringify([decoderVersion(), 32, 'bilinear']));
    expect(await readdir(join(cacheDir, 'pixels'))).toEqual([name]);
  },
);

it('no pixels are kept beyond their share of the limit, and none that cannot be written; they are decoded then', async () => {
  const folder = await makeFiles(trainTest(5, 1));
  const cacheDir = await makeFolder();
  // A quarter of it holds two images of 32 x 32 pixels.
  vi.stubEnv('THAW_CACHE_LIMIT', String(4 * 2 * (32 * 32 * 3 + 128)));
  const { train, validation, test } = await checked(folder, cacheDir, { interpolation: 'nearest' });
  const all = [...train, ...validation, ...test];
  const expected = await Promise.all(
    all.map(({ path }) => readPixels(path, { size: 32, interpolation: 'nearest' })),
  );
  const reader = new PixelReader({ size: 32, interpolation: 'nearest' }, null, cacheDir);
  expect(await Promise.all(all.map((image) => reader.read(image)))).toEqual(expected);
  await rm(folder, { recursive: true });
  const outcomes = await Promise.allSettled(all.map((image) => reader.read(image)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  await reader.close();

  const other = await makeFiles({ ...trainTest(5, 1), 'cache/pixels': 'a file where a folder should be' });
  const found = await checked(other, join(other, 'cache'), { interpolation: 'nearest' });
  expect(found.train.length + found.validation.length + found.test.length).toBe(12);
});
