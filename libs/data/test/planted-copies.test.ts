import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { detectGroups, type DetectedGroups } from '../src/index.ts';
import { makeFolder } from './make-images.ts';
import { writeErased, writeFrames, writeSet, type Planted } from './planted-copies/sets.ts';
import type { WayName } from './planted-copies/ways.ts';

async function detect(write: (folder: string) => Promise<Planted[]>) {
  const folder = await makeFolder();
  const images = await write(join(folder, 'images'));
  return { images, found: await detectGroups(images, { cacheDir: join(folder, 'cache') }) };
}

/** Pairs of images in one group that show two photographs. */
function wrong(images: readonly Planted[], { groups }: DetectedGroups): string[] {
  return images.flatMap(({ path, photograph }, b) =>
    images
      .slice(0, b)
      .flatMap((other, a) =>
        groups[a] === groups[b] && other.photograph !== photograph ? [`${other.path} ${path}`] : [],
      ),
  );
}

/** Copies that are in the group of what they were made from. */
function copiesFound(images: readonly Planted[], { groups }: DetectedGroups, way: string): number {
  return images.filter(
    (image, i) =>
      image.way === way &&
      images.some(
        (other, j) =>
          other.way === 'orig' && other.photograph === image.photograph && groups[j] === groups[i],
      ),
  ).length;
}

describe('photographs before a few walls', () => {
  const ways: WayName[] = [
    'erased, black',
    'erased, noise',
    'screenshot',
    'letterbox',
    'watermark',
    'mirrored, 60 % of the area',
  ];

  test('stay apart, and their copies are found whatever people do to images', async () => {
    const { images, found } = await detect((folder) => writeSet(folder, 'hands', 40, 3, ways));
    expect(wrong(images, found)).toEqual([]);
    const counts = ways.map((way) => copiesFound(images, found, way));
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(2);
  });
});

test.each(['products', 'icons', 'X-rays'] as const)('%s of one kind stay apart', async (kind) => {
  const { images, found } = await detect((folder) => writeSet(folder, kind, 40, 0));
  expect(wrong(images, found)).toEqual([]);
});

test('frames of a fixed camera are one photograph a tenth of a second apart, and a scene two seconds apart', async () => {
  const { images, found } = await detect((folder) => writeFrames(folder, 12));
  expect(wrong(images, found)).toEqual([]);
  expect(images.filter(({ way }) => way !== 'orig')).toHaveLength(4);
  expect(copiesFound(images, found, '0.1 s later')).toBe(4);
  expect(found.sharedFields.length).toBeGreaterThan(10);
});

test('copies that were all erased in part find each other', async () => {
  const { images, found } = await detect((folder) => writeErased(folder, 6));
  expect(wrong(images, found)).toEqual([]);
  expect(found.confidence).toHaveLength(6);
});
