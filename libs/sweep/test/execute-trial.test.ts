import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '@thaw/base';
import { createEngine, OutOfMemory, type Engine } from '@thaw/compute';
import { settingsSchema } from '@thaw/experiment';
import { evaluateSaved, TrialMemory } from '@thaw/training';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { loadDataset } from '@thaw/data';
import { openStore, type KeptGroups } from '@thaw/tracking';
import type { TrialJob } from '../src/executors/executor.ts';
import { checkpointFile } from '../src/executors/checkpoint-files.ts';
import { executeTrial, type ExecuteTrialOptions } from '../src/executors/execute-trial.ts';
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

function execute(
  changes: Partial<TrialJob>,
  used = engine,
  send: ExecuteTrialOptions['send'] = () => undefined,
) {
  return executeTrial(
    { ...job(0), runsDir, cacheDir: join(runsDir, 'cache'), ...changes },
    {
      engine: used,
      provenance,
      memory: new TrialMemory(),
      signal: new AbortController().signal,
      send,
    },
  );
}

const small = { train_sources_per_class: 2, test_sources_per_class: 1, images_per_source: 5 };
const model = { alpha: 0.35, image_size: 32, weights: 'random', head_units: 2 };

it('keeps with the run which images belong together: as named, as found before the sweep, or not at all', async () => {
  const cacheDir = join(runsDir, 'cache');
  const named = settingsSchema.parse({ dataset: small, model, training: { epochs: 1 } });
  const { train, validation, test } = await loadDataset(named, { cacheDir });
  const images = [...train, ...validation, ...test];
  const folder = images[0]!.path.slice(0, -images[0]!.name.length);
  const unnamed = settingsSchema.parse({ dataset: { path: folder }, model, training: { epochs: 1 } });
  const groups = Object.fromEntries(
    images.map(({ sha256, group }) => [sha256, { photograph: `looks like ${group}`, scene: 'one scene' }]),
  );
  const keptBy = async (changes: Partial<TrialJob>) => {
    expect(await execute(changes)).toMatchObject({ state: 'finished' });
    const [usage] = await openStore(runsDir).usage('latest');
    expect([usage!.cores > 0, usage!.memory_bytes > 1e7]).toEqual([true, true]);
    return openStore(runsDir).groups('latest');
  };
  const expected = (
    { origin, unit }: Pick<KeptGroups, 'origin' | 'unit'>,
    nameOf: (group: string) => string,
    scene?: string,
  ) => ({
    origin,
    ...(unit && { unit }),
    images: expect.arrayContaining(
      [train, validation, test].flatMap((part, i) =>
        part.map(({ name, label, group }) => ({
          path: name,
          split: (['train', 'validation', 'test'] as const)[i],
          class: ['EOSINOPHIL', 'LYMPHOCYTE', 'MONOCYTE', 'NEUTROPHIL'][label],
          group: nameOf(group!),
          ...(scene && { scene }),
        })),
      ),
    ) as unknown,
  });
  expect(await keptBy({ settings: named })).toEqual(expected({ origin: 'named' }, (group) => group));
  expect(await keptBy({ settings: unnamed, groups })).toEqual(
    expected({ origin: 'detected' }, (group) => `looks like ${group}`, 'one scene'),
  );
  // A trial of the same sweep that takes scenes for groups has the same images.
  const byScene = settingsSchema.parse({
    dataset: { path: folder },
    model,
    training: { epochs: 1 },
    split: { groups: { detect: 'scene' } },
  });
  expect(await keptBy({ settings: byScene, groups })).toEqual(
    expected({ origin: 'detected', unit: 'scene' }, () => 'one scene'),
  );
  // Of one image nobody knows: then nothing is claimed.
  const others = { ...groups };
  Reflect.deleteProperty(others, images[3]!.sha256);
  expect(await keptBy({ settings: unnamed, groups: others })).toBeNull();
  expect(await keptBy({ settings: unnamed })).toBeNull();
});

