import { join } from 'node:path';
import { expect, test } from 'vitest';
import { detectGroups, type DetectedGroups } from '../src/index.ts';
import { makeFolder } from './make-images.ts';
import {
  writeCrops,
  writeDigits,
  writeErased,
  writeFields,
  writeFrames,
  writeSet,
  type Planted,
} from './planted-copies/sets.ts';
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

/** Small sets; `npx tsx bench/duplicates.ts kinds erased` looks at larger ones, copied in every way, and at smears and textures. */
test('photographs before a few walls stay apart, and their copies are found whatever people do to images', async () => {
  const ways: WayName[] = [
    'erased, black',
    'erased, noise',
    'screenshot',
    'letterbox',
    'watermark',
    'mirrored, 60 % of the area',
  ];
  const { images, found } = await detect((folder) => writeSet(folder, 'hands', 24, 2, ways));
  expect(wrong(images, found)).toEqual([]);
  expect(ways.map((way) => copiesFound(images, found, way))).toEqual(ways.map(() => 2));
});

test('photographs of products, drawings and X-rays stay apart; copies that were written over or all erased in part are found', async () => {
  const { images, found } = await detect(async (folder) => [
    ...(await writeSet(join(folder, 'products'), 'products', 20, 2, ['watermark', 'caption'])),
    ...(await writeSet(join(folder, 'icons'), 'icons', 20, 0)),
    ...(await writeSet(join(folder, 'X-rays'), 'X-rays', 20, 0)),
    ...(await writeErased(join(folder, 'erased'), 4)),
  ]);
  expect(wrong(images, found)).toEqual([]);
  expect(found.confidence).toHaveLength(20 + 20 + 20 + 4);
});

test('two copies of each photograph, changed in different ways, do not keep each other apart where little but grain is to be seen', async () => {
  const ways: WayName[] = ['equalized', 'caption'];
  const { images, found } = await detect((folder) => writeSet(folder, 'night', 10, 10, ways));
  expect(wrong(images, found)).toEqual([]);
  expect(ways.map((way) => copiesFound(images, found, way))).toEqual([10, 10]);
});

test('elastic copies are found, though their parts were moved by several pixels', async () => {
  const { images, found } = await detect((folder) => writeSet(folder, 'papers', 10, 8, ['elastic']));
  expect(wrong(images, found)).toEqual([]);
  expect(copiesFound(images, found, 'elastic')).toBeGreaterThanOrEqual(7);
});

test('frames of a fixed camera are one photograph a tenth of a second apart, and a scene two seconds apart', async () => {
  const { images, found } = await detect((folder) => writeFrames(folder, 9));
  expect(wrong(images, found)).toEqual([]);
  expect(images.filter(({ way }) => way !== 'orig')).toHaveLength(3);
  expect(copiesFound(images, found, '0.1 s later')).toBe(3);
  expect(found.sharedFields.length).toBeGreaterThan(10);
});

test('fields of a slide that overlap by half stay apart, and are one scene', async () => {
  const { images, found } = await detect((folder) => writeFields(folder, 3, 2));
  expect(wrong(images, found)).toEqual([]);
  expect(found.sharedFields).toHaveLength(7);
});

test('crops of one photograph are found where its other copies are not there to tell and compression took their grain', async () => {
  const { images, found } = await detect((folder) => writeCrops(folder, 'fields', 8));
  expect(wrong(images, found)).toEqual([]);
  expect(found.confidence).toHaveLength(8);
});

test('digits of many hands are no family of copies, though a few strokes can be brought together', async () => {
  const { images, found } = await detect((folder) => writeDigits(folder, 7, 50));
  // Of 1,225 pairs; two that are alike and like few others are not told from copies.
  expect(wrong(images, found).length).toBeLessThan(15);
});
