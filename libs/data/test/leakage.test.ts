import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { detectGroups } from '../src/duplicates/detect-groups.ts';
import {
  byGroup,
  findCrossings,
  findLeakage,
  findLeakages,
  loadDataset,
  mixedLabels,
  type Dataset,
  type ImageFile,
} from '../src/index.ts';
import { groupByField, groupByPhotograph } from '../src/leakage/image-groups.ts';
import { datasetSettings, load, makeFiles, makeFolder } from './make-images.ts';

/** Images of one photograph are told by the number after `p` in their names; a name without one stands alone. */
vi.mock(import('../src/duplicates/detect-groups.ts'), () => ({
  detectGroups: vi.fn<typeof detectGroups>((images, options) => {
    const keys = images.map(({ path, sha256 }) => /_(p\d+)/.exec(path)?.[1] ?? sha256);
    const names = [...new Set(keys)];
    options.onProgress?.('comparing images', images.length, images.length);
    return Promise.resolve({
      groups: keys.map((key) => names.indexOf(key)),
      confidence: names.map((name) => (keys.filter((key) => key === name).length > 1 ? 0.75 : 1)),
      links: [],
      sharedFields: [],
    });
  }),
}));
const detect = vi.mocked(detectGroups);
afterEach(() => {
  detect.mockClear();
});

/** `<class>/<i>_p<k>.jpeg`: so many copies of so many photographs, mixed when sorted by name. */
function photographs(folder: string, first: number, count: number, copies: number): Record<string, null> {
  const names = Array.from({ length: copies }, (_, i) =>
    Array.from({ length: count }, (_, k) => `${folder}/${i}_p${first + k}.jpeg`),
  );
  return Object.fromEntries(names.flat().map((name) => [name, null]));
}

const image = (name: string, label: number, group: string | null = null): ImageFile => ({
  path: `/${name}`,
  name,
  label,
  sha256: name,
  group,
});
const parts = (train: ImageFile[], validation: ImageFile[], test: ImageFile[]) =>
  ({ classes: ['A', 'B'], train, validation, test, groupConfidence: null }) as unknown as Dataset;
const cacheDir = '/nowhere';
const photograph = ({ name }: ImageFile) => /_(p\d+)/.exec(name)![1]!;
const photographsOf = (images: readonly ImageFile[]) => new Set(images.map(photograph));

describe('groups of images', () => {
  const files = [
    { path: '/a_p1', sha256: 'cc' },
    { path: '/b_p2', sha256: 'bb' },
    { path: '/c_p1', sha256: 'aa' },
    { path: '/d', sha256: 'dd' },
  ];

  it('join where photographs show one field, as sure as the least sure, for splits alone', async () => {
    const found = {
      groups: [0, 1, 2, 3],
      confidence: [1, 0.8, 0.9, 1],
      links: [],
      sharedFields: [
        { a: 0, b: 1, confidence: 1 },
        { a: 2, b: 1, confidence: 1 },
      ],
    };
    detect.mockResolvedValueOnce(found).mockResolvedValueOnce(found);
    const joined = await groupByField(files, { cacheDir });
    expect([...joined.groups]).toEqual([
      ['cc', 'aa'],
      ['bb', 'aa'],
      ['aa', 'aa'],
      ['dd', 'dd'],
    ]);
    expect(joined.confidence).toEqual(
      new Map([
        ['aa', 0.8],
        ['dd', 1],
      ]),
    );
    expect(joined.photographs).toEqual((await groupByPhotograph(files, { cacheDir })).groups);
    expect(new Set(joined.photographs.values()).size).toBe(4);
  });

  it('are named by the smallest hash among them, whatever the order of the images', async () => {
    const { groups, confidence } = await groupByPhotograph(files, { cacheDir });
    expect(groups).toEqual(
      new Map([
        ['cc', 'aa'],
        ['bb', 'bb'],
        ['aa', 'aa'],
        ['dd', 'dd'],
      ]),
    );
    expect(confidence).toEqual(
      new Map([
        ['aa', 0.75],
        ['bb', 1],
        ['dd', 1],
      ]),
    );
    const again = await groupByPhotograph([...files].reverse(), { cacheDir });
    expect(new Map([...again.groups].sort())).toEqual(new Map([...groups].sort()));
  });

  it('never part files of the same bytes, which are looked at once', async () => {
    const twice = [...files, { path: '/elsewhere', sha256: 'dd' }];
    const { groups } = await groupByPhotograph(twice, { cacheDir });
    expect(groups.size).toBe(4);
    expect(detect.mock.calls[0]![0]).toHaveLength(4);
  });
});

