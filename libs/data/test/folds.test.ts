import { Random, UserError } from '@thaw/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dataset, ImageFile } from '../src/index.ts';
import { asDealt, foldDatasets } from '../src/index.ts';
import { fingerprint } from '../src/fingerprint.ts';
import { foldCrossings } from '../src/leakage/fold-crossings.ts';
import { dealFolds, dealInTurn } from '../src/splits/deal-folds.ts';
import { countGroups, foldFiles, foldsOf } from '../src/splits/fold-files.ts';
import { ofClasses } from './of-classes.ts';

const classes = ['a', 'b', 'c'];

/** `sizes`: for each class the images of each of its groups. */
function filesOf(sizes: readonly (readonly number[])[]): ImageFile[] {
  return sizes.flatMap((groups, label) =>
    groups.flatMap((size, g) =>
      Array.from({ length: size }, (_, i) => {
        const name = `${classes[label]}/${g}-${i}.png`;
        return { path: name, name, label, sha256: name, group: `${label}-${g}` };
      }),
    ),
  );
}

const split = (folds: number, changes: object = {}) =>
  ({ strategy: 'grouped', validation: 0.2, test: 0.2, seed: 1, folds, ...changes }) as const;

const sizes = fc.array(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 7, maxLength: 30 }), {
  minLength: 1,
  maxLength: 3,
});
const folds = fc.integer({ min: 2, max: 7 });

describe('grouped folds', () => {
  // What scikit-learn's StratifiedGroupKFold promises, and a bound of its evenness that it does not.
  it('validate every image once and tear no group; of each class they differ by the largest group at most', () => {
    fc.assert(
      fc.property(sizes, folds, fc.nat(), (groups, count, seed) => {
        const files = filesOf(groups);
        const names = classes.slice(0, groups.length);
        const [foldOf] = foldFiles(files, names, split(count, { seed }));
        expect(foldOf).toHaveLength(files.length);
        const foldOfGroup = new Map<string, number>();
        for (const [i, { group }] of files.entries()) {
          expect(foldOfGroup.get(group!) ?? foldOf![i]).toBe(foldOf![i]);
          foldOfGroup.set(group!, foldOf![i]!);
        }
        for (const [label, own] of groups.entries()) {
          const held = Array.from({ length: count }, (_, fold) =>
            files.filter((file, i) => file.label === label && foldOf![i] === fold),
          ).map(({ length }) => length);
          expect(Math.min(...held)).toBeGreaterThan(0);
          expect(Math.max(...held) - Math.min(...held)).toBeLessThanOrEqual(Math.max(...own));
        }
      }),
    );
  });

  it('are no less even than folds at random where groups span classes', () => {
    const spanning = fc.array(fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9)), { minLength: 20, maxLength: 60 });
    const spread = (groups: readonly (readonly number[])[], foldOf: readonly number[], count: number) =>
      classes.reduce((sum, _, c) => {
        const held = new Float64Array(count);
        groups.forEach((counts, g) => (held[foldOf[g]!]! += counts[c]!));
        const all = held.reduce((a, b) => a + b, 0);
        return all === 0 ? sum : sum + held.reduce((a, b) => a + (b / all - 1 / count) ** 2, 0);
      }, 0);
    fc.assert(
      fc.property(spanning, folds, fc.nat(), (groups, count, seed) => {
        const filled = groups.filter((counts) => counts.some((each) => each > 0));
        const random = new Random('at random', seed);
        const tries = Array.from({ length: 9 }, () =>
          spread(
            filled,
            filled.map(() => random.int(count)),
            count,
          ),
        ).sort((a, b) => a - b);
        const dealt = spread(filled, dealFolds(filled.map(ofClasses), count, new Random(seed)), count);
        expect(dealt).toBeLessThanOrEqual(tries[4]!);
      }),
    );
  });

  it('count the classes that a group holds, not all that there are', () => {
    const files = filesOf([[2, 1], [3]]);
    expect(countGroups(files, split(2)).counts).toEqual([[[0, 2]], [[0, 1]], [[1, 3]]]);
    expect(countGroups(files, split(2, { strategy: 'random' })).counts.flat()).toHaveLength(files.length);
  });

  it('ask for the class of each image a few times, however many classes there are', () => {
    const names = Array.from({ length: 60 }, (_, label) => `class ${label}`);
    let asked = 0;
    const files = names.flatMap((name, label) =>
      Array.from({ length: 4 }, (_, i) => ({
        path: `${name}/${i}`,
        name: `${name}/${i}`,
        sha256: `${name}/${i}`,
        group: `${name}/${i}`,
        get label() {
          asked++;
          return label;
        },
      })),
    );
    foldFiles(files, names, split(3));
    expect(asked).toBeLessThan(10 * files.length);
  });

  it('depend on seed and repeat, and on nothing else', () => {
    const files = filesOf([
      [9, 9, 8, 7, 5, 5, 4, 3],
      [6, 6, 6, 6],
    ]);
    const of = (seed: number, repeats = 1) =>
      foldFiles(files, classes.slice(0, 2), split(4, { seed, repeats }));
    expect(of(3)).toEqual(of(3));
    expect(of(3)).not.toEqual(of(4));
    const [first, second] = of(3, 2);
    expect(first).toEqual(of(3)[0]);
    expect(second).not.toEqual(first);
  });

  it.each([
    [
      split(5),
      [
        [4, 4, 4],
        [9, 9, 9, 9, 9],
      ],
      /^split\.folds: 5 folds need 5 groups of every class.*a has 3 groups/,
    ],
    [
      split(4, { strategy: 'random' }),
      [[3], [9]],
      /^split\.folds: 4 folds need 4 images of every class.*a has 3 images/,
    ],
  ])('say which class has too few groups', (settings, groups, message) => {
    const make = () => foldFiles(filesOf(groups), classes.slice(0, 2), settings);
    expect(make).toThrow(UserError);
    expect(make).toThrow(message);
  });

  it('name the group that holds most of a class that cannot be dealt, and where to look at it', () => {
    const files = filesOf([
      [7, 1],
      [9, 9, 9],
    ]).map((file) => ({ ...file, path: `/data/${file.name}` }));
    const make = () => foldFiles(files, classes.slice(0, 2), split(3, { groups: 'detect' }));
    expect(make).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(
          /a has 2 groups.*\n {2}- group 0-0 holds 7 of 8 \(87\.5 %\) images of a: a\/0-0\.png, .*\nLook at them: if they are not copies/,
        ) as string,
        remedy: { do: 'look for copies', folder: '/data' },
      }),
    );
  });
});

