import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, OutOfMemory, type Engine } from '@thaw/compute';
import { settingsSchema } from '@thaw/experiment';
import { TrialMemory } from '@thaw/training';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { executeTrial } from '../src/executors/execute-trial.ts';
import { provenance } from './chaos/trivial-records.ts';
import { job } from './support/fixtures.ts';

let runsDir: string;
beforeAll(() => {
  runsDir = mkdtempSync(join(tmpdir(), 'thaw-execute-'));
});
afterAll(() => {
  rmSync(runsDir, { recursive: true, force: true });
});

const engine = createEngine('onnx', { sharedCores: false, device: 'cpu' });
const failing = (error: Error): Engine => ({
  name: engine.name,
  describe: () => engine.describe(),
  predictor: (network, weights) => engine.predictor(network, weights),
  trainer: () => Promise.reject(error),
});

it.each([
  ['training that diverges', { training: { learning_rate: 1e30 } }, engine, true, /not a number any more/],
  ['a file that is not there', { model: { weights: 'missing.h5' } }, engine, true, /no file missing\.h5/],
  ['memory that runs out', {}, failing(new OutOfMemory('bad_alloc')), false, /memory ran out/],
  ['what nobody has foreseen', {}, failing(new TypeError('a defect')), false, /a defect/],
])('knows whether a trial would fail again: %s', async (_, changes, used, permanent, error) => {
  const settings = settingsSchema.parse({
    dataset: { train_sources_per_class: 2, test_sources_per_class: 1, images_per_source: 5 },
    ...changes,
    model: { alpha: 0.35, image_size: 32, weights: 'random', ...('model' in changes ? changes.model : {}) },
  });
  const outcome = await executeTrial(
    { ...job(0), settings, runsDir, cacheDir: join(runsDir, 'cache') },
    {
      engine: used,
      provenance,
      memory: new TrialMemory(),
      signal: new AbortController().signal,
      send: () => undefined,
    },
  );
  expect(outcome).toEqual({ state: 'failed', error: expect.stringMatching(error) as string, permanent });
});