describe('a grouped split of detected groups', () => {
  it('keeps the copies of a photograph on one side, near the fraction of each class', async () => {
    const folder = await makeFiles({
      ...photographs('TRAIN/A', 1, 10, 4),
      ...photographs('TRAIN/B', 20, 5, 6),
      ...photographs('TEST/A', 40, 2, 2),
      ...photographs('TEST/B', 50, 2, 2),
    });
    const seen: unknown[] = [];
    const settings = datasetSettings(folder, {}, { strategy: 'grouped', groups: 'detect' });
    const dataset = await loadDataset(settings, {
      cacheDir: await makeFolder(),
      onDetect: (...progress) => seen.push(progress),
    });
    const { train, validation, test } = dataset;
    expect([train.length, validation.length, test.length]).toEqual([56, 14, 8]);
    expect(photographsOf(train).size + photographsOf(validation).size).toBe(15);
    expect(validation.filter(({ label }) => label === 1)).toHaveLength(6);
    expect(dataset.notes).toEqual([
      expect.stringMatching(
        /^validation rests on few groups .*: A 2 of 10 \(20\.0 %\), B 1 of 5 \(20\.0 %\);/,
      ),
    ]);
    expect(seen).toEqual([['comparing images', 78, 78]]);
    const groups = new Set([...train, ...validation, ...test].map(({ group }) => group));
    expect(groups.size).toBe(19);
    expect([...dataset.groupConfidence!.keys()].sort()).toEqual([...groups].sort());

    const byName = await load(folder, {}, { strategy: 'grouped', groups: { pattern: 'p\\d+' } });
    expect(byName.groupConfidence).toBeNull();
    const keras = await load(folder);
    expect(keras.fingerprint).not.toBe(dataset.fingerprint);
    expect(keras.notes).toEqual([]);
  });

  it('is the same when the folder lies elsewhere', async () => {
    const folder = await makeFiles({
      ...photographs('TRAIN/A', 1, 6, 3),
      ...photographs('TRAIN/B', 10, 6, 3),
      ...photographs('TEST/A', 20, 1, 1),
      ...photographs('TEST/B', 30, 1, 1),
    });
    const split = { strategy: 'grouped', groups: 'detect' };
    const one = await load(folder, {}, split);
    const moved = join(await makeFolder(), 'moved');
    await cp(folder, moved, { recursive: true });
    const other = await load(moved, {}, split);
    expect(other.fingerprint).toBe(one.fingerprint);
    expect(other.train.map(({ group }) => group)).toEqual(one.train.map(({ group }) => group));
  });

  it('holds for every part where the test set is drawn, too', async () => {
    const folder = await makeFiles({ ...photographs('A', 1, 12, 3), ...photographs('B', 20, 12, 3) });
    const { train, validation, test, notes } = await load(
      folder,
      { layout: 'class-folders' },
      { strategy: 'grouped', groups: 'detect', test: 0.25 },
    );
    const sizes = [train, validation, test].map((images) => photographsOf(images).size);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(24);
    expect(test).toHaveLength(18);
    expect(notes.map((note) => note.split(' ')[0])).toEqual(['validation', 'test']);
  });

  it('says which photograph is the only one of its class', async () => {
    const folder = await makeFiles({
      ...photographs('TRAIN/A', 1, 4, 3),
      ...photographs('TRAIN/B', 20, 1, 8),
      ...photographs('TEST/A', 30, 1, 1),
      ...photographs('TEST/B', 40, 1, 1),
    });
    await expect(load(folder, {}, { strategy: 'grouped', groups: 'detect' })).rejects.toThrow(
      /a single group holds all images there are for both of B \(TRAIN\/B\/0_p20\.jpeg and 7 more; group [0-9a-f]{16}\)/,
    );
  });

  it('does not look at the images for another strategy', async () => {
    const folder = await makeFiles({
      ...photographs('TRAIN/A', 1, 5, 2),
      ...photographs('TRAIN/B', 20, 5, 2),
      ...photographs('TEST/A', 30, 1, 1),
      ...photographs('TEST/B', 40, 1, 1),
    });
    const { train } = await load(folder, {}, { groups: 'detect' });
    expect(train[0]!.group).toBeNull();
    expect(detect).not.toHaveBeenCalled();
  });
});

describe('crossings', () => {
  it.each([
    ['no group in two parts', ['train a', 'train a', 'validation b', 'test c'], []],
    [
      'copies on both sides of a split',
      ['train a', 'train a', 'train b', 'validation a', 'validation c', 'test d'],
      [{ from: 'train', to: 'validation', groups: 1, images: 3, images_in_to: 1 }],
    ],
    [
      'a group in all three parts',
      ['train a', 'validation a', 'validation a', 'test a'],
      [
        { from: 'train', to: 'validation', groups: 1, images: 3, images_in_to: 2 },
        { from: 'train', to: 'test', groups: 1, images: 2, images_in_to: 1 },
        { from: 'validation', to: 'test', groups: 1, images: 3, images_in_to: 1 },
      ],
    ],
  ])('of %s', (_, images, wanted) => {
    const split = images.map((text) => {
      const [split, group] = text.split(' ') as ['train', string];
      return { split, group };
    });
    expect(findCrossings(split)).toEqual(wanted);
  });
});

