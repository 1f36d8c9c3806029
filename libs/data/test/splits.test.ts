import { join } from 'node:path';
import { UserError } from '@thaw/base';
import { settingsSchema } from '@thaw/experiment';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImageFile } from '../src/dataset.ts';
import { assignGroups } from '../src/splits/assign-groups.ts';
import { groupNotes } from '../src/splits/group-notes.ts';
import { splitFiles } from '../src/splits/split-files.ts';
import type { DrawingStrategy } from '../src/splits/splits.ts';
import { subsetNearest } from '../src/splits/subset-nearest.ts';
import { makeFiles } from './make-images.ts';

/** Images by class: the number in each group; groups are named by class unless `shared`. */
function filesOf(groups: number[][], shared = false): ImageFile[] {
  return groups.flatMap((sizes, label) =>
    sizes.flatMap((size, g) =>
      Array.from({ length: size }, (_, i) => {
        const group = shared ? `g${g}` : `c${label}g${g}`;
        const name = `${label}/${group}-${i}.png`;
        return { path: `/${name}`, name, label, sha256: name, group };
      }),
    ),
  );
}

const settings = (split: object) => {
  const { strategy = 'keras', ...others } = settingsSchema.parse({ split }).split;
  return { ...others, strategy: strategy as DrawingStrategy };
};
const classesOf = (files: readonly ImageFile[]) =>
  Array.from({ length: Math.max(...files.map(({ label }) => label)) + 1 }, (_, i) => `class${i}`);
const split = (files: ImageFile[], words: object, part: 'validation' | 'test' = 'validation') =>
  splitFiles(files, classesOf(files), settings(words), part);
const count = (files: readonly ImageFile[], label: number) =>
  files.filter((file) => file.label === label).length;

describe('keras', () => {
  it.each([
    [0.2, 10, 2],
    [0.2, 14, 2],
    [0.2, 2497, 499],
    [0.29, 100, 28],
    [0.5, 3, 1],
  ])('holds out the first int(%d * %i) = %i images', (validation, images, wanted) => {
    const files = filesOf([[images]]);
    const { kept, heldOut } = split(files, { validation });
    expect(heldOut).toEqual(files.slice(0, wanted));
    expect(kept).toEqual(files.slice(wanted));
  });
});

describe('random', () => {
  it('holds out as many as keras in every class, others for another seed, the same for the same', () => {
    const files = filesOf([[50], [31]]);
    const one = split(files, { strategy: 'random', seed: 1 });
    expect([count(one.heldOut, 0), count(one.heldOut, 1)]).toEqual([10, 6]);
    expect(split(files, { strategy: 'random', seed: 1 })).toEqual(one);
    expect(split(files, { strategy: 'random', seed: 2 })).not.toEqual(one);
    expect(one.heldOut).not.toEqual(split(files, { strategy: 'keras' }).heldOut);
  });

  it('draws test and validation apart', () => {
    const files = filesOf([[50]]);
    const words = { strategy: 'random', seed: 1 };
    expect(split(files, words, 'test').heldOut).not.toEqual(split(files, words).heldOut);
  });
});

