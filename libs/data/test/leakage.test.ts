import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { detectGroups } from '../src/duplicates/detect-groups.ts';
import {
  byGroup,
  findCrossings,
  findFolderLeakage,
  findLeakage,
  findLeakages,
  loadDataset,
  mixedLabels,
  readFolder,
  type Dataset,
  type FolderSettings,
  type ImageFile,
} from '../src/index.ts';
import { groupByPhotograph, groupsByScene } from '../src/leakage/image-groups.ts';
import { joinScenes } from '../src/leakage/scenes.ts';
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
      offered: [],
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

/** What is found where every image is a photograph of its own, and these pairs of them show one scene. */
const apart = (images: number, pairs: readonly (readonly [number, number])[]) => ({
  groups: Array.from({ length: images }, (_, i) => i),
  confidence: new Array<number>(images).fill(1),
  links: [],
  offered: pairs.slice(0, 1).map(([a, b]) => ({ a, b, confidence: 0.7 })),
  sharedFields: pairs.map(([a, b]) => ({ a, b, confidence: 1 })),
});

const image = (name: string, label: number, group: string | null = null): ImageFile => ({
  path: `/${name}`,
  name,
  label,
  sha256: name,
  group,
});
const parts = (train: ImageFile[], validation: ImageFile[], test: ImageFile[]) =>
  ({
    classes: ['A', 'B'],
    train,
    validation,
    test,
    groupConfidence: null,
    groupUnit: null,
    detected: null,
  }) as unknown as Dataset;
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

  it('are photographs, and scenes beside them: as groups, as sure as the least sure', async () => {
    detect.mockResolvedValueOnce({
      groups: [0, 1, 2, 3],
      confidence: [1, 0.8, 0.9, 1],
      links: [],
      offered: [],
      sharedFields: [
        { a: 0, b: 1, confidence: 1 },
        { a: 2, b: 1, confidence: 1 },
      ],
    });
    const found = await groupByPhotograph(files, { cacheDir });
    expect(new Set(found.groups.values()).size).toBe(4);
    expect([...found.scenes]).toEqual([
      ['cc', 'aa'],
      ['bb', 'aa'],
      ['aa', 'aa'],
    ]);
    const joined = groupsByScene(found);
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

describe('scenes', () => {
  /** `ab` is a pair of the photographs a and b; the first is the surest. */
  const scenesOf = (pairs: string) => {
    const found = joinScenes(
      pairs.split(' ').map((pair, i) => ({ a: pair[0]!, b: pair[1]!, confidence: 1 - i / 100 })),
    );
    const members = new Map<string, string>();
    for (const [photograph, scene] of [...found].sort())
      members.set(scene, (members.get(scene) ?? '') + photograph);
    return [...members].map(([scene, all]) => (expect(all[0]).toBe(scene), all));
  };

  it.each([
    ['of two photographs, and a third that overlaps with one of them', 'ab bc', ['abc']],
    ['of a camera that moves', 'ab cd bc de', ['abcde']],
    ['stay apart where one pair alone ties two of three photographs', 'ab bc de ef cd', ['abc', 'def']],
    [
      'stay apart where all pairs that tie them meet in one photograph',
      'ab bc de ef cd ce cf',
      ['abc', 'def'],
    ],
    ['are one where two pairs tie them', 'ab bc de ef cd be', ['abcdef']],
    ['are one where two pairs that are not the surest tie them', 'ab bc de ef cd ce bd', ['abcdef']],
    ['grow until nothing ties them any more', 'ab bc de ef gh hi cd be fg eh ai', ['abcdefghi']],
  ])('%s', (_, pairs, scenes) => {
    expect(scenesOf(pairs)).toEqual(scenes);
  });

  it('do not chain through everything by a false pair here and there', () => {
    const within = Array.from({ length: 30 }, (_, s) => [0, 1, 2, 3].map((i) => `${s}.${i}`)).flatMap(
      (names) => names.flatMap((a, i) => names.slice(i + 1).map((b) => ({ a, b, confidence: 0.9 }))),
    );
    const between = Array.from({ length: 29 }, (_, s) => ({ a: `${s}.3`, b: `${s + 1}.0`, confidence: 1 }));
    const sizes = (pairs: typeof within) => {
      const counts = new Map<string, number>();
      for (const scene of joinScenes(pairs).values()) counts.set(scene, (counts.get(scene) ?? 0) + 1);
      return [...counts.values()];
    };
    expect(sizes(within)).toEqual(new Array(30).fill(4));
    // Surest first, a false pair makes a scene of two before either has its own: at most its neighbour comes along.
    expect(Math.max(...sizes([...within, ...between.map((pair) => ({ ...pair, confidence: 0.5 }))]))).toBe(4);
  });

  const overlap = (names: RegExp) => {
    detect.mockImplementationOnce((images) => {
      const shown = images.flatMap(({ path }, i) => (names.test(path) ? [i] : []));
      const pairs = shown.slice(1).map((b) => [shown[0]!, b] as const);
      return Promise.resolve(apart(images.length, pairs));
    });
  };
  const files = {
    ...photographs('TRAIN/A', 1, 10, 1),
    ...photographs('TRAIN/B', 20, 10, 1),
    ...photographs('TEST/A', 40, 2, 1),
    ...photographs('TEST/B', 50, 2, 1),
  };

  it('are kept together by a split that asks for it, and by no other', async () => {
    const folder = await makeFiles(files);
    const inOne = async (groups: unknown) => {
      overlap(/TRAIN.A.0_p[1-5]\.|TEST.A.0_p40/);
      const dataset = await load(folder, {}, { strategy: 'grouped', groups, validation: 0.3 });
      const named = (images: readonly ImageFile[]) => images.filter(({ name }) => /A.0_p[1-5]\./.test(name));
      return { dataset, sizes: [named(dataset.train).length, named(dataset.validation).length].sort() };
    };
    const split = await inOne('detect');
    expect(split.dataset.groupUnit).toBe('photograph');
    expect(split.sizes).not.toEqual([0, 5]);
    expect((await inOne({ detect: 'photograph' })).dataset.fingerprint).toBe(split.dataset.fingerprint);
    const scenes = await inOne({ detect: 'scene' });
    expect(scenes.sizes).toEqual([0, 5]);
    expect(scenes.dataset.groupUnit).toBe('scene');

    detect.mockClear();
    const [ofSplit, ofScenes] = await findLeakages([split.dataset, scenes.dataset], { cacheDir });
    expect(detect).not.toHaveBeenCalled();
    expect(ofSplit).toMatchObject({ unit: 'photograph', crossings: [] });
    expect(ofSplit!.sceneCrossings.map(({ from, to, groups }) => [from, to, groups])).toEqual([
      ['train', 'validation', 1],
      ['train', 'test', 1],
      ['validation', 'test', 1],
    ]);
    expect(ofScenes).toMatchObject({ unit: 'scene', validationImagesWithATwinInTraining: 0 });
    expect(ofScenes!.sceneCrossings).toHaveLength(1);
    expect(ofScenes!.crossings).toEqual(ofScenes!.sceneCrossings);
  });

  it('are the groups of a split that is not by groups, too, where the settings say so', async () => {
    const folder = await makeFiles(files);
    const unitOf = async (groups: unknown) => {
      const dataset = await load(folder, {}, { strategy: 'keras', groups });
      overlap(/TRAIN.A.0_p/);
      const { unit, crossings } = await findLeakage(dataset, { cacheDir });
      return [unit, crossings.length];
    };
    expect(await unitOf('detect')).toEqual(['photograph', 0]);
    expect(await unitOf({ detect: 'scene' })).toEqual(['scene', 1]);
  });

  it('are told where folds tear them, and of test images as what is trained on: with folds all others are', async () => {
    const folder = await makeFiles(files);
    overlap(/TRAIN.A.0_p|TEST.A.0_p40/);
    const dataset = await load(folder, {}, { strategy: 'grouped', groups: 'detect', folds: 3 });
    const { crossings, sceneCrossings } = await findLeakage(dataset, { cacheDir });
    expect(crossings).toEqual([]);
    expect(sceneCrossings).toEqual([
      { from: 'train', to: 'validation', groups: 1, images: 10, images_in_to: 10 },
      { from: 'train', to: 'test', groups: 1, images: 11, images_in_to: 1 },
    ]);
  });

  it('are counted as photographs are where they cross the parts of a folder', async () => {
    const folder = await makeFiles(files);
    overlap(/TRAIN.A.0_p[1-5]\.|TEST.A.0_p40/);
    const read = await readFolder({ ...datasetSettings(folder).dataset, layout: null } as FolderSettings, {
      cacheDir: await makeFolder(),
    });
    const leakage = await findFolderLeakage(read, { cacheDir, validationSplit: 0.2 });
    expect(leakage.crossings).toEqual([]);
    expect(leakage.sceneCrossings).toEqual([
      { from: 'train', to: 'test', groups: 1, images: 6, images_in_to: 1 },
    ]);
    expect(leakage.images.filter(({ scene }) => scene !== null)).toHaveLength(6);
    const offered = leakage.offered.map(({ a, b, confidence }) => [a.name, b.name, confidence]);
    expect(offered).toEqual([['TRAIN/A/0_p1.jpeg', 'TRAIN/A/0_p2.jpeg', 0.7]]);
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
      /a single group holds all images there are for both:\n {2}- group [0-9a-f]{16} holds 8 of 8 \(100\.0 %\) images of B: TRAIN\/B\/0_p20\.jpeg, .*4_p20\.jpeg and 3 more\n[^]*not copies of one photograph, name the groups \(split\.groups=\{csv/,
    );
    await expect(load(folder, {}, { strategy: 'grouped', groups: 'detect' })).rejects.toMatchObject({
      remedy: { do: 'look for copies', folder },
    });
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
