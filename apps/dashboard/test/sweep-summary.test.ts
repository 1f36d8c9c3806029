import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type LeakageRecord, type SweepRecord } from '@thaw/tracking';
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

it('takes no forecast for one before all looks where the same images were looked at for other sweeps', () => {
  const at = (hour: number) => `2026-11-28T0${hour}:00:00.000Z`;
  const made = (looks_elsewhere: number | null) =>
    summarizeSweep({ row: () => undefined }, {
      ...{ parameters: {}, leakage: null, test: 'best', metric: { name: 'val_accuracy', goal: 'maximize' } },
      trials: [
        {
          number: 0,
          run: 'r',
          parameters: {},
          state: 'finished',
          summary: { val_accuracy: 0.7, test_accuracy: 0.6 },
        },
      ],
      forecast: {
        trial: 0,
        trials: 1,
        accuracy: 0.6,
        ci95: null,
        groups: 9,
        per_class: [],
        missing: null,
        at: at(1),
      },
      openings: [
        { at: at(2), why: 'chosen', trial: 0, value: 0.7, trials: 1, forecast: null, looks_elsewhere },
      ],
    } as unknown as SweepRecord).test.forecast_of!.before_looks;
  expect([9, 0, null].map(made)).toEqual([false, true, true]);
});
