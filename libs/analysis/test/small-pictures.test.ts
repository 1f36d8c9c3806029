import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it, onTestFinished } from 'vitest';
import { thumbnail } from '../src/gap/thumbnails.ts';
import { spriteSheet } from '../src/map/sprite-sheet.ts';
import { spriteSide } from '../src/map/sprites.ts';

it('images that libvips reads not at all, or with most bits lost, keep their sides and what they show', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'thaw-pictures-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [wide, deep] = [join(folder, 'wide.ppm'), join(folder, 'deep.png')];
  const white = Buffer.alloc(40 * 10 * 3, 255);
  writeFileSync(wide, Buffer.concat([Buffer.from('P6\n40 10\n255\n'), white]));
  const values = Uint16Array.from({ length: 1600 }, (_, i) => (i < 800 ? 0 : 4095));
  await sharp(values, { raw: { width: 40, height: 40, channels: 1 } })
    .toColourspace('grey16')
    .toFile(deep);

  expect(await sharp(await thumbnail(wide)).metadata()).toMatchObject({ width: 40, height: 10 });
  const { data, info } = await sharp(await spriteSheet([wide, deep]))
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => data[(y * info.width + x) * 3]!;
  const middle = Math.floor(spriteSide / 2);
  // White on grey; black above white.
  expect([at(middle, 2), at(middle, middle)].map((value) => Math.round(value / 64))).toEqual([2, 4]);
  expect(
    [at(spriteSide + middle, 4), at(spriteSide + middle, spriteSide - 4)].map((v) => Math.round(v / 64)),
  ).toEqual([0, 4]);
});
