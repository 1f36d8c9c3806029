import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FolderLeakage } from '@thaw/data';
import sharp from 'sharp';
import { afterAll, expect, it } from 'vitest';
import { writeContactSheets } from '../src/leakage/contact-sheets.ts';

const root = mkdtempSync(join(tmpdir(), 'thaw-sheets-'));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

it('a photograph under so many labels that each has room for one image is shown', async () => {
  const path = join(root, 'a.png');
  await writeFile(
    path,
    await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      .png()
      .toBuffer(),
  );
  const labels = ['a', 'b', 'c', 'd', 'new\nline', 'f'];
  const images = labels.flatMap((label) =>
    [0, 1].map((i) => ({
      path,
      name: `${label}/${i}.png`,
      sha256: `${label}${i}`,
      split: null,
      label,
      group: 'g',
      scene: null,
    })),
  );
  const leakage: FolderLeakage = {
    images,
    groups: 1,
    confidence: new Map([['g', 1]]),
    crossings: [],
    sceneCrossings: [],
    offered: [{ a: images[0]!, b: images[2]!, confidence: 0.7 }],
    keras: null,
  };
  const sheets = await writeContactSheets(leakage, {
    parent: join(root, 'sheets'),
    onProgress: () => undefined,
  });
  expect(await readdir(sheets!.folder)).toEqual([
    'largest-groups.png',
    'most-of-a-class.png',
    'perhaps-copies.png',
    'several-labels.png',
  ]);
});