describe('grouped', () => {
  it.each([
    ['equal groups', [20, 20, 20, 20, 20, 20], 0.2, 20],
    ['one large group and small ones', [30, 10, 10, 50], 0.2, 20],
    ['a group larger than the fraction', [90, 10], 0.2, 10],
    ['two groups, both too large', [60, 40], 0.2, 40],
    ['half of odd groups', [3, 3, 3], 0.5, 3],
    ['one image a group', Array.from({ length: 40 }, () => 1), 0.2, 8],
  ])('comes as near to the fraction as %s allow', (_, sizes, validation, wanted) => {
    for (const seed of [1, 2, 3]) {
      const { heldOut } = split(filesOf([sizes]), { strategy: 'grouped', validation, seed });
      expect(heldOut).toHaveLength(wanted);
    }
  });

  it('never tears a group, keeps images of every class on both sides, and repeats itself', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(
        fc.array(sizes, { minLength: 1, maxLength: 4 }),
        fc.double({ min: 0.05, max: 0.8, noNaN: true }),
        fc.nat(),
        (groups, validation, seed) => {
          const files = filesOf(groups);
          const words = { strategy: 'grouped', validation, seed };
          const { kept, heldOut } = split(files, words);
          const keptGroups = new Set(kept.map(({ group }) => group));
          expect(heldOut.some(({ group }) => keptGroups.has(group))).toBe(false);
          expect(kept.length + heldOut.length).toBe(files.length);
          for (const label of groups.keys()) {
            expect(count(kept, label)).toBeGreaterThan(0);
            expect(count(heldOut, label)).toBeGreaterThan(0);
          }
          expect(split(files, words)).toEqual({ kept, heldOut });
        },
      ),
    );
  });

  it('keeps a group whole that spans classes', () => {
    const patients = Array.from({ length: 10 }, () => 6);
    for (const seed of [1, 2, 3, 4]) {
      const { kept, heldOut } = split(filesOf([patients, patients], true), { strategy: 'grouped', seed });
      expect([count(heldOut, 0), count(heldOut, 1)]).toEqual([12, 12]);
      const groups = new Set(heldOut.map(({ group }) => group));
      expect(groups.size).toBe(2);
      expect(kept.some(({ group }) => groups.has(group))).toBe(false);
    }
  });

  it('comes within one group of the fraction of every class, whatever spans classes', () => {
    const counts = fc.array(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 3, maxLength: 3 }), {
      minLength: 6,
      maxLength: 30,
    });
    fc.assert(
      fc.property(
        counts,
        fc.double({ min: 0.1, max: 0.4, noNaN: true }),
        fc.nat(),
        (groups, validation, seed) => {
          // A class of few groups may be impossible; six images in groups of their own make each possible.
          const own = [0, 1, 2].flatMap((label) =>
            Array.from({ length: 6 }, () => [0, 1, 2].map((other) => (other === label ? 1 : 0))),
          );
          const files = [...groups, ...own].flatMap((row, g) =>
            row.flatMap((size, label) =>
              Array.from({ length: size }, (_, i) => {
                const name = `${label}/g${g}-${i}.png`;
                return { path: `/${name}`, name, label, sha256: name, group: `g${g}` };
              }),
            ),
          );
          const { heldOut } = split(files, { strategy: 'grouped', validation, seed });
          for (const label of [0, 1, 2]) {
            const largest = Math.max(...groups.map((row) => row[label]!), 1);
            const wanted = validation * count(files, label);
            expect(Math.abs(count(heldOut, label) - wanted)).toBeLessThanOrEqual(largest);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('chooses within 2 % of few large groups, not always the same nearest ones', () => {
    const sizes = [92, 91, 95, 93, 90, 92, 94, 91, 89, 92, 93, 90, 92, 91, 95, 93, 90, 92, 94, 91, 92];
    const images = sizes.reduce((a, b) => a + b);
    const choices = [1, 2, 3, 4, 5, 6].map((seed) => {
      const { heldOut } = split(filesOf([sizes]), { strategy: 'grouped', validation: 0.23, seed });
      expect(Math.abs(heldOut.length / images - 0.23)).toBeLessThanOrEqual(0.02);
      return [...new Set(heldOut.map(({ group }) => group))].sort().join();
    });
    expect(new Set(choices).size).toBe(6);
  });

  it('chooses others for another seed', () => {
    const files = filesOf([Array.from({ length: 12 }, () => 5)]);
    const chosen = [1, 2, 3, 4, 5].map((seed) =>
      JSON.stringify(split(files, { strategy: 'grouped', seed }).heldOut),
    );
    expect(new Set(chosen).size).toBeGreaterThan(2);
  });
});

describe('subsetNearest', () => {
  it('finds what trying every subset finds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 15 }), { minLength: 1, maxLength: 9 }),
        fc.double({ min: -5, max: 80, noNaN: true }),
        fc.boolean(),
        fc.boolean(),
        (sizes, target, some, notAll) => {
          const total = sizes.reduce((a, b) => a + b);
          const [min, max] = [some ? 1 : 0, notAll ? total - 1 : total];
          const sums = Array.from({ length: 2 ** sizes.length }, (_, bits) =>
            sizes.reduce((sum, size, i) => sum + ((bits >> i) & 1) * size, 0),
          ).filter((sum) => sum >= min && sum <= max);
          const chosen = subsetNearest(sizes, target, { min, max, tolerance: 0 });
          expect(new Set(chosen).size).toBe(chosen.length);
          const sum = chosen.reduce((sum, index) => sum + sizes[index]!, 0);
          if (sums.length === 0) expect(chosen).toEqual([]);
          else {
            expect(sums).toContain(sum);
            const nearest = Math.min(...sums.map((one) => Math.abs(one - target)));
            expect(Math.abs(sum - target)).toBeCloseTo(nearest, 9);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('notes of a grouped split', () => {
  const notes = (groups: number[][], words: object = {}) => {
    const files = filesOf(groups);
    const { kept, heldOut } = split(files, { strategy: 'grouped', ...words });
    const parts = { classes: classesOf(files), train: kept, validation: heldOut, test: [] };
    return groupNotes(parts, settings({ strategy: 'grouped', ...words }), { validation: true, test: false });
  };
  const singles = Array.from({ length: 100 }, () => 1);

  it('are none where every class has ten groups held out or more', () => {
    expect(notes([singles, singles])).toEqual([]);
  });

  it('count the groups of a class that has few', () => {
    expect(notes([singles, [5, 5, 5, 5]])).toEqual([
      expect.stringMatching(
        /^validation rests on few groups .*: class1 1 of 4 \(25\.0 %\); 20\.0 % of each class was asked for.* figures of this class to change/,
      ),
    ]);
  });

  it('tell the share of a class whose groups allow no nearer one', () => {
    const large = [...Array.from({ length: 20 }, () => 1), 180];
    const all = notes([singles, large], { validation: 0.5 });
    expect(all).toEqual([
      'validation was to hold 50.0 % of each class and holds 10.0 % of class1: groups are never divided, and their sizes allow no nearer choice.',
    ]);
  });
});

describe('what cannot be split', () => {
  it.each([
    [
      'a class too small for the fraction',
      [[4], [50]],
      { validation: 0.2 },
      'of the 4 images of class0 none is left for validation',
    ],
    [
      'a class of a single group',
      [[10, 10], [30]],
      { strategy: 'grouped' },
      'a single group holds all images there are for both:\n  - group c1g0 holds 30 of 30 (100.0 %) images of class1: 1/c1g0-0.png, 1/c1g0-1.png, 1/c1g0-2.png, 1/c1g0-3.png, 1/c1g0-4.png and 25 more\nEvery class needs images of two groups or more.\nGive images of other groups',
    ],
  ])('refuses %s', (_, groups, words, message) => {
    expect(() => split(filesOf(groups), words)).toThrow(UserError);
    expect(() => split(filesOf(groups), words)).toThrow(message);
  });

  it('names files without a group', () => {
    const files = filesOf([[4, 4]]).map((file, i) => (i > 0 ? { ...file, group: null } : file));
    expect(() => split(files, { strategy: 'grouped' })).toThrow(/gives none for .*g0-1.png.* and 2 more/);
  });
});

describe('assignGroups', () => {
  const names = ['TRAIN/A/p1_1.png', 'TRAIN/A/p1_2.png', 'TRAIN/B/p2_1.png', 'TEST/B/other.png'];

  it('takes the capturing group of a pattern, or the whole match', async () => {
    const wanted = new Map([
      [names[0], 'p1'],
      [names[1], 'p1'],
      [names[2], 'p2'],
    ]);
    expect(await assignGroups(names, { pattern: '(p\\d)_' })).toEqual(wanted);
    expect(await assignGroups(names, { pattern: 'p\\d' })).toEqual(wanted);
  });

  it('reads a pattern as its check does, by whole characters and with classes of them', async () => {
    const [one, two] = ['A/Ärzte_\u{1f9a0}1.png', 'A/Ärzte_\u{1f9ab}2.png'];
    const groups = await assignGroups([one, two], { pattern: '\\p{Lu}\\p{Ll}+_(.)' });
    expect([groups.get(one), groups.get(two)]).toEqual(['\u{1f9a0}', '\u{1f9ab}']);
  });

  it('finds the column of a table that names files', async () => {
    const folder = await makeFiles({
      'groups.csv': `id,file,patient\n1,${names[0]},x\n2,./${names[1]},x\n3,${names[2]!.replaceAll('/', '\\')},y\n4,elsewhere.png,z\n5,${names[3]},\n`,
    });
    const csv = join(folder, 'groups.csv');
    expect(await assignGroups(names, { csv, column: 'patient' })).toEqual(
      new Map([
        [names[0], 'x'],
        [names[1], 'x'],
        [names[2], 'y'],
      ]),
    );
  });

  it.each([
    ['a pattern that is none', { pattern: '(' }, 'split.groups.pattern: Invalid regular expression'],
    ['a table that is not there', { csv: 'nowhere.csv', column: 'x' }, 'there is no such file'],
    [
      'a column that is not there',
      { csv: 'groups.csv', column: 'source' },
      'has no column "source"; its columns are "file", "patient"',
    ],
    [
      'a table of other files',
      { csv: 'others.csv', column: 'patient' },
      'names a file of the data set, such as TRAIN/A/p1_1.png',
    ],
    [
      'a file in two groups',
      { csv: 'groups.csv', column: 'patient' },
      'line 3: TRAIN/A/p1_1.png is in group y, but an earlier line puts it in x',
    ],
  ])('refuses %s', async (_, groups, message) => {
    const folder = await makeFiles({
      'groups.csv': `file,patient\n${names[0]},x\n${names[0]},y\n`,
      'others.csv': 'file,patient\na.png,x\n',
    });
    const located = 'csv' in groups ? { ...groups, csv: join(folder, groups.csv!) } : groups;
    const assigned = assignGroups(names, located as { pattern: string });
    await expect(assigned).rejects.toThrow(UserError);
    await expect(assigned).rejects.toThrow(message);
  });
});
