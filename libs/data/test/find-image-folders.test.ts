import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { findImageFolders } from '../src/index.ts';
import { makeFiles } from './make-images.ts';

/** `A/0.png`, `A/1.png`, ...: names alone matter, as no image is opened. */
const images = (count: number, ...folders: string[]) =>
  folders.flatMap((folder) => Array.from({ length: count }, (_, i) => `${folder}/${i}.png`));

async function found(names: readonly string[], tables: Record<string, string> = {}) {
  const folder = await makeFiles({ ...Object.fromEntries(names.map((name) => [name, 'x'])), ...tables });
  const { datasets, otherImages } = await findImageFolders(folder);
  return {
    datasets: datasets.map(({ folder: each, ...rest }) => ({ ...rest, folder: relative(folder, each) })),
    otherImages,
  };
}

it.each([
  ['', 'train-test-folders', images(1, 'TRAIN/A', 'TRAIN/B', 'TEST/A', 'TEST/B')],
  ['', 'train-test-folders', images(1, 'train/A', 'train/B', 'Validation/A', 'Validation/B')],
  ['', 'class-folders', images(1, 'A', 'B')],
  ['', 'class-folders', [...images(1, 'A', 'B'), 'README.md', 'figure.png']],
  // Keras's folder of classes, or a part alone.
  ['train', 'class-folders', images(1, 'train/cats', 'train/dogs')],
  // As archives unpack.
  ['dataset2/images', 'train-test-folders', images(1, 'dataset2/images/Train/A', 'dataset2/images/test/A')],
  ['photos', 'class-folders', [...images(3, 'photos/A', 'photos/B'), ...images(1, 'assets', 'docs')]],
  [
    'photos',
    'class-folders',
    [
      ...images(1, 'photos/A', 'photos/B'),
      ...images(9, 'node_modules/x/a', 'node_modules/x/b', 'runs/a', 'runs/b'),
    ],
  ],
] as const)('finds in "%s" the layout %s', async (folder, layout, names) => {
  expect((await found(names)).datasets).toEqual([{ folder, layout }]);
});

it('finds tables that name images, with the columns that hold path, class and part', async () => {
  const names = images(4, 'img');
  const table = (head: string, row: (i: number) => string) =>
    [head, ...names.map((_, i) => row(i))].join('\n');
  const labels = { 'labels.csv': table('path,label', (i) => `img/${i}.png,${'ab'[i % 2]}`) };
  expect((await found(names, labels)).datasets).toEqual([
    { folder: '', layout: 'csv', csv: { file: 'labels.csv', path_column: 'path', label_column: 'label' } },
  ]);
  const own = {
    'notes.csv': 'a,b\n1,2\n',
    'meta.csv': table(
      'id,file name,Species,set',
      (i) => `${i},${i}.png,${'ab'[i % 2]},${i < 3 ? 'train' : 'test'}`,
    ),
  };
  expect((await found(names, own)).datasets).toEqual([
    {
      folder: 'img',
      layout: 'csv',
      csv: {
        ...{ file: '../meta.csv', path_column: 'file name', label_column: 'Species' },
        split_column: 'set',
      },
    },
  ]);
});

it('tells several data sets, and images whose class nothing says', async () => {
  const several = await found(images(1, 'one/A', 'one/B', 'two/A', 'two/B'));
  expect(several.datasets.map(({ folder }) => folder)).toEqual(['one', 'two']);
  expect(await found(['1.png', '2.png', join('only', '3.png')])).toEqual({ datasets: [], otherImages: 3 });
  expect(await found(['README.md'])).toEqual({ datasets: [], otherImages: 0 });
});