it.each([
  [
    'training that diverges',
    { training: { learning_rate: 1e30 } },
    engine,
    true,
    /the loss became (NaN|infinite) in epoch/,
  ],
  [
    'a last step that diverges',
    { training: { learning_rate: 1e30, epochs: 1, batch_size: 1000 } },
    engine,
    true,
    /^weights \(.+\) became NaN or infinite in epoch 1:|^the answers to validation images became NaN/,
  ],
  ['a file that is not there', { model: { weights: 'missing.h5' } }, engine, true, /no file missing\.h5/],
  ['memory that runs out', {}, failing(new OutOfMemory('bad_alloc')), false, /memory ran out/],
  ['what nobody has foreseen', {}, failing(new TypeError('a defect')), false, /a defect/],
])('knows whether a trial would fail again: %s', async (_, changes, used, permanent, error) => {
  const settings = settingsSchema.parse({
    dataset: small,
    ...changes,
    model: { ...model, ...('model' in changes ? changes.model : {}) },
  });
  const outcome = await execute({ settings }, used);
  expect(outcome).toEqual({ state: 'failed', error: expect.stringMatching(error) as string, permanent });
});

it('finishes where neither its log nor what it takes of the machine can be written', async () => {
  const settings = settingsSchema.parse({ dataset: small, model, training: { epochs: 3 } });
  const cacheDir = join(runsDir, 'cache');
  // Nor can checkpoints, which the log is told of after each epoch.
  mkdirSync(join(checkpointFile({ ...job(7), cacheDir }), 'in-the-way'), { recursive: true });
  vi.stubEnv('THAW_CHECKPOINT_SECONDS', '0');
  const outcome = await execute({ number: 7, settings }, engine, (event) => {
    if (event.type !== 'run') return;
    for (const file of ['log.txt', 'system.jsonl']) mkdirSync(join(runsDir, 'runs', event.run, file));
  });
  vi.unstubAllEnvs();
  expect([outcome.state, (await openStore(runsDir).run('latest')).state]).toEqual(['finished', 'finished']);
});

const nan = (length: number) => new Float32Array(length).fill(Number.NaN);

it('fails where a test image is answered with NaN, which would count as the first class', async () => {
  const settings = settingsSchema.parse({ dataset: small, model, training: { epochs: 1 } });
  // Once training is over.
  let hasTrained = false;
  const broken: Engine = {
    name: engine.name,
    describe: () => engine.describe(),
    trainer: (...how) => engine.trainer(...how),
    predictor: async (...how) => {
      const predictor = await engine.predictor(...how);
      const predict: typeof predictor.predict = async (input) => {
        const answers = await predictor.predict(input);
        return hasTrained ? { ...answers, data: nan(answers.data.length) } : answers;
      };
      return { predict, dispose: () => predictor.dispose() };
    },
  };
  const outcome = await execute({ settings }, broken, ({ type }) => {
    if (type === 'epoch') hasTrained = true;
  });
  const error = expect.stringMatching(/^the answer to .*\.jpeg is NaN or infinite/) as string;
  expect(outcome).toEqual({ state: 'failed', error, permanent: true });
});

it('says of a network that it has kept that it answers with NaN', async () => {
  const settings = settingsSchema.parse({ dataset: small, model, training: { epochs: 1 } });
  await execute({ settings });
  const cacheDir = join(runsDir, 'cache');
  const dataset = await loadDataset(settings, { cacheDir });
  const folder = join(runsDir, 'runs', (await openStore(runsDir).run('latest')).id, 'model');
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.bin'))) {
    const file = join(folder, name);
    writeFileSync(file, new Uint8Array(nan(statSync(file).size / 4).buffer));
  }
  const observer = { phase: () => undefined, batch: () => undefined, epoch: () => undefined };
  const kept = { folder, folds: null, sha256: undefined };
  await expect(
    evaluateSaved(settings, dataset, dataset.test, kept, { engine, cacheDir, observer }),
  ).rejects.toThrow(UserError);
});

it('is left to be run where its weights are not those that its sweep began with', async () => {
  const settings = settingsSchema.parse({ dataset: small, model, training: { epochs: 1 } });
  const error = expect.stringMatching(/is not what training started from before: its SHA-256 was other and/);
  expect(await execute({ settings, weightsSha256: 'other' })).toEqual({
    ...{ state: 'interrupted', error: error as string, kind: 'conflict' },
  });
});