describe('leakage', () => {
  it('counts the validation images that have a twin in training', async () => {
    const dataset = parts(
      [image('1_p1', 0), image('2_p1', 0), image('3_p2', 1)],
      [image('4_p1', 0), image('5_p3', 1), image('6_p2', 1), image('7', 0)],
      [image('8_p3', 1)],
    );
    const leakage = await findLeakage(dataset, { cacheDir });
    expect(leakage).toMatchObject({
      origin: 'detected',
      groups: 4,
      validationImagesWithATwinInTraining: 2,
      fraction: 0.5,
    });
    expect(leakage.crossings.map(({ from, to, groups }) => [from, to, groups])).toEqual([
      ['train', 'validation', 2],
      ['validation', 'test', 1],
    ]);
    expect(leakage.images.map(({ split, group }) => `${split} ${group}`)).toEqual([
      ...['train 1_p1', 'train 1_p1', 'train 3_p2'],
      ...['validation 1_p1', 'validation 5_p3', 'validation 3_p2', 'validation 7'],
      'test 5_p3',
    ]);
    expect(leakage.confidence.get('1_p1')).toBe(0.75);
    expect(leakage.confidence.get('7')).toBe(1);
    expect(leakage.groupOf({ sha256: '6_p2' })).toBe('3_p2');
    expect(() => leakage.groupOf({ sha256: 'other' })).toThrow(RangeError);
  });

  it('takes named groups for the truth, without a look at the images', async () => {
    const dataset = parts(
      [image('1_p1', 0, 'x')],
      [image('2_p1', 0, 'y'), image('3', 1)],
      [image('4_p1', 1, 'x')],
    );
    const leakage = await findLeakage(dataset, { cacheDir });
    expect(detect).not.toHaveBeenCalled();
    expect(leakage).toMatchObject({ origin: 'named', groups: 3, validationImagesWithATwinInTraining: 0 });
    expect(leakage.crossings).toEqual([{ from: 'train', to: 'test', groups: 1, images: 2, images_in_to: 1 }]);
    expect([...leakage.confidence.values()]).toEqual([1, 1, 1]);
  });

  it('of a detected grouped split is that of its groups: none', async () => {
    const folder = await makeFiles({
      ...photographs('TRAIN/A', 1, 6, 3),
      ...photographs('TRAIN/B', 10, 6, 3),
      ...photographs('TEST/A', 1, 1, 1),
      ...photographs('TEST/B', 30, 1, 1),
    });
    const dataset = await load(folder, {}, { strategy: 'grouped', groups: 'detect' });
    detect.mockClear();
    const leakage = await findLeakage(dataset, { cacheDir });
    expect(detect).not.toHaveBeenCalled();
    expect(leakage).toMatchObject({ origin: 'detected', validationImagesWithATwinInTraining: 0 });
    // The photograph of TEST/A is in TRAIN/A as well: nothing that a split of TRAIN could mend, so it is told.
    expect(leakage.crossings).toMatchObject([{ to: 'test', groups: 1, images_in_to: 1 }]);
  });

  it('of several splits looks at each image once', async () => {
    const [a, b, c] = [image('1_p1', 0), image('2_p1', 1), image('3_p3', 1)];
    const found = await findLeakages([parts([a], [b], [c]), parts([a], [c], [b])], { cacheDir });
    expect(found.map(({ fraction }) => fraction)).toEqual([1, 0]);
    expect(detect).toHaveBeenCalledTimes(1);
    expect(detect.mock.calls[0]![0]).toHaveLength(3);
  });
});

describe('groups in order', () => {
  const images = [
    { group: 'y', label: 'A', name: '1' },
    { group: 'x', label: 'A', name: '2' },
    { group: 'z', label: 'B', name: '3' },
    { group: 'z', label: 'A', name: '4' },
    { group: 'z', label: 'B', name: '5' },
  ];

  it('are the largest first, then by name', () => {
    expect(byGroup(images).map(([group]) => group)).toEqual(['z', 'x', 'y']);
  });

  it('name one photograph under two labels with an example of each', () => {
    expect(mixedLabels(images)).toEqual([
      {
        group: 'z',
        examples: [
          { label: 'B', name: '3', images: 2 },
          { label: 'A', name: '4', images: 1 },
        ],
      },
    ]);
  });
});
