import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunRecord } from '@thaw/tracking';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keptSheet } from '../server/images/kept-sheet.ts';
import { madeSettings } from './made-run.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-kept-sheet-'));
  mkdirSync(join(folder, 'data'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A picture of one colour. */
async function paint(name: string, background: string): Promise<void> {
  await sharp({ create: { width: 20, height: 20, channels: 3, background } })
    .png()
    .toFile(join(folder, name));
}

/** The colour in the middle of each of the first squares of a sheet. */
async function colors(sheet: Buffer, count: number): Promise<string[]> {
  const { data, info } = await sharp(sheet).raw().toBuffer({ resolveWithObject: true });
  return Array.from({ length: count }, (_, i) => {
    const at = 3 * (40 * info.width + 80 * i + 40);
    const [red, green, blue] = data.subarray(at, at + 3);
    if (red! > 200 && green! < 60) return 'red';
    if (blue! > 200 && red! < 60) return 'blue';
    return red === green && green === blue ? 'nothing' : 'other';
  });
}

it('has pictures of images of the data set alone, and of those that stand there now', async () => {
  await paint('data/a.png', '#ff0000');
  await paint('outside.png', '#ff0000');
  symlinkSync(join(folder, 'outside.png'), join(folder, 'data/link.png'));
  const settings = madeSettings({ dataset: { path: join(folder, 'data'), layout: 'class-folders' } });
  const run = { id: 'r', settings, paths: {} } as unknown as RunRecord;
  const files = ['a.png', '../outside.png', 'link.png', 'gone.png'];
  const sheet = () => keptSheet(run, files, 0, folder);
  expect(await colors(await sheet(), 5)).toEqual(['red', 'nothing', 'nothing', 'nothing', 'nothing']);
  expect(await sheet()).toEqual(await sheet());
  await paint('data/a.png', '#0000ff');
  expect(await colors(await sheet(), 1)).toEqual(['blue']);
  await expect(keptSheet(run, files, 1, folder)).rejects.toThrow(
    'no sheet 1: the images of run r fill 1 sheet',
  );
});
