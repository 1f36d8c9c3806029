import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawContactSheet } from '../src/contact-sheets/draw-contact-sheet.ts';
import { drawLabel, fittingCharacters, shorten } from '../src/contact-sheets/label.ts';
import { makeFolder } from './make-images.ts';

let path: string;
beforeAll(async () => {
  path = join(await makeFolder(), 'tall.png');
  const pixels = new Uint8Array(20 * 60 * 3).fill(200);
  await writeFile(
    path,
    await sharp(pixels, { raw: { width: 20, height: 60, channels: 3 } })
      .png()
      .toBuffer(),
  );
});

describe('a label', () => {
  it.each([
    ['_0_1169.jpeg', 12, '_0_1169.jpeg'],
    ['_0_1169.jpeg', 7, '_0_…peg'],
    ['ab', 1, '…'],
    ['äöüß', 3, 'ä…ß'],
  ])('%s is cut to %i characters as %s', (text, length, wanted) => {
    expect(shorten(text, length)).toBe(wanted);
  });

  it('has ink, no more than its width, and takes markup for text', async () => {
    const png = (await drawLabel('<b>&', { size: 11, width: 100, color: '#ff0000' }))!;
    const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    expect(info.width).toBeLessThanOrEqual(100);
    // Red where there is ink at all.
    let ink = 0;
    for (let at = 0; at < data.length; at += info.channels) {
      if (data[at + 3]! < 128) continue;
      ink++;
      expect([...data.subarray(at, at + 3)]).toEqual([255, 0, 0]);
    }
    expect(ink).toBeGreaterThan(40);
  });

  it('fits a column of its width', async () => {
    for (const size of [11, 15, 20]) {
      const text = 'W'.repeat(fittingCharacters(168, size));
      const { width } = await sharp(
        (await drawLabel(text, { size, width: 168, color: 'black' }))!,
      ).metadata();
      expect(width).toBeLessThanOrEqual(168);
    }
  });

  it('is none without ink', async () => {
    expect(await drawLabel(' ', { size: 11, width: 100, color: 'black' })).toBeNull();
  });
});

describe('a contact sheet', () => {
  const image = () => ({ path, caption: ['TRAIN A', 'tall.png'], color: '#0000ff' });

  it('frames every image in its colour, at its aspect ratio, and grows with its rows', async () => {
    const sheetOf = async (rows: number) => {
      const sheet = await drawContactSheet(
        'Title',
        Array.from({ length: rows }, () => ({ title: 'row', images: [image(), image()] })),
      );
      return sharp(sheet).raw().toBuffer({ resolveWithObject: true });
    };
    const [one, two] = [await sheetOf(1), await sheetOf(2)];
    expect(two.info.width).toBe(one.info.width);
    expect(two.info.height).toBeGreaterThan(one.info.height + 126);
    const count = ([red, green, blue]: [number, number, number]) => {
      let pixels = 0;
      for (let at = 0; at < one.data.length; at += 3) {
        if (one.data[at] === red && one.data[at + 1] === green && one.data[at + 2] === blue) pixels++;
      }
      return pixels;
    };
    const frames = 2 * (168 * 126 - 160 * 118);
    expect(count([0, 0, 255])).toBeGreaterThanOrEqual(frames);
    // 118 pixels high, a third as wide.
    expect(count([200, 200, 200])).toBeGreaterThan(2 * 118 * 37);
    expect(count([200, 200, 200])).toBeLessThan(2 * 118 * 42);
  });

  it('shows what images of twelve bits hold', async () => {
    const deep = join(await makeFolder(), 'deep.png');
    const values = Uint16Array.from({ length: 60 * 60 }, (_, i) => [0, 2048, 4095][Math.floor(i / 1200)]!);
    await sharp(values, { raw: { width: 60, height: 60, channels: 1 } })
      .toColourspace('grey16')
      .toFile(deep);
    const sheet = await drawContactSheet('', [{ title: '', images: [{ ...image(), path: deep }] }]);
    const data = await sharp(sheet).raw().toBuffer();
    // Black, grey and white: a third of 118 x 118 pixels each.
    expect(data.filter((value) => value === 128).length).toBeGreaterThan(3 * 118 * 30);
  });

  it('refuses more images than a row has room for', async () => {
    const images = Array.from({ length: 9 }, image);
    await expect(drawContactSheet('', [{ title: '', images }])).rejects.toThrow(RangeError);
  });
});
