import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore, type LeakageRecord } from '../src/index.ts';
import { newSweep, temporaryFolder } from './support/fixtures.ts';

test('what was found about leakage is kept with the sweep, and is unknown in records from before', async () => {
  const store = openStore(temporaryFolder());
  const sweep = await store.createSweep(newSweep());
  expect((await store.sweep(sweep.id)).leakage).toBeNull();
  const leakage: LeakageRecord = {
    parameters: { 'split.strategy': 'keras' },
    groups_from: 'detected',
    unit: 'scene',
    images: 6,
    groups: 3,
    validation_images: 2,
    validation_images_with_a_twin_in_training: 1,
    fraction: 0.5,
    crossings: [{ from: 'train', to: 'validation', groups: 1, images: 3, images_in_to: 1 }],
    scene_crossings: [{ from: 'train', to: 'test', groups: 1, images: 3, images_in_to: 2 }],
    mixed_labels: [{ group: 'a', examples: ['x', 'y'] }],
    notes: ['a note'],
    remedy: ['split.strategy=grouped'],
  };
  await sweep.setLeakage([leakage]);
  await sweep.finish('finished');
  expect((await store.sweep(sweep.id)).leakage).toEqual([leakage]);

  const path = join(sweep.folder, 'sweep.json');
  const before = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  const words = '--set split.strategy=grouped --set split.groups=detect';
  await writeFile(path, JSON.stringify({ ...before, leakage: [{ ...leakage, remedy: words }] }));
  const old = (await store.sweep(sweep.id)).leakage;
  expect(old![0]!.remedy).toEqual(['split.strategy=grouped', 'split.groups=detect']);
  const ofBefore = { ...leakage, scene_crossings: undefined };
  await writeFile(path, JSON.stringify({ ...before, leakage: [ofBefore] }));
  expect((await store.sweep(sweep.id)).leakage).toEqual([{ ...leakage, scene_crossings: [] }]);
  const unsaid = (['named', 'detected'] as const).map((groups_from) => ({
    ...leakage,
    groups_from,
    unit: undefined,
  }));
  await writeFile(path, JSON.stringify({ ...before, leakage: unsaid }));
  const units = (await store.sweep(sweep.id)).leakage!.map(({ unit }) => unit);
  expect(units).toEqual(['group', 'photograph']);
  delete before.leakage;
  await writeFile(path, JSON.stringify(before));
  expect((await store.sweep(sweep.id)).leakage).toBeNull();
});
