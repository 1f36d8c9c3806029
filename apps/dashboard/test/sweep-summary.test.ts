import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type LeakageRecord } from '@thaw/tracking';
import { expect, it, onTestFinished } from 'vitest';
import { summarizeSweep } from '../store/summarize-sweep.ts';
import { newSweep } from './made-run.ts';

const leakage: LeakageRecord = {
  ...{ parameters: {}, groups_from: 'named', unit: 'group', images: 9, groups: 5 },
  ...{ validation_images: 4, validation_images_with_a_twin_in_training: 3, fraction: 0.75 },
  ...{ crossings: [], scene_crossings: [], mixed_labels: [], notes: [], remedy: ['split.strategy=grouped'] },
};

async function summaryWith(record: LeakageRecord) {
  const folder = mkdtempSync(join(tmpdir(), 'thaw-summary-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const store = openStore(folder);
  const sweep = await store.createSweep(newSweep);
  await sweep.setLeakage([record]);
  await sweep.finish('finished');
  return summarizeSweep({ row: () => undefined }, await store.sweep(sweep.id));
}

it('offers settings as a shell takes them', async () => {
  const remedy = ['split.strategy=grouped', 'parameters.split.values=[{strategy: grouped, groups: detect}]'];
  expect((await summaryWith({ ...leakage, remedy })).leakage!.remedy).toBe(
    "--set split.strategy=grouped --set 'parameters.split.values=[{strategy: grouped, groups: detect}]'",
  );
});

it('says of a split that leaks what a group of it is', async () => {
  expect((await summaryWith(leakage)).leakage!.twins).toBe(
    '3 of 4 (75.0 %) validation images have a twin in training, another image of the same group. Validation accuracy then says how well known groups are recognised, not new ones.',
  );
  expect((await summaryWith({ ...leakage, unit: 'scene' })).leakage!.twins).toContain('the same scene');
});
