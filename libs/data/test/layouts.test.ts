import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '@thaw/base';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../src/index.ts';
import { load, makeFiles, makeImage, messageOf, namesOf, trainTest } from './make-images.ts';

describe('train-test-folders', () => {
  it('takes TRAIN and TEST, their classes by name, and the first images as validation', async () => {
    const folder = await makeFiles(trainTest(5, 2));
    const dataset = await load(folder);
    expect(dataset.classes).toEqual(['A', 'B']);
    expect(namesOf(dataset.validation)).toEqual(['TRAIN/A/0.jpeg', 'TRAIN/B/0.jpeg']);
    expect(dataset.train).toHaveLength(8);
    expect(namesOf(dataset.test)).toEqual([
      'TEST/A/0.jpeg',
      'TEST/A/1.jpeg',
      'TEST/B/0.jpeg',
      'TEST/B/1.jpeg',
    ]);
    expect(dataset.test[2]).toEqual({
      path: join(folder, 'TEST/B/0.jpeg'),
      name: 'TEST/B/0.jpeg',
      label: 1,
      sha256: sha256(await makeImage('TEST/B/0.jpeg')),
      group: null,
    });
    expect(dataset.skipped).toEqual([]);
  });

  it('accepts any case of the two names and passes over other folders and system files', async () => {
    const folder = await makeFiles({
      'Train/A/1.png': null,
      'Train/A/2.png': null,
      'Train/B/1.JPG': null,
      'Train/B/2.jpg': null,
      'test/A/3.png': null,
      'test/B/3.png': null,
      'TEST_SIMPLE/A/3.png': null,
      'README.md': 'words',
      'Train/sources.csv': 'path',
      'Train/.DS_Store': 'x',
      'Train/A/._1.png': 'x',
      'Train/A/Thumbs.db': 'x',
      '__MACOSX/Train/A/1.png': 'x',
    });
    const dataset = await load(folder, {}, { validation: 0.5 });
    expect(namesOf([...dataset.validation, ...dataset.train])).toEqual([
      'Train/A/1.png',
      'Train/B/1.JPG',
      'Train/A/2.png',
      'Train/B/2.jpg',
    ]);
  });

  it('orders files as Keras walks folders: by folder, then by code point', async () => {
    const order = ['10.png', '2.png', 'B.png', '_.png', 'a.png', '\uffee.png', '😀.png'];
    const nested = ['a/1.png', 'a b/1.png', 'a/x/0.png'];
    const wanted = [...order, ...nested].map((name) => `TRAIN/A/${name}`);
    const files = Object.fromEntries([...wanted].reverse().map((name) => [name, null]));
    const folder = await makeFiles({
      ...trainTest(0, 1),
      ...files,
      'TRAIN/B/1.png': null,
      'TRAIN/B/2.png': null,
    });
    const { validation, train } = await load(folder, {}, { validation: 0.5 });
    expect(namesOf([...validation, ...train]).filter((name) => name.startsWith('TRAIN/A'))).toEqual(wanted);
  });

  it('limit_per_class takes the first of each class and set before splitting', async () => {
    const folder = await makeFiles(trainTest(12, 5));
    const dataset = await load(folder, { limit_per_class: 4 }, { validation: 0.5 });
    expect(namesOf(dataset.validation)).toEqual(
      ['A/0', 'A/1', 'B/0', 'B/1'].map((name) => `TRAIN/${name}.jpeg`),
    );
    // By name: 10 comes before 2.
    expect(namesOf(dataset.train)).toEqual(
      ['A/10', 'A/11', 'B/10', 'B/11'].map((name) => `TRAIN/${name}.jpeg`),
    );
    expect(dataset.test).toHaveLength(8);
  });
});

describe('class-folders', () => {
  it('cuts a test set and then a validation set off each class', async () => {
    const images = ['A', 'B'].flatMap((label) =>
      Array.from({ length: 10 }, (_, i) => [`${label}/${i}.png`, null] as const),
    );
    const folder = await makeFiles(Object.fromEntries(images));
    const dataset = await load(folder, { layout: 'class-folders' }, { test: 0.3, validation: 0.3 });
    expect(namesOf(dataset.test)).toEqual(['A/0', 'A/1', 'A/2', 'B/0', 'B/1', 'B/2'].map((n) => `${n}.png`));
    expect(namesOf(dataset.validation)).toEqual(['A/3', 'A/4', 'B/3', 'B/4'].map((n) => `${n}.png`));
    expect(dataset.train).toHaveLength(10);
  });
});

