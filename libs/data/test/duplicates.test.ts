import { existsSync } from 'node:fs';
import { cp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mapConcurrently, Random, sha256, sha256File, UserError } from '@thaw/base';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { detectGroups, type DetectedGroups } from '../src/index.ts';
import { makeFiles, makeFolder } from './make-images.ts';
import { pairScores, writeCopies, type Copy } from './photograph-copies.ts';

/** A folder that holds the descriptions of `copies` and their groups. */
let cacheDir: string;
let copies: Copy[];
let found: DetectedGroups;

beforeAll(async () => {
  const folder = await makeFolder();
  const twins = await writeCopies(join(folder, 'twins'), 'detected', 16, ['none', 'none', 'none', 'crop']);
  const turned = await writeCopies(join(folder, 'turned'), 'turned', 10, ['none', 'quarter turn', 'blur']);
  const single = await writeCopies(join(folder, 'single'), 'single', 40, ['none']);
  copies = new Random('order').shuffle([
    ...twins,
    ...turned.map((copy) => ({ ...copy, source: `turned ${copy.source}` })),
    ...single.map((copy) => ({ ...copy, source: `single ${copy.source}` })),
  ]);
  cacheDir = await makeFolder();
  found = await detectGroups(copies, { cacheDir });
});

const truth = (images: readonly Copy[]) => images.map(({ source }) => source);

/** Calls of `onProgress` that say images were described, which nothing kept can say. */
async function describedAnew(images: readonly Copy[], folder: string): Promise<number> {
  let first = -1;
  await detectGroups(images, {
    cacheDir: folder,
    onProgress: (phase, done) => {
      if (phase === 'describing images' && first < 0) first = done;
    },
  });
  return first < 0 ? 0 : images.length - first;
}

describe('copies of synthetic photographs', () => {
  test('are grouped, and no two photographs are', () => {
    const { precision, recall } = pairScores(found.groups, truth(copies));
    expect(precision).toBe(1);
    expect(recall).toBeGreaterThan(0.95);
  });

  test('are found by a single copy that was cut out and enlarged', async () => {
    const folder = await makeFolder();
    const pairs = await writeCopies(join(folder, 'cropped'), 'cropped', 40, ['none', 'crop']);
    const { groups } = await detectGroups(pairs, { cacheDir: folder });
    const { precision, recall } = pairScores(groups, truth(pairs));
    expect(precision).toBe(1);
    expect(recall).toBeGreaterThan(0.9);
  });

  test('a photograph without a copy stays alone, for certain', () => {
    for (const [i, { source }] of copies.entries()) {
      if (!source.startsWith('single')) continue;
      expect(found.groups.filter((group) => group === found.groups[i])).toHaveLength(1);
      expect(found.confidence[found.groups[i]!]).toBe(1);
    }
  });

  test('groups are numbered by their first image and tied together by their links', () => {
    expect([...new Set(found.groups)]).toEqual(found.confidence.map((_, group) => group));
    const tied = copies.map((_, i) => i);
    for (const { a, b, confidence } of found.links) {
      expect(a).toBeLessThan(b);
      expect(found.groups[a]).toBe(found.groups[b]);
      expect(confidence).toBeGreaterThan(0.5);
      const [keep, lose] = [tied[a]!, tied[b]!];
      for (const [i, root] of tied.entries()) if (root === lose) tied[i] = keep;
    }
    expect(new Set(tied).size).toBe(found.confidence.length);
  });

  test('the order of the images does not matter, nor a file that is there twice', async () => {
    const order = new Random('other order').shuffle(copies.map((_, i) => i));
    const again = await detectGroups([...order.map((i) => copies[i]!), copies[order[0]!]!], {
      cacheDir: await copyOfDescriptions(),
    });
    const before = order.map((i) => String(found.groups[i]!));
    expect(pairScores(again.groups.slice(0, -1), before)).toEqual({ precision: 1, recall: 1 });
    expect(again.groups.at(-1)).toBe(again.groups[0]);
    expect(again.links).toContainEqual({ a: 0, b: copies.length, confidence: 1 });
  });
});

/** A cache that holds descriptions alone. */
async function copyOfDescriptions(): Promise<string> {
  const folder = await makeFolder();
  await cp(join(cacheDir, 'duplicates', 'descriptions'), join(folder, 'duplicates', 'descriptions'), {
    recursive: true,
  });
  return folder;
}

