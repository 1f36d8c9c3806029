import { mkdtempSync, rmSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '@thaw/base';
import { expect, onTestFinished, test } from 'vitest';
import { changedImages, changedSentence } from '../src/changed-images/changed-images.ts';

test('images that are gone or were overwritten are counted; one that was only touched is the same', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'thaw-changed-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const names = ['kept.png', 'touched.png', 'other.png', 'gone.png'];
  for (const name of names) await writeFile(join(folder, name), name);
  const images = names.map((name) => ({ name, class: 'a', sha256: sha256(name) }));
  await writeFile(join(folder, 'other.png'), 'another photograph');
  await rm(join(folder, 'gone.png'));
  const changes = await changedImages(folder, images, new Date(0));
  expect(changes).toEqual({ gone: 1, changed: 1 });
  expect(changedSentence(changes, 4)).toBe(
    'Of the 4 images that its sweep began with, 1 image is gone and 1 image has other contents.',
  );
  // What was written before the training was there in it.
  expect(await changedImages(folder, images, new Date(Date.now() + 60_000))).toEqual({ gone: 1, changed: 0 });
  expect(changedSentence({ gone: 0, changed: 0 }, 4)).toBeNull();
});
