import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { findLeakage, loadDataset } from '@thaw/data';
import { pathsOf, settingsSchema } from '@thaw/experiment';
import sharp from 'sharp';
import { afterAll, expect, it } from 'vitest';
import { dataOfRun, type RunData } from '../src/groups/data-of-run.ts';
import { keptGroups } from '../src/groups/kept-groups.ts';
import { silent } from '../src/listener.ts';

const root = mkdtempSync(join(tmpdir(), 'thaw-data-of-run-'));
const cacheDir = join(root, 'cache');
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

it("a run's images are found by their absolute path, and where they have moved, if they are the same", async () => {
  const data = join(root, 'data');
  for (const label of ['cat', 'dog']) {
    await mkdir(join(data, label), { recursive: true });
    for (let i = 0; i < 10; i++) {
      const background = { r: i * 20, g: label === 'cat' ? 0 : 255, b: 0 };
      const image = sharp({ create: { width: 8, height: 8, channels: 3, background } });
      await writeFile(join(data, label, `${i}.png`), await image.png().toBuffer());
    }
  }
  const csv = join(root, 'groups.csv');
  await writeFile(csv, 'file,slide\ncat/0.png,1\n');
  const settings = settingsSchema.parse({
    dataset: { path: relative(process.cwd(), data), layout: 'class-folders' },
    split: { groups: { csv, column: 'slide' } },
  });
  const { fingerprint } = await loadDataset(settings, { cacheDir });
  const run = {
    id: 'r',
    // As they are written in a folder that is not this one.
    settings: { ...settings, dataset: { ...settings.dataset, path: 'data' } },
    paths: pathsOf(settings, process.cwd()),
    provenance: { data: { fingerprint } } as never,
    imported: null,
  };
  const store = { groups: () => Promise.resolve(null), keepGroups: () => Promise.resolve() };
  const look = (moved?: string) =>
    dataOfRun(store, run, {
      cacheDir,
      listener: silent,
      moved: moved ? { 'dataset.path': moved } : undefined,
    });
  expect(await look()).toMatchObject({ dataset: { fingerprint } });
  const elsewhere = join(root, 'elsewhere');
  renameSync(data, elsewhere);
  expect(await look()).toEqual({
    missing: expect.stringContaining(`${data}: there is no such folder; if they have moved`) as string,
  });
  expect(await look(elsewhere)).toMatchObject({ dataset: { fingerprint } });
  await rm(join(elsewhere, 'cat', '9.png'));
  await expect(look(elsewhere)).rejects.toThrow(/are not those of run r/);
});

/** What a run has kept that was split like this, and how its images are found where they are split otherwise now. */
async function splitThenAndNow(name: string, splitThen: object, splitNow: object) {
  const folder = join(root, name);
  for (const label of ['cat', 'dog']) {
    await mkdir(join(folder, label), { recursive: true });
    for (let i = 0; i < 10; i++) {
      const background = { r: i * 20, g: label === 'cat' ? 0 : 255, b: 9 };
      const image = sharp({ create: { width: 8, height: 8, channels: 3, background } });
      await writeFile(join(folder, label, `${i}.png`), await image.png().toBuffer());
    }
  }
  const settingsOf = (split: object) =>
    settingsSchema.parse({
      dataset: { path: folder, layout: 'class-folders' },
      split: { groups: { pattern: '.*' }, ...split },
    });
  const then = await loadDataset(settingsOf(splitThen), { cacheDir });
  const kept = keptGroups(await findLeakage(then, { cacheDir }), then);
  const settings = settingsOf(splitNow);
  const run = {
    id: 'r',
    settings,
    paths: {},
    provenance: { data: { fingerprint: then.fingerprint } } as never,
    imported: null,
  };
  const look = (images: typeof kept.images) =>
    dataOfRun(
      { groups: () => Promise.resolve({ ...kept, images }), keepGroups: () => Promise.resolve() },
      run,
      { cacheDir, listener: silent },
    );
  return { then, kept, look };
}

it('a run keeps the split that it had where another is drawn now, as long as its images are there', async () => {
  const { then, kept, look } = await splitThenAndNow('kept', { strategy: 'random' }, { strategy: 'keras' });
  const found = (await look(kept.images)) as RunData;
  expect(found.dataset.fingerprint).toBe(then.fingerprint);
  expect(found.dataset.validation).toEqual(then.validation);
  expect(found.leakage.sceneCrossings).toEqual([]);
  const shown = kept.images.map((image) => ({ ...image, scene: 'one place' }));
  const { leakage } = (await look(shown)) as RunData;
  expect(leakage.sceneCrossings[0]).toMatchObject({ from: 'train', to: 'validation', groups: 1 });
  expect(await look(kept.images.slice(1))).toEqual({
    missing: 'the images, or how they are split, have changed since the run',
  });
});

it('a run keeps the folds that it had where others are dealt now, if it has kept them', async () => {
  const folds = { strategy: 'random', folds: 3, repeats: 2 };
  const { then, kept, look } = await splitThenAndNow('folds', { ...folds, seed: 1 }, { ...folds, seed: 2 });
  expect(((await look(kept.images)) as RunData).dataset).toMatchObject({
    folds: then.folds,
    fingerprint: then.fingerprint,
  });
  const asBefore = kept.images.map((image) => ({ ...image, folds: undefined }));
  expect(await look(asBefore)).toEqual({
    missing: 'the images, or how they are split, have changed since the run',
  });
});
