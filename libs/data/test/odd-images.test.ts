import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Random, sha256 } from '@thaw/base';
import sharp, { type Sharp } from 'sharp';
import { expect, test } from 'vitest';
import { detectGroups } from '../src/index.ts';
import { makeFolder } from './make-images.ts';
import { photograph } from './photograph-copies.ts';

/** A file, and what it shows: files that show the same belong together. */
type File = readonly [shown: string, bytes: Promise<Buffer>];

async function smear(number: number, change: (image: Sharp) => Sharp): Promise<Buffer> {
  const image = sharp(await photograph('odd', number), { raw: { width: 320, height: 240, channels: 3 } });
  return change(image).toBuffer();
}

function noise(key: string, width: number, height: number): Promise<Buffer> {
  const random = new Random('odd', key);
  const data = Uint8Array.from({ length: width * height * 3 }, () => random.int(256));
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

function plain(grey: number, side: number): Promise<Buffer> {
  const background = { r: grey, g: grey, b: grey };
  return sharp({ create: { width: side, height: side, channels: 3, background } })
    .png()
    .toBuffer();
}

const six = <T>(make: (i: number) => T) => Array.from({ length: 6 }, (_, i) => make(i));

test.each<[string, File[]]>([
  [
    'files with the same pixels',
    six((i) => ['one', smear(1, (image) => image.png({ compressionLevel: i }))]),
  ],
  [
    'two images of one photograph',
    [
      ['one', smear(1, (image) => image.png())],
      ['one', smear(1, (image) => image.rotate(90).jpeg())],
    ],
  ],
  ['two photographs', [0, 1].map((i) => [`${i}`, smear(i, (image) => image.jpeg())])],
  ['images of one colour each', six((i) => [`${i}`, plain(40 * i, 100)])],
  ['images of 8 x 8 pixels', six((i) => [`${i}`, noise(`tiny ${i}`, 8, 8)])],
  ['images of one pixel', six((i) => [`${i}`, plain(40 * i, 1)])],
  ['strips', six((i) => [`${i}`, noise(`strip ${i}`, 3000 + i, 1 + i)])],
  [
    'panoramas',
    [0, 1].map((i) => [
      `${i}`,
      smear(i, (image) => image.resize(6000, 200, { fit: 'fill' }).jpeg({ quality: 50 })),
    ]),
  ],
  [
    'colours and CMYK',
    [0, 1].flatMap((i): File[] => [
      [`${i}`, smear(i, (image) => image.png())],
      [`${i}`, smear(i, (image) => image.toColourspace('cmyk').jpeg())],
    ]),
  ],
  [
    'grey values of 8 and of 16 bits',
    [0, 1].flatMap((i): File[] => [
      [`${i}`, smear(i, (image) => image.greyscale().png())],
      [`${i}`, smear(i, (image) => image.greyscale().toColourspace('grey16').png())],
    ]),
  ],
])('%s are grouped by what they show', async (_, files) => {
  const folder = await makeFolder();
  const images = await Promise.all(
    files.map(async ([shown, made], i) => {
      const [bytes, path] = [await made, join(folder, `${i}`)];
      await writeFile(path, bytes);
      return { path, sha256: sha256(bytes), shown };
    }),
  );
  const { groups } = await detectGroups(images, { cacheDir: folder });
  const shown = [...new Set(images.map((image) => image.shown))];
  expect(groups).toEqual(images.map((image) => shown.indexOf(image.shown)));
});
