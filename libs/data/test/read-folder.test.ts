import { symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UserError } from '@thaw/base';
import { describe, expect, it, vi } from 'vitest';
import type { FilesDataset } from '@thaw/experiment';
import { findFolderLeakage, findLeakage, kerasParts, readFolder, type FolderSettings } from '../src/index.ts';
import { datasetSettings, load, makeFiles, makeFolder } from './make-images.ts';

vi.mock(import('../src/duplicates/detect-groups.ts'), () => ({
  detectGroups: (images) => {
    const keys = images.map(({ path }) => /p\d/.exec(basename(path))?.[0] ?? path);
    const names = [...new Set(keys)];
    return Promise.resolve({
      groups: keys.map((key) => names.indexOf(key)),
      confidence: names.map(() => 1),
      links: [],
      offered: [],
      sharedFields: [],
    });
  },
}));

type Layout = FilesDataset['layout'];

function settingsOf(path: string, layout: Layout | null = null, dataset: object = {}): FolderSettings {
  const read = datasetSettings(path, dataset).dataset as FilesDataset;
  return { ...read, layout };
}
async function read(
  files: Record<string, string | null>,
  layout: Layout | null = null,
  dataset: object = {},
) {
  const folder = await makeFiles(files);
  const settings = settingsOf(folder, layout, dataset);
  return { folder, ...(await readFolder(settings, { cacheDir: await makeFolder() })) };
}
const empty = (...names: string[]) => Object.fromEntries(names.map((name) => [name, null]));
const shown = (images: Awaited<ReturnType<typeof readFolder>>['images']) =>
  images.map(({ name, split, label }) => [name, split, label].join(' '));