describe('csv', () => {
  const images = { 'x/1.png': null, 'x/2.png': null, 'x/3.png': null, 'x/4.png': null };

  it('reads path, label and set from the named columns', async () => {
    const folder = await makeFiles({
      ...images,
      'y/5.png': null,
      'y/6.png': null,
      'meta/table.csv':
        '\ufefffile,cell,part\nx/1.png,B,train\n./x/2.png,B,TRAIN\nx\\3.png,A,train\n\nx/4.png,A,Train\ny/5.png,B,test\n"y/6.png",A,test\n',
    });
    const csv = { file: 'meta/table.csv', path_column: 'file', label_column: 'cell', split_column: 'part' };
    const dataset = await load(folder, { layout: 'csv', csv }, { validation: 0.5 });
    expect(dataset.classes).toEqual(['A', 'B']);
    expect(namesOf(dataset.validation)).toEqual(['x/3.png', 'x/1.png']);
    expect(namesOf(dataset.train)).toEqual(['x/4.png', 'x/2.png']);
    expect(namesOf(dataset.test)).toEqual(['y/6.png', 'y/5.png']);
  });

  it('names every row that cannot be used', async () => {
    const folder = await makeFiles({
      ...images,
      'labels.csv': [
        'path,label,set',
        'x/1.png,A,train',
        'x/9.png,A,train',
        '../x/1.png,A,train',
        '/etc/passwd,A,train',
        'x/1.png,B,train',
        'x/2.png,,train',
        ',A,train',
        'x/3.png,B,holdout',
      ].join('\n'),
    });
    const csv = { split_column: 'set' };
    const message = await messageOf(load(folder, { layout: 'csv', csv }));
    for (const problem of [
      'labels.csv, line 3: there is no file x/9.png',
      'line 4: ../x/1.png lies outside',
      'line 5: /etc/passwd lies outside',
      'line 6: x/1.png was named in line 2 already',
      'line 7: label is empty',
      'line 8: path is empty',
      'line 9: set is "holdout"; allowed are train (training), val (valid, validation, dev) and test (testing)',
      'labels.csv has training rows alone',
    ]) {
      expect(message).toContain(problem);
    }
  });

  it.each([
    ['a table that does not exist', {}, 'there is no such file'],
    [
      'columns that do not exist',
      { 'labels.csv': 'file,class\na,b' },
      'has no column "path" and no column "label"; its columns are "file", "class"',
    ],
    ['an empty table', { 'labels.csv': '' }, 'it is empty'],
    ['a table without rows', { 'labels.csv': 'path,label\n' }, 'has no rows'],
    ['a line with too many cells', { 'labels.csv': 'path,label\na,b,c\n' }, 'is not a comma-separated table'],
  ])('refuses %s', async (_, files, words) => {
    const folder = await makeFiles({ 'x/1.png': null, ...files });
    expect(await messageOf(load(folder, { layout: 'csv' }))).toContain(words);
  });
});