describe('the cache', () => {
  test('gives the same groups again without a look at the images', async () => {
    const gone = copies.map((copy) => ({ ...copy, path: '/nowhere' }));
    expect(await detectGroups(gone, { cacheDir })).toEqual(found);
  });

  test('describes only images that are new', async () => {
    const folder = await copyOfDescriptions();
    const more = await writeCopies(join(folder, 'more'), 'more', 5, ['none']);
    expect(await describedAnew([...copies, ...more], folder)).toBe(5);
  });

  test('passes over files that are damaged', async () => {
    const folder = await makeFolder();
    const some = copies.slice(0, 12);
    const before = await detectGroups(some, { cacheDir: folder });
    const damages = [
      (path: string) => truncate(path, 100),
      (path: string) => writeFile(path, 'something else\n'),
      async (path: string) => {
        const bytes = await readFile(path);
        bytes[bytes.length - 10]! ^= 1;
        await writeFile(path, bytes);
      },
    ];
    for (const damage of damages) {
      for (const kind of ['descriptions', 'groups']) {
        const names = await readdir(join(folder, 'duplicates', kind));
        for (const name of names) await damage(join(folder, 'duplicates', kind, name));
      }
      expect(await describedAnew(some, folder)).toBe(some.length);
    }
    expect(await detectGroups(some, { cacheDir: folder })).toEqual(before);
  });

  test('may be written by several at once', async () => {
    const folder = await makeFolder();
    const some = copies.slice(0, 12);
    const both = await Promise.all([
      detectGroups(some, { cacheDir: folder }),
      detectGroups(some, { cacheDir: folder }),
    ]);
    expect(both[0]).toEqual(both[1]);
    expect(await detectGroups(some, { cacheDir: folder })).toEqual(both[0]);
  });
});

test('a smooth image and its mirror image turned by a quarter are one group, though a set of two has few keypoints', async () => {
  const random = new Random('smooth');
  const discs = Array.from(
    { length: 9 },
    () =>
      `<circle cx="${random.uniform(0, 320)}" cy="${random.uniform(0, 240)}" r="${random.uniform(15, 45)}" fill="rgb(${random.int(256)},${random.int(256)},${random.int(256)})"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="240"><rect width="320" height="240" fill="#888"/>${discs.join('')}</svg>`;
  const image = await sharp(Buffer.from(svg)).removeAlpha().blur(6).png().toBuffer();
  const files = { 'plain.png': image, 'turned.png': await sharp(image).flop().rotate(90).png().toBuffer() };
  const folder = await makeFiles(files);
  const images = Object.entries(files).map(([name, bytes]) => ({
    path: join(folder, name),
    sha256: sha256(bytes),
  }));
  expect((await detectGroups(images, { cacheDir: folder })).groups).toEqual([0, 0]);
});

test('no image, or one, is no group', async () => {
  const folder = await makeFolder();
  expect(await detectGroups([], { cacheDir: folder })).toEqual({
    groups: [],
    confidence: [],
    links: [],
    offered: [],
    sharedFields: [],
  });
  expect((await detectGroups(copies.slice(0, 1), { cacheDir: folder })).groups).toEqual([0]);
});

test('a file that cannot be read is named', async () => {
  const folder = await makeFolder();
  const missing = { path: join(folder, 'gone.png'), sha256: '0'.repeat(64) };
  const detecting = detectGroups([missing, copies[0]!], { cacheDir: folder });
  await expect(detecting).rejects.toThrow(UserError);
  await expect(detecting).rejects.toThrow(/gone\.png can no longer be read/);
});

test('stops when it is told to, and leaves a cache that others can use', async () => {
  const folder = await makeFolder();
  const stop = new AbortController();
  const detecting = detectGroups(copies.slice(0, 12), {
    cacheDir: folder,
    signal: stop.signal,
    onProgress: (_, done) => {
      if (done > 0) stop.abort(new Error('enough'));
    },
  });
  await expect(detecting).rejects.toThrow('enough');
  expect((await detectGroups(copies.slice(0, 12), { cacheDir: folder })).groups).toHaveLength(12);
  await rm(folder, { recursive: true });
});

const shared = fileURLToPath(new URL('../../../../shared/data/blood-cells/', import.meta.url));

test.skipIf(!existsSync(shared))(
  'copies of 12 real photographs of each of two classes are grouped (needs ../shared)',
  async () => {
    const table = await readFile(join(shared, 'source-map-train-eosinophil-lymphocyte.csv'), 'utf8');
    const taken = new Map<string, string[]>();
    for (const row of table.trim().split('\n').slice(1)) {
      const [name, photograph] = row.split(',') as [string, string];
      const source = `${name.split('/')[1]!} ${photograph}`;
      taken.set(source, [...(taken.get(source) ?? []), name]);
    }
    const chosen = ['EOSINOPHIL', 'LYMPHOCYTE'].flatMap((label) =>
      [...taken].filter(([source]) => source.startsWith(label)).slice(0, 12),
    );
    // Some of the classes' photographs have three times as many copies.
    const files = chosen.flatMap(([source, names]) => names.slice(0, 12).map((name) => ({ name, source })));
    const images = await mapConcurrently(files, 8, async ({ name, source }) => {
      const path = join(shared, 'images', name);
      return { path, sha256: await sha256File(path), source };
    });
    const { groups } = await detectGroups(images, { cacheDir: await makeFolder() });
    const { precision, recall } = pairScores(groups, truth(images));
    expect(precision).toBeGreaterThan(0.98);
    expect(recall).toBeGreaterThan(0.95);
  },
);
