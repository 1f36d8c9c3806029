import { join } from 'node:path';
import { sha256 } from '@thaw/base';
import { describe, expect, it } from 'vitest';
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
      'line 9: set is "holdout"; allowed are train and test',
      'class A is in TRAIN but not in TEST',
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