describe('a folder of images', () => {
  it('with TRAIN and TEST is read as such, and other folders are named', async () => {
    const found = await read(
      empty('TEST/A/3.png', 'TRAIN/B/sub/2.png', 'TRAIN/A/1.png', 'TEST_SIMPLE/A/4.png'),
    );
    expect(found).toMatchObject({ layout: 'train-test-folders', ignored: ['TEST_SIMPLE'], skipped: [] });
    expect(shown(found.images)).toEqual([
      'TRAIN/A/1.png train A',
      'TRAIN/B/sub/2.png train B',
      'TEST/A/3.png test A',
    ]);
    expect(found.images[0]!.path).toBe(join(found.folder, 'TRAIN/A/1.png'));
  });

  it('may bring validation images of its own', async () => {
    const found = await read(empty('train/1.png', 'Val/A/2.png', 'test/A/3.png'));
    expect(shown(found.images)).toEqual([
      'train/1.png train ',
      'Val/A/2.png validation A',
      'test/A/3.png test A',
    ]);
  });

  it('may have class folders, one class, or none at all', async () => {
    expect(shown((await read(empty('A/1.png', '2.png'))).images)).toEqual(['2.png  ', 'A/1.png  A']);
    const forced = await read(empty('TRAIN/A/1.png', 'TEST/A/2.png'), 'class-folders');
    expect(shown(forced.images)).toEqual(['TEST/A/2.png  TEST', 'TRAIN/A/1.png  TRAIN']);
  });

  it('is read by its labels.csv, as a sweep reads it', async () => {
    const labels = 'path,label,part\nimg/1.png,A,train\nimg/2.png,B,Validation\nimg/3.png,A,testing\n';
    const files = { ...empty('img/1.png', 'img/2.png', 'img/3.png'), 'labels.csv': labels };
    expect(await read(files)).toMatchObject({ layout: 'csv' });
    const found = await read(files, null, { layout: 'csv', csv: { split_column: 'part' } });
    expect(shown(found.images)).toEqual(['img/1.png train A', 'img/2.png validation B', 'img/3.png test A']);
  });

  it('may have class folders that are links to folders', async () => {
    const folder = await makeFiles(empty('real/cat/1.png', 'set/dog/2.png'));
    await symlink(join(folder, 'real/cat'), join(folder, 'set/cat'));
    const found = await readFolder(settingsOf(join(folder, 'set')), { cacheDir: await makeFolder() });
    expect(shown(found.images)).toEqual(['cat/1.png  cat', 'dog/2.png  dog']);
  });

  it('is looked at without one of its parts, and what a sweep would refuse is said', async () => {
    const found = await read(empty('TRAIN/A/1.png'), 'train-test-folders');
    expect(shown(found.images)).toEqual(['TRAIN/A/1.png train A']);
    expect(found.notes).toEqual(['a sweep would refuse the folder: it has no TEST folder; it holds TRAIN']);
  });

  it('leaves out what cannot be read, and passes over what is no image', async () => {
    const found = await read({ 'A/1.png': null, 'A/2.png': 'no image', 'A/notes.txt': 'x' });
    expect(found.images).toHaveLength(1);
    expect(found.skipped).toEqual([
      { name: 'A/2.png', reason: expect.stringContaining('not an image of a known format') as string },
    ]);
  });

  it.each([
    ['nothing in it', { 'readme.txt': 'x' }, null, /holds no images \(png, jpg/],
    [
      'no image that can be read',
      { 'A/1.png': 'x' },
      null,
      /none of 1 images can be read; A\/1.png: cannot be decoded/,
    ],
    [
      'neither TRAIN nor TEST where they are asked for',
      { 'A/1.png': null },
      'train-test-folders',
      /holds no images .*, read as train-test-folders; it has no TRAIN folder; it holds A/,
    ],
  ] as const)('is refused with %s', async (_, files, layout, message) => {
    const reading = read(files, layout);
    await expect(reading).rejects.toThrow(UserError);
    await expect(reading).rejects.toThrow(message);
  });

  it('is refused where it is a file or nothing', async () => {
    const folder = await makeFiles({ 'a.png': null });
    const cacheDir = await makeFolder();
    const reading = (path: string) => readFolder(settingsOf(path), { cacheDir });
    await expect(reading(join(folder, 'a.png'))).rejects.toThrow(/is a file; a folder of images is needed/);
    await expect(reading(join(folder, 'b'))).rejects.toThrow(/is not there; a folder of images is needed/);
  });
});

describe('leakage of a folder', () => {
  const leakageOf = async (files: Record<string, null>) => {
    const cacheDir = await makeFolder();
    const folder = await readFolder(settingsOf(await makeFiles(files)), { cacheDir });
    return findFolderLeakage(folder, { cacheDir, validationSplit: 0.2 });
  };
  const copies = (folder: string) => Array.from({ length: 10 }, (_, i) => `${folder}/${i}_p${i % 2}.png`);

  it('tells what crosses, and what Keras would hold out', async () => {
    // The first two of ten are p0 and p1, and the other eight are their copies.
    const leakage = await leakageOf(empty(...copies('TRAIN/A'), 'TEST/A/0_p1.png', 'TEST/A/1_p5.png'));
    expect(leakage.groups).toBe(3);
    expect(leakage.crossings).toEqual([{ from: 'train', to: 'test', groups: 1, images: 6, images_in_to: 1 }]);
    expect(leakage.keras).toEqual({
      fraction: 0.2,
      testImages: 0,
      images: 2,
      imagesWithATwinInTraining: 2,
    });
    const held = kerasParts(leakage.images, 0.2).filter(({ split }) => split === 'validation');
    expect(held.map(({ name }) => name)).toEqual(['TRAIN/A/0_p0.png', 'TRAIN/A/1_p1.png']);
  });

  it('cuts a test set off before Keras where the folder has none, as a sweep does', async () => {
    const leakage = await leakageOf(
      empty(...copies('A'), ...copies('B').map((name) => name.replace('_p', '_q'))),
    );
    const parts = kerasParts(leakage.images, 0.2);
    expect(parts.filter(({ split }) => split === 'test').map(({ name }) => name)).toEqual([
      'A/0_p0.png',
      'A/1_p1.png',
      'B/0_q0.png',
      'B/1_q1.png',
    ]);
    expect(leakage.keras).toEqual({ fraction: 0.2, testImages: 4, images: 2, imagesWithATwinInTraining: 1 });
  });

  it.each([
    ['csv', { csv: { split_column: 'part' } }],
    ['csv', {}],
    ['class-folders', {}],
    ['train-test-folders', {}],
  ] as const)('is what a sweep says of %s with %j', async (layout, dataset) => {
    const rows = ['A', 'B'].flatMap((label) =>
      Array.from({ length: 20 }, (_, i) => ({ label, name: `${i}_${label}p${i % 7}.png`, test: i >= 16 })),
    );
    const nameOf = ({ label, name, test }: (typeof rows)[0]) =>
      layout === 'train-test-folders' ? `${test ? 'TEST' : 'TRAIN'}/${label}/${name}` : `${label}/${name}`;
    const table = rows.map((row) => `${nameOf(row)},${row.label},${row.test ? 'test' : 'train'}`);
    const files = {
      ...empty(...rows.map(nameOf)),
      ...(layout === 'csv' && { 'labels.csv': ['path,label,part', ...table].join('\n') }),
    };
    const folder = await makeFiles(files);
    const cacheDir = await makeFolder();
    const words = { layout, ...dataset };
    const settings = settingsOf(folder, Object.keys(dataset).length > 0 ? layout : null, words);
    const looked = await findFolderLeakage(await readFolder(settings, { cacheDir }), {
      cacheDir,
      validationSplit: 0.2,
    });
    const swept = await findLeakage(await load(folder, words), { cacheDir });
    expect(looked.keras!.imagesWithATwinInTraining).toBe(swept.validationImagesWithATwinInTraining);
    expect(looked.keras!.imagesWithATwinInTraining).toBeGreaterThan(0);
    expect(looked.keras!.imagesWithATwinInTraining / looked.keras!.images).toBe(swept.fraction);
    expect(new Set(looked.images.map(({ label }) => label))).toEqual(new Set(['A', 'B']));
  });

  it('does not ask Keras where there are validation images already, or no classes', async () => {
    expect((await leakageOf(empty(...copies('TRAIN/A'), 'VAL/A/1_p1.png'))).keras).toBeNull();
    expect((await leakageOf(empty('0_p0.png', '1_p0.png'))).keras).toBeNull();
  });

  it('is none for one image', async () => {
    expect(await leakageOf(empty('0_p0.png'))).toMatchObject({ groups: 1, crossings: [], keras: null });
  });
});