describe("validation images of the data set's own", () => {
  /** Ten images of each class in each of these folders. */
  const sets = (...folders: string[]) =>
    Object.fromEntries(
      folders.flatMap((folder) =>
        ['A', 'B'].flatMap((label) =>
          Array.from({ length: 10 }, (_, i) => [`${folder}/${label}/${i}.png`, null]),
        ),
      ),
    ) as Record<string, null>;
  const counts = ({ train, validation, test }: Dataset) => [train.length, validation.length, test.length];

  it.each([
    ['TRAIN', 'VAL', 'TEST'],
    ['train', 'valid', 'test'],
    ['training', 'validation', 'testing'],
    ['Train', 'Dev', 'Test'],
  ])('of %s, %s and %s are the validation set, and that is said', async (train, validation, test) => {
    const folder = await makeFiles(sets(train, validation, test));
    const dataset = await load(folder);
    expect(dataset.strategy).toBe('given');
    expect(counts(dataset)).toEqual([20, 20, 20]);
    expect(dataset.validation.every(({ name }) => name.startsWith(`${validation}/`))).toBe(true);
    expect(dataset.notes).toEqual([
      "the 20 validation images of the data set's own are the validation set (split.strategy: given)",
    ]);
    expect((await load(folder, {}, { strategy: 'given' })).fingerprint).toBe(dataset.fingerprint);
  });

  it('are divided with the others where another strategy is asked for, and that is said', async () => {
    const dataset = await load(await makeFiles(sets('TRAIN', 'VAL', 'TEST')), {}, { strategy: 'keras' });
    expect(counts(dataset)).toEqual([32, 8, 20]);
    expect(dataset.notes[0]).toMatch(
      /^the 20 validation images .* are among the images that split.strategy: keras divides/,
    );
  });

  it.each([
    [{}, /^the data set has no test images, so split.test: 0.2 of each class is cut off .*the first by name/],
    [{ strategy: 'given', groups: { pattern: 'AB' } }, null],
    [{ strategy: 'given', groups: { pattern: '[AB]/\\d' } }, /cut off as a test set \(whole groups\)/],
  ])(
    'leave the test set to be cut off the training images where there is none, with %j',
    async (split, note) => {
      const folder = await makeFiles(sets('train', 'val'));
      if (note === null) {
        await expect(load(folder, {}, split)).rejects.toThrow(/needs a group for every image/);
        return;
      }
      const dataset = await load(folder, {}, split);
      expect(counts(dataset)).toEqual([16, 20, 4]);
      expect(dataset.notes.some((each) => note.test(each))).toBe(true);
    },
  );

  it('come from rows of a table, too', async () => {
    const rows = ['train', 'Val', 'dev', 'testing'].flatMap((part) =>
      ['A', 'B'].map((label) => `${part}${label}.png,${label},${part}`),
    );
    const names = rows.map((row) => [row.split(',')[0], null]);
    const folder = await makeFiles({
      ...(Object.fromEntries(names) as Record<string, null>),
      'labels.csv': ['path,label,set', ...rows].join('\n'),
    });
    const dataset = await load(folder, { layout: 'csv', csv: { split_column: 'set' } });
    expect(namesOf(dataset.validation)).toEqual(['ValA.png', 'devA.png', 'ValB.png', 'devB.png']);
    expect(counts(dataset)).toEqual([2, 4, 2]);
  });

  it('are refused where there are none, or where a class has none', async () => {
    expect(await messageOf(load(await makeFiles(trainTest(4, 2)), {}, { strategy: 'given' }))).toMatch(
      /^split.strategy: given needs validation images .*found none/,
    );
    const lacking = await makeFiles({ ...sets('TRAIN', 'TEST'), 'VAL/A/1.png': null });
    expect(await messageOf(load(lacking))).toContain('class B is in TRAIN but not in VAL');
    expect(counts(await load(lacking, {}, { strategy: 'keras' }))).toEqual([17, 4, 20]);
  });
});

