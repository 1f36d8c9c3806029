import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore, type GapDocument } from '../src/index.ts';
import { newRun, temporaryFolder } from './support/fixtures.ts';

const side = { accuracy: 0.5, ci95: [0.2, 0.8] as const, images: 2, groups: 2 };
const classSide = { precision: 1, recall: 1, f1: 1, support: 1, groups: 1, recall_ci95: null, f1_ci95: null };
const calibration = {
  ece: 0.1,
  brier: 0.2,
  nll: 0.3,
  reliability: [{ lower: 0, upper: 1, images: 2, confidence: 0.6, accuracy: 0.5 }],
};

function document(run: string): GapDocument {
  return {
    run,
    sweep: null,
    classes: ['A', 'B'],
    overall: { validation: side, test: side, gap: { value: 0, ci95: [-0.4, 0.4] } },
    metrics: [
      {
        metric: 'auc',
        validation: { value: 0.9, ci95: [0.8, 0.95] },
        test: { value: null, ci95: null },
        gap: { value: null, ci95: null },
      },
    ],
    per_class: ['A', 'B'].map((name) => ({
      class: name,
      validation: classSide,
      test: classSide,
      gap: { recall: 0, ci95: null, f1: 0, f1_ci95: null },
    })),
    confusion: {
      validation: [
        [1, 0],
        [1, 0],
      ],
      test: [
        [1, 0],
        [1, 0],
      ],
      difference: [[0, 0], null],
    },
    calibration: { validation: calibration, test: calibration },
    mistakes: {
      validation: [],
      test: [{ file: 'B/1.png', label: 'B', predicted: 'A', probability: 0.7, group: null }],
    },
    leakage: {
      validation_images_with_a_twin_in_training: 1,
      fraction: 0.5,
      origin: 'detected',
      groups: 3,
      crossings: [{ from: 'train', to: 'validation', groups: 1, images: 2, images_in_to: 1 }],
      scene_crossings: [{ from: 'train', to: 'test', groups: 1, images: 2, images_in_to: 1 }],
      test_images_with_a_twin_in_training_or_validation: 1,
      test_fraction: 0.5,
      honest_test: null,
      honest_gap: null,
      retrained: null,
    },
    selection: null,
    forecast: null,
    openings: [],
    shares: null,
    shift: null,
    cause: null,
    parts: [{ part: 'rest', value: 0, ci95: null, missing: null }],
    explanation: ['No gap.'],
    unit: 'photograph',
    figures: 'runs/runs/x/gap',
  };
}

test('what gap wrote of a run reads back, and a run that it has not looked at has nothing', async () => {
  const store = openStore(temporaryFolder());
  const run = await store.createRun(newRun(0));
  expect(await store.gap(run.id)).toBeNull();
  const folder = await store.gapFolder(run.id);
  await mkdir(folder);
  await writeFile(join(folder, 'gap.json'), JSON.stringify(document(run.id)));
  expect(await store.gap(run.id)).toEqual(document(run.id));
});

test('a document of before, which knows of no metrics, no copies in test and no shares, reads as one that has not measured them', async () => {
  const store = openStore(temporaryFolder());
  const run = await store.createRun(newRun(0));
  const folder = await store.gapFolder(run.id);
  await mkdir(folder);
  const now = document(run.id);
  const leakage = {
    ...now.leakage,
    test_images_with_a_twin_in_training_or_validation: undefined,
    test_fraction: undefined,
    honest_test: undefined,
    honest_gap: undefined,
  };
  await writeFile(
    join(folder, 'gap.json'),
    JSON.stringify({
      ...now,
      metrics: undefined,
      leakage,
      forecast: undefined,
      openings: undefined,
      shares: undefined,
    }),
  );
  expect(await store.gap(run.id)).toEqual({
    ...now,
    metrics: [],
    leakage: {
      ...now.leakage,
      test_images_with_a_twin_in_training_or_validation: null,
      test_fraction: null,
    },
  });
});

test.each([
  ['{"run":', /gap\.json: not a document that Thaw wrote/],
  ['{"run": 7}', /gap\.json: not a document that Thaw wrote: run: .*expected string/],
])('a document that gap did not write is named with what does not fit: %s', async (text, message) => {
  const store = openStore(temporaryFolder());
  const run = await store.createRun(newRun(0));
  const folder = await store.gapFolder(run.id);
  await mkdir(folder);
  await writeFile(join(folder, 'gap.json'), text);
  await expect(store.gap(run.id)).rejects.toThrow(message);
});