it('deals single images as evenly as can be', () => {
  const files = filesOf([[50], [23]]);
  const [foldOf] = foldFiles(files, classes.slice(0, 2), split(5, { strategy: 'random' }));
  const held = (label: number) =>
    [0, 1, 2, 3, 4].map(
      (fold) => files.filter((file, i) => file.label === label && foldOf![i] === fold).length,
    );
  expect(held(0)).toEqual([10, 10, 10, 10, 10]);
  expect(held(1).sort()).toEqual([4, 4, 5, 5, 5]);
});

it('makes a data set of each training: a fold validates, the others train', () => {
  const validation = filesOf([[1, 1, 1, 1]]);
  const dataset = {
    classes: ['a'],
    train: [],
    validation,
    test: [],
    folds: [
      [0, 1, 0, 1],
      [1, 1, 0, 0],
    ],
  } as unknown as Dataset;
  const place = (images: readonly ImageFile[]) => images.map((image) => validation.indexOf(image));
  expect(foldDatasets(dataset).map(({ train, validation: held }) => [place(train), place(held)])).toEqual([
    [
      [1, 3],
      [0, 2],
    ],
    [
      [0, 2],
      [1, 3],
    ],
    [
      [0, 1],
      [2, 3],
    ],
    [
      [2, 3],
      [0, 1],
    ],
  ]);
});

it('keeps the folds of what has begun with those of an earlier version, and no others', () => {
  const validation = filesOf([
    [9, 9, 8, 7, 5, 5, 4, 3],
    [6, 6, 6, 6, 2, 1],
  ]);
  const asked = split(4, { repeats: 2 });
  const names = classes.slice(0, 2);
  const parts = { classes: names, train: [], validation, test: [], strategy: 'grouped' };
  const datasetOf = (folds: readonly (readonly number[])[]) => {
    const dataset = { ...parts, folds } as unknown as Dataset;
    return { ...dataset, fingerprint: fingerprint(dataset) };
  };
  const before = datasetOf(
    foldsOf(countGroups(validation, asked), asked, (...how) => dealInTurn(...how).foldOf),
  );
  const now = datasetOf(foldFiles(validation, names, asked));
  expect(now.folds).not.toEqual(before.folds);
  expect(asDealt(now, asked, before.fingerprint)).toEqual(before);
  expect(asDealt(now, asked, now.fingerprint)).toBe(now);
  expect(asDealt(now, asked, 'of other images')).toBe(now);
  expect(asDealt(now, asked, undefined)).toBe(now);
});

it('finds the groups that folds tear, in any repeat', () => {
  const images = ['x', 'x', 'y', 'z', 'z', 'z'].map((group) => ({ group }));
  expect(foldCrossings(images, null)).toEqual([]);
  expect(foldCrossings(images, [[0, 0, 1, 1, 1, 1]])).toEqual([]);
  const torn = [
    [0, 0, 1, 1, 1, 1],
    [0, 0, 1, 1, 1, 0],
  ];
  expect(foldCrossings(images, torn)).toEqual([
    { from: 'train', to: 'validation', groups: 1, images: 3, images_in_to: 3 },
  ]);
  const shown = ['x', null, 'x', null, null].map((group) => ({ group }));
  expect(foldCrossings(shown, [[0, 0, 1, 1, 0]])).toEqual([
    { from: 'train', to: 'validation', groups: 1, images: 2, images_in_to: 2 },
  ]);
});
