import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Random } from '@thaw/base';
import type { SyntheticDataset } from '@thaw/experiment';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { whiteCellTypes } from '../src/synthetic/anatomy.ts';
import * as copies from '../src/synthetic/copies.ts';
import { photographSize } from '../src/synthetic/drawing.ts';
import { takePhotograph } from '../src/synthetic/photograph.ts';
import { synthesizeSmear } from '../src/synthetic/synthesize-smear.ts';

vi.mock(import('../src/synthetic/copies.ts'), { spy: true });

const settings: SyntheticDataset = {
  source: 'synthetic-smear',
  train_sources_per_class: 3,
  test_sources_per_class: 2,
  images_per_source: 5,
  seed: 11,
  on_bad_image: 'error',
  interpolation: 'nearest',
  depth: 'uint8',
};

let parent: string;
beforeAll(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'thaw-smear-'));
});
afterAll(() => rm(parent, { recursive: true }));
afterEach(() => {
  vi.resetAllMocks();
});

/** Names below `folder` with '/', sorted, files only. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((name) => name.split(path.sep).join('/'))
    .sort();
}

async function sourcesOf(folder: string): Promise<Map<string, string>> {
  const [header, ...rows] = (await readFile(path.join(folder, 'sources.csv'), 'utf8')).trim().split('\n');
  expect(header).toBe('path,source');
  return new Map(rows.map((row) => row.split(',') as [string, string]));
}

describe('a synthetic smear', () => {
  let folder: string;
  let images: string[];
  let sources: Map<string, string>;
  beforeAll(async () => {
    folder = await synthesizeSmear(settings, path.join(parent, 'a'));
    images = (await filesBelow(folder)).filter((name) => name.endsWith('.jpeg'));
    sources = await sourcesOf(folder);
  });

  it('has the asked number of images in every class of TRAIN and TEST', () => {
    for (const type of whiteCellTypes) {
      expect(images.filter((name) => name.startsWith(`TRAIN/${type}/`))).toHaveLength(15);
      expect(images.filter((name) => name.startsWith(`TEST/${type}/`))).toHaveLength(10);
    }
    expect(images).toHaveLength(4 * 25);
  });

  it('names the source of every file, in the table and in the name, five copies of each', () => {
    expect([...sources.keys()]).toEqual(images);
    const counts = new Map<string, number>();
    for (const [name, source] of sources) {
      expect(/_(p\d+)\./.exec(name)?.[1]).toBe(source);
      counts.set(source, (counts.get(source) ?? 0) + 1);
    }
    expect(counts.size).toBe(4 * 5);
    expect([...counts.values()].every((count) => count === 5)).toBe(true);
  });

  it('gives each source to one class and to one of TRAIN and TEST', () => {
    const homes = new Map<string, Set<string>>();
    for (const [name, source] of sources) {
      homes.set(source, (homes.get(source) ?? new Set()).add(path.dirname(name)));
    }
    expect([...homes.values()].every((home) => home.size === 1)).toBe(true);
  });

  it('leaks: the sources of the first 20 % of a class by name are all in the rest too', () => {
    for (const type of whiteCellTypes) {
      const names = images.filter((name) => name.startsWith(`TRAIN/${type}/`));
      const held = new Set(names.slice(0, 3).map((name) => sources.get(name)));
      const rest = new Set(names.slice(3).map((name) => sources.get(name)));
      expect([...held].filter((source) => !rest.has(source))).toEqual([]);
      // Not in the order of the sources, or the first fifth would be one photograph.
      const order = names.map((name) => sources.get(name)!);
      expect(order).not.toEqual([...order].sort());
    }
  });

  it('holds 320x240 RGB JPEG images, all different', async () => {
    const contents = new Set<string>();
    for (const name of images) {
      const bytes = await readFile(path.join(folder, name));
      contents.add(bytes.toString('base64'));
      expect(await sharp(bytes).metadata()).toMatchObject({
        ...photographSize,
        format: 'jpeg',
        channels: 3,
      });
    }
    expect(contents.size).toBe(images.length);
  });

  it('has the same bytes when it is made again elsewhere', async () => {
    const again = await synthesizeSmear(settings, path.join(parent, 'b'));
    expect(await filesBelow(again)).toEqual(await filesBelow(folder));
    for (const name of await filesBelow(folder)) {
      const [one, other] = [folder, again].map((root) => readFile(path.join(root, name)));
      expect((await one!).equals(await other!), name).toBe(true);
    }
  });

  it('is made once, and found again by settings that only say how images are read', async () => {
    const again = await synthesizeSmear(
      { ...settings, limit_per_class: 2, on_bad_image: 'skip', interpolation: 'bilinear' },
      path.join(parent, 'a'),
    );
    expect(again).toBe(folder);
    expect(vi.mocked(copies.augmentedCopy).mock.calls).toHaveLength(0);
  });

  it('is another one for another seed, and keeps its photographs when more are asked for', async () => {
    const small = {
      ...settings,
      train_sources_per_class: 1,
      test_sources_per_class: 1,
      images_per_source: 1,
    };
    const roots = {
      one: await synthesizeSmear(small, path.join(parent, 'a')),
      reseeded: await synthesizeSmear({ ...small, seed: 12 }, path.join(parent, 'a')),
    };
    const first = async (root: string) => {
      const name = (await filesBelow(root)).find((file) => file.startsWith('TRAIN/MONOCYTE/'))!;
      return (await readFile(path.join(root, name))).toString('base64');
    };
    expect(await first(roots.reseeded)).not.toBe(await first(roots.one));
    const large = images.filter((name) => name.startsWith('TRAIN/MONOCYTE/'));
    const contents = await Promise.all(
      large.map(async (name) => (await readFile(path.join(folder, name))).toString('base64')),
    );
    expect(contents).toContain(await first(roots.one));
  });
});

it('leaves no folder when drawing fails half-way, and is whole at the next try', async () => {
  const cacheDir = path.join(parent, 'broken');
  let calls = 0;
  vi.mocked(copies.augmentedCopy).mockImplementation(() => {
    calls++;
    return calls > 7 ? Promise.reject(new Error('disk full')) : Promise.resolve(new Uint8Array(3));
  });
  await expect(synthesizeSmear(settings, cacheDir)).rejects.toThrow('disk full');
  expect(calls).toBeGreaterThan(7);
  expect(await readdir(path.join(cacheDir, 'synthetic-smear'))).toEqual([]);
  vi.resetAllMocks();
  const folder = await synthesizeSmear(settings, cacheDir);
  expect(await filesBelow(folder)).toHaveLength(4 * 25 + 1);
});

describe.each(whiteCellTypes)('a photograph of type %s', (type) => {
  it('shows red cells on a light ground and one violet nucleus', async () => {
    const { width, height } = photographSize;
    for (const key of [0, 1, 2]) {
      const pixels = await takePhotograph(type, ['test', key]);
      expect(pixels).toHaveLength(width * height * 3);
      const count = { light: 0, red: 0, violet: 0 };
      for (let i = 0; i < pixels.length; i += 3) {
        const [red, green, blue] = [pixels[i]!, pixels[i + 1]!, pixels[i + 2]!];
        if (Math.min(red, green, blue) > 160) count.light++;
        else if (red > green + 20 && red > blue) count.red++;
        else if (blue > green + 40 && blue > red) count.violet++;
      }
      const share = (n: number) => n / (width * height);
      expect(share(count.light)).toBeGreaterThan(0.1);
      expect(share(count.red)).toBeGreaterThan(0.05);
      expect(share(count.violet)).toBeGreaterThan(0.008);
      expect(share(count.violet)).toBeLessThan(0.25);
    }
  });
});

describe('a copy', () => {
  it('shows the photograph at its size, with black where the photograph ends', async () => {
    const { width, height } = photographSize;
    const grey = new Uint8Array(width * height * 3).fill(150);
    for (let i = 0; i < 10; i++) {
      const jpeg = await copies.augmentedCopy(grey, new Random('copy', i));
      const pixels = await sharp(jpeg).raw().toBuffer();
      expect(pixels).toHaveLength(grey.length);
      let [same, black] = [0, 0];
      for (let at = 0; at < pixels.length; at += 3) {
        if (Math.abs(pixels[at]! - 150) < 4) same++;
        else if (pixels[at]! < 4) black++;
      }
      // Only a seam between the two is neither; at most 20 degrees and a tenth of each side are lost.
      expect((same + black) / (width * height)).toBeGreaterThan(0.96);
      expect(same / (width * height)).toBeGreaterThan(0.6);
    }
  });
});
