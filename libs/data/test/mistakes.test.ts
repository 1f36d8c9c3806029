import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { load, makeFiles, makeImage, messageOf, trainTest } from './make-images.ts';

describe('mistakes', () => {
  it('says when the folder is missing or a file', async () => {
    const folder = await makeFiles({ file: 'x' });
    expect(await messageOf(load(join(folder, 'nowhere')))).toContain('there is no such folder');
    expect(await messageOf(load(join(folder, 'file')))).toContain('is a file');
  });

  it.each([
    ['an empty folder', { 'README.md': 'x' }, {}, 'no TRAIN folder; it holds README.md'],
    [
      'classes without TRAIN and TEST',
      { 'A/1.png': null, 'B/1.png': null },
      {},
      'set dataset.layout: class-folders',
    ],
    [
      'TRAIN and TEST read as classes',
      trainTest(2, 2),
      { layout: 'class-folders' },
      'set dataset.layout: train-test-folders',
    ],
    ['no class folders', { 'a.txt': 'x' }, { layout: 'class-folders' }, 'it has no class folders'],
    [
      'a class missing from TEST',
      { ...trainTest(2, 2), 'TRAIN/C/1.png': null },
      {},
      'class C is in TRAIN but not in TEST',
    ],
    [
      'a class missing from TRAIN',
      { ...trainTest(2, 2), 'TEST/C/1.png': null },
      {},
      'class C is in TEST but not in TRAIN',
    ],
    [
      'an empty class',
      { ...trainTest(2, 2), 'TRAIN/C/.keep': '', 'TEST/C/1.png': null },
      {},
      'TRAIN/C/ has no images',
    ],
    [
      'names that differ only in case',
      { ...trainTest(2, 2), 'TRAIN/A/0.JPEG': null },
      {},
      'files differ only in case: TRAIN/A/0.JPEG, TRAIN/A/0.jpeg',
    ],
    [
      'classes that differ only in case',
      { ...trainTest(2, 2), 'TRAIN/a/9.png': null, 'TEST/a/9.png': null },
      {},
      'classes differ only in case: A, a',
    ],
    [
      'two TRAIN folders',
      { ...trainTest(2, 2), 'train/A/1.png': null },
      {},
      'more than one TRAIN folder: TRAIN, train',
    ],
    ['a single class', { 'A/1.png': null }, { layout: 'class-folders' }, 'one class only, A'],
    [
      'an image beside the classes',
      { ...trainTest(2, 2), 'TRAIN/1.png': null },
      {},
      'TRAIN/1.png: an image outside every class folder',
    ],
  ])('refuses %s', async (_, files, dataset, words) => {
    const folder = await makeFiles(files);
    expect(await messageOf(load(folder, dataset))).toContain(words);
  });

  const damaged = async () => {
    const image = await makeImage('x');
    const png = await makeImage('x', 'png');
    return {
      ...trainTest(3, 1),
      'TRAIN/A/cut.jpeg': image.subarray(0, image.length - 40),
      'TRAIN/A/cut.png': png.subarray(0, png.length - 40),
      'TRAIN/B/text.jpg': 'This is no image.',
      'TRAIN/B/empty.jpg': '',
      'TEST/A/notes.txt': 'This is no image either.',
    };
  };

  it('names all files that are no complete images, and structure too, in one error', async () => {
    const folder = await makeFiles({ ...(await damaged()), 'TEST/C/1.jpeg': null });
    await symlink(join(folder, 'nothing'), join(folder, 'TRAIN/A/link.jpeg'));
    const message = await messageOf(load(folder));
    expect(message).toContain(`The data set in ${folder} has 7 problems:`);
    for (const problem of [
      'class C is in TEST but not in TRAIN',
      'TRAIN/A/cut.jpeg: cannot be decoded: truncated or damaged',
      'TRAIN/A/cut.png: cannot be decoded: truncated',
      'TRAIN/B/text.jpg: cannot be decoded: not an image of a known format',
      'TRAIN/B/empty.jpg: the file is empty',
      'TEST/A/notes.txt: not an image',
      'TRAIN/A/link.jpeg: a link to nothing',
      'on_bad_image: skip',
    ]) {
      expect(message).toContain(problem);
    }
  });

  it('leaves such files out and records each under on_bad_image: skip', async () => {
    const folder = await makeFiles(await damaged());
    const dataset = await load(folder, { on_bad_image: 'skip' }, { validation: 0.4 });
    expect(dataset.skipped.map(({ name }) => name).sort()).toEqual([
      'TEST/A/notes.txt',
      'TRAIN/A/cut.jpeg',
      'TRAIN/A/cut.png',
      'TRAIN/B/empty.jpg',
      'TRAIN/B/text.jpg',
    ]);
    expect(dataset.train).toHaveLength(4);
    expect(dataset.validation).toHaveLength(2);
  });

  it('does not skip mistakes of structure, nor a class that skipping empties', async () => {
    const torn = await makeFiles({ ...trainTest(2, 2), 'TEST/C/1.png': null });
    expect(await messageOf(load(torn, { on_bad_image: 'skip' }))).toContain('class C');
    const emptied = await makeFiles({ ...trainTest(2, 2), 'TRAIN/C/1.png': 'x', 'TEST/C/1.png': null });
    expect(await messageOf(load(emptied, { on_bad_image: 'skip' }))).toContain(
      'no readable image is left in TRAIN, class C',
    );
  });

  it('calls files by their right name, in training as over the API', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
    const folder = await makeFiles({
      ...trainTest(3, 1),
      'TRAIN/A/drawn.png': svg,
      'TRAIN/A/photo.heic': 'x',
    });
    const message = await messageOf(load(folder));
    for (const name of ['drawn.png: cannot be decoded: SVG', 'photo.heic: HEIC']) {
      expect(message).toContain(`TRAIN/A/${name} is not read; allowed: JPEG, PNG, GIF, WebP, BMP, TIFF, PPM`);
    }
  });

  it.each(['jfif', 'JPE', 'jif'])('reads files called .%s', async (extension) => {
    const folder = await makeFiles({ ...trainTest(5, 1), [`TRAIN/A/x.${extension}`]: await makeImage('x') });
    expect((await load(folder)).train.map(({ name }) => name)).toContain(`TRAIN/A/x.${extension}`);
  });

  it('spells out twenty and counts the rest', async () => {
    const bad = Array.from({ length: 30 }, (_, i) => [`TRAIN/A/bad${i}.png`, 'x'] as const);
    const folder = await makeFiles({ ...trainTest(2, 2), ...Object.fromEntries(bad) });
    const message = await messageOf(load(folder));
    expect(message.match(/TRAIN\/A\/bad/g)).toHaveLength(20);
    expect(message).toContain('and 10 more');
  });
});