describe('folders that are no plain class folders', () => {
  const files = (...names: string[]) => Object.fromEntries(names.map((name) => [name, null]));
  const many = (...folders: string[]) =>
    files(...folders.flatMap((folder) => Array.from({ length: 10 }, (_, i) => `${folder}/${i}.png`)));

  it.each([[['train', 'valid']], [['training', 'testing', 'A']]])(
    'named %j are not taken for classes',
    async (names) => {
      const folder = await makeFiles(many(...names.flatMap((name) => [`${name}/A`, `${name}/B`])));
      const message = await messageOf(load(folder, { layout: 'class-folders' }));
      expect(message).toMatch(
        /are named as the parts of a data set, not as classes: set dataset.layout: train-test/,
      );
      expect(await messageOf(load(await makeFiles(many('x/A')), {}))).toContain(
        'dataset.layout: class-folders',
      );
    },
  );

  it('may have one class that is called train', async () => {
    const dataset = await load(await makeFiles(many('train', 'bus')), { layout: 'class-folders' });
    expect(dataset.classes).toEqual(['bus', 'train']);
  });

  it('hold images in folders below, which is said; nested makes each a class', async () => {
    const folder = await makeFiles(many('animals/cat', 'animals/dog', 'plants/rose'));
    const merged = await load(folder, { layout: 'class-folders' });
    expect(merged.classes).toEqual(['animals', 'plants']);
    expect(merged.notes).toEqual([
      'images lie in folders below the class folders (animals/cat, animals/dog, plants/rose) and count as animals, plants; to make each of these folders a class, set dataset.classes: nested',
    ]);
    const nested = await load(folder, { layout: 'class-folders', classes: 'nested' });
    expect(nested.classes).toEqual(['animals/cat', 'animals/dog', 'plants/rose']);
    expect(nested.notes).toEqual([]);
    const tooDeep = await makeFiles(many('data/cat', 'data/dog'));
    expect(await messageOf(load(tooDeep, { layout: 'class-folders' }))).toMatch(
      /one class only, data[^]*classes: nested/,
    );
  });

  it('may be links to folders, in a nested data set, too, where those that lead back are named', async () => {
    const folder = await makeFiles(many('real/cat', 'set/animals/dog', 'set/plants/rose'));
    await symlink(join(folder, 'real/cat'), join(folder, 'set/animals/cat'));
    const settings = { layout: 'class-folders', classes: 'nested' };
    const dataset = await load(join(folder, 'set'), settings);
    expect(dataset.classes).toEqual(['animals/cat', 'animals/dog', 'plants/rose']);
    await symlink(join(folder, 'set/animals'), join(folder, 'set/animals/loop'));
    expect(await messageOf(load(join(folder, 'set'), settings))).toContain(
      'animals/loop: a link to a folder that it lies in',
    );
  });

  it('beside TRAIN and TEST are named as not read', async () => {
    const folder = await makeFiles({ ...trainTest(5, 2), 'TEST_SIMPLE/A/1.png': null });
    await mkdir(join(folder, '.git'));
    expect((await load(folder)).notes).toEqual(['not read, as the layout has no such part: TEST_SIMPLE/']);
  });
});

describe('names of classes', () => {
  const [composed, decomposed] = ['caf\u00e9', 'cafe\u0301'];
  const many = (...folders: string[]) =>
    Object.fromEntries(
      folders.flatMap((folder) => Array.from({ length: 10 }, (_, i) => [`${folder}/${i}.png`, null])),
    ) as Record<string, null>;

  it('in two Unicode forms are one class, said once', async () => {
    const parts = await load(
      await makeFiles(many(`TRAIN/${composed}`, `TEST/${decomposed}`, 'TRAIN/tea', 'TEST/tea')),
    );
    expect(parts.classes).toEqual([composed, 'tea']);
    const both = await load(await makeFiles(many(composed, decomposed, 'tea')), { layout: 'class-folders' });
    expect(both.classes).toEqual([composed, 'tea']);
    for (const { notes } of [parts, both]) {
      expect(notes).toEqual([expect.stringMatching(/^caf\u00e9: .* in two Unicode forms .* is one class$/)]);
    }
    const table = [
      'path,label',
      `1.png,${composed}`,
      `2.png,${decomposed}`,
      '3.png,tea',
      `${decomposed}.png,tea`,
    ];
    const files = { '1.png': null, '2.png': null, '3.png': null, [`${composed}.png`]: null };
    const csv = await makeFiles({ ...files, 'labels.csv': table.join('\n') });
    const half = { test: 0.5, validation: 0.5 };
    expect(await messageOf(load(csv, { layout: 'csv' }, half))).not.toContain('differ');
  });

  it.each([
    ['cat', 'cat '],
    ['cat', 'ca\u200bt'],
    ['fish', '\ufb01sh'],
    ['a b', 'a\nb'],
    ['a b', 'a  b'],
  ])('that print alike are refused: %j and %j', async (one, other) => {
    const message = await messageOf(load(await makeFiles(many(one, other)), { layout: 'class-folders' }));
    expect(message).toMatch(/classes cannot be told apart when printed: ".*", ".*"/);
  });
});
