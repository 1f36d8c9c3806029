import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeSummary, openStore, programEngine } from '@thaw/tracking';
import { provenance } from '@thaw/tracking/testing';
import { afterAll, expect, it } from 'vitest';
import { sealedChoice } from '../src/index.ts';
import { gapOf } from './support/gap-runs.ts';

const runsDir = mkdtempSync(join(tmpdir(), 'thaw-program-runs-'));
afterAll(() => {
  rmSync(runsDir, { recursive: true, force: true });
});

const store = openStore(runsDir);

/** A run as a program leaves it: right on so many of 20 images of each part, two views each of 10 photographs. */
async function programRun(sweep: string, number: number, right: number, hasTest: boolean): Promise<string> {
  const run = await store.createRun({
    sweep,
    number,
    parameters: { lr: number },
    settings: null,
    provenance,
  });
  const rows = (part: string) =>
    Array.from({ length: 20 }, (_, i) => {
      const label = i % 2 === 0 ? 'A' : 'B';
      const isA = (label === 'A') === i < right;
      const probabilities = isA ? [0.75, 0.25] : [0.25, 0.75];
      return { file: `${part}/${i}.png`, label, predicted: isA ? 'A' : 'B', probabilities };
    });
  await run.writePredictions('validation', rows('validation'));
  if (hasTest) await run.writePredictions('test', rows('test'));
  else await run.seal();
  const images = (['validation', 'test'] as const).flatMap((split) =>
    rows(split).map(({ file, label }, i) => ({
      path: file,
      split,
      class: label,
      group: `${split} ${i >> 1}`,
    })),
  );
  if (hasTest) await run.writeGroups({ origin: 'named', images });
  await run.finish(
    freeSummary({ val_accuracy: right / 20, ...(hasTest && { test_accuracy: right / 20 }) }, 1),
    ['A', 'B'],
  );
  return run.id;
}

async function programSweep(hasTest: boolean): Promise<string> {
  const sweep = await store.createSweep({
    name: 'programs',
    experimentText: '',
    experimentFile: 'e.yaml',
    method: 'grid',
    metric: { name: 'val_accuracy', goal: 'maximize' },
    parameters: {},
    engine: programEngine,
    workers: 1,
  });
  for (const [number, right] of [12, 16].entries()) {
    const run = await programRun(sweep.id, number, right, hasTest);
    await sweep.addTrial({ number, run, parameters: { lr: number } });
  }
  await sweep.finish('finished');
  return sweep.id;
}

it('has a gap by groups, and says that leakage is not known where a program brings no training images', async () => {
  const { document } = await gapOf(runsDir, { sweep: await programSweep(true) }, 0);
  expect(document.overall).toMatchObject({
    validation: { accuracy: 0.8, images: 20, groups: 10 },
    test: { accuracy: 0.8, images: 20, groups: 10 },
  });
  expect(document.leakage).toMatchObject({
    validation_images_with_a_twin_in_training: null,
    fraction: null,
    origin: 'named',
  });
  expect(document.explanation.join(' ')).toContain(
    'Leakage was not measured, because Thaw has not trained the run and knows no data set of it.',
  );
});

it('has no test set to open where its program left the test images alone', async () => {
  const sweep = await programSweep(false);
  await expect(gapOf(runsDir, { sweep }, 0)).rejects.toThrow(/has brought no predictions of test images/);
  await expect(sealedChoice(store, sweep)).rejects.toThrow(
    `the trials of sweep ${sweep} run a program of the user's own, which predicts test images itself or leaves them alone`,
  );
});
