import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { deserialize } from 'node:v8';
import { programArguments } from '@thaw/base/testing';
import { Random } from '@thaw/base';
import { scenarios, type Scenario } from '@thaw/experiment';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { traceTrial, type TrialRequest, type TrialTrace } from './support/checkpointed-trial.ts';

const program = join(import.meta.dirname, 'support', 'checkpointed-trial.ts');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-resume-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Early stopping ends it before its last epoch and brings back an earlier epoch's weights. */
function settingsOf(scenario: Scenario, training: object = {}) {
  return {
    dataset: { train_sources_per_class: 2, test_sources_per_class: 1, images_per_source: 5 },
    model: { alpha: 0.35, image_size: 32, weights: 'random', head_units: 8, scenario },
    augmentation: { rotation_range: 20, horizontal_flip: true },
    training: {
      epochs: 6,
      batch_size: 12,
      early_stopping: { monitor: 'val_loss', patience: 3, restore_best_weights: true },
      ...training,
    },
  };
}

/** Everything that an epoch hands on to the next. */
const recipe = {
  optimizer: 'adamw',
  learning_rate: 0.01,
  weight_decay: 0.1,
  learning_rate_schedule: { type: 'cosine', warmup_epochs: 1.5 },
  global_clipnorm: 1,
  use_ema: true,
  ema_momentum: 0.8,
  gradient_accumulation_steps: 2,
  warm_head: { epochs: 2, learning_rate: 0.02 },
  backbone_learning_rate_factor: 0.3,
  layer_decay: 0.9,
  gradual_unfreezing: { blocks: 2 },
};
/** Batches that the 32 images come out even with: each other size takes a graph of its own, built anew after each kill. */
const even = { batch_size: 16 };
/** Images that grow twice. */
const growing = { ...even, progressive_size: { from: 32, epochs: 3 }, use_ema: true, ema_momentum: 0.8 };

/** Draws of every kind: of an image, and of a batch. */
const views = {
  rotation_range: 20,
  color_jitter: { hue_factor: 0.1 },
  rand_augment: { num_ops: 2, factor: 0.5 },
  random_erasing: { factor: 0.5 },
  mixup_alpha: 0.4,
  cutmix_alpha: 1,
};

function requestOf(name: string, settings: object, engine: TrialRequest['engine'] = 'onnx'): TrialRequest {
  const path = (kind: string) => join(folder, `${name}-${kind}`);
  return {
    engine,
    settings,
    cacheDir: join(folder, 'cache'),
    checkpoint: path('checkpoint'),
    output: path('result'),
  };
}

/** Where a trial is killed: at the end of an epoch before its checkpoint is written, or some time after it was let go on. */
interface Kill {
  readonly epoch: number;
  readonly afterMs: number | null;
}

/** Four kills, none before the second epoch is over: a checkpoint is there. Training lasts four epochs at least. */
function drawKills(random: Random): Kill[] {
  const epochs = [2 + random.int(2), ...[0, 1, 2].map(() => 2 + random.int(3))];
  return epochs
    .sort((a, b) => a - b)
    .map((epoch, i) => ({ epoch, afterMs: i % 2 === 0 ? null : random.uniform(0, 60) }));
}

/** Starts the trial over and over and kills it at each of `kills`, then lets it end. `resumed` counts what found a checkpoint. */
async function killedAndResumed(
  request: TrialRequest,
  kills: readonly Kill[],
): Promise<{ trace: TrialTrace; killed: number; resumed: number }> {
  const file = `${request.output}-request`;
  writeFileSync(file, JSON.stringify(request));
  let [killed, resumed] = [0, 0];
  while (!existsSync(request.output)) {
    if (existsSync(request.checkpoint!)) resumed++;
    const child = spawn(process.execPath, [...programArguments(program), file], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    const { epoch: last, afterMs } = kills[killed] ?? { epoch: Number.POSITIVE_INFINITY, afterMs: null };
    child.stdin.on('error', () => undefined);
    createInterface(child.stdout).on('line', (epoch) => {
      if (Number(epoch) >= last && afterMs === null) child.kill('SIGKILL');
      else child.stdin.write('.');
      if (Number(epoch) === last && afterMs !== null) void sleep(afterMs).then(() => child.kill('SIGKILL'));
    });
    const [code, signal] = (await ended) as [number | null, string | null];
    expect(signal ?? code).toBeOneOf([0, 'SIGKILL']);
    if (signal !== null) killed++;
  }
  return { trace: deserialize(readFileSync(request.output)) as TrialTrace, killed, resumed };
}

describe('a trial that is killed again and again', () => {
  it.each([
    ...scenarios.map((scenario) => ['onnx', scenario] as const),
    ['tensorflow', 'partial_unfreeze'] as const,
    ['tensorflow', 'full_fine_tune'] as const,
  ])('ends bit for bit as if it had not been, %s: %s', async (engine, scenario) => {
    const settings =
      scenario === 'partial_unfreeze'
        ? { ...settingsOf(scenario, recipe), augmentation: views }
        : settingsOf(
            scenario,
            { from_scratch: growing, full_fine_tune: even, feature_extraction: {} }[scenario],
          );
    if (scenario === 'from_scratch') settings.model.image_size = 64;
    // TensorFlow.js takes ten times as long an image, and most where everything trains.
    if (engine === 'tensorflow') settings.dataset.images_per_source = 3;
    if (engine === 'tensorflow' && scenario === 'full_fine_tune') settings.training.epochs = 4;
    const request = requestOf(`${engine}-${scenario}`, settings, engine);
    const expected = await traceTrial({ ...request, checkpoint: null });
    const drawn = drawKills(new Random('kill', engine, scenario));
    // Each start builds graphs anew: one kill of either kind, and all of them where a recipe has most to hand on.
    const kills = engine === 'onnx' && scenario === 'partial_unfreeze' ? drawn : drawn.slice(0, 2);
    const { trace, killed, resumed } = await killedAndResumed(request, kills);
    expect(killed).toBeGreaterThan(0);
    expect(resumed, 'it must have gone on from a checkpoint').toBeGreaterThan(0);
    expect(trace).toEqual(expected);
  });
});

it('goes on within its folds when it is killed again and again, bit for bit', async () => {
  const settings = settingsOf('feature_extraction', { epochs: 3 });
  const request = requestOf('folds', { ...settings, split: { strategy: 'grouped', folds: 2 } });
  const expected = await traceTrial({ ...request, checkpoint: null });
  expect(expected.epochs).toHaveLength(6);
  const kills = [
    { epoch: 2, afterMs: null },
    { epoch: 4, afterMs: 20 },
    { epoch: 5, afterMs: null },
  ];
  const { trace, killed, resumed } = await killedAndResumed(request, kills);
  expect(killed).toBe(3);
  expect(resumed).toBe(3);
  expect(trace).toEqual(expected);
});

describe('a trial that is asked to stop', () => {
  it('ends after its running epoch, and goes on to the same end whatever the optimiser and wherever it was cut', async () => {
    const cases = fc.record({
      optimizer: fc.constantFrom(
        { optimizer: 'adam' },
        { optimizer: 'sgd', momentum: 0.9 },
        { optimizer: 'rmsprop', momentum: 0.5 },
        { optimizer: 'sgd' },
        { optimizer: 'adamw', weight_decay: 0.5, weight_decay_exclude: ['bias'] },
        { optimizer: 'lion', label_smoothing: 0.1 },
        { optimizer: 'sgd', clipnorm: 0.1, class_weight: 'balanced' },
      ),
      moves: fc.constantFrom(
        {},
        { use_ema: true, ema_momentum: 0.7 },
        { gradient_accumulation_steps: 3, use_ema: true, ema_momentum: 0.7 },
      ),
      head: fc.constantFrom(
        {},
        { head_units: 0 },
        { head_units: [8, 4], head_dropout: 0.4, head_batch_norm: true, head_l2: 0.01 },
      ),
      learning_rate_schedule: fc.constantFrom(
        'constant',
        { type: 'cosine', warmup_epochs: 1.5 },
        { type: 'reduce_on_plateau', patience: 0, factor: 0.3, monitor: 'val_accuracy' },
      ),
      early_stopping: fc.constantFrom(false, { patience: 1 }, { patience: 2, restore_best_weights: false }),
      stops: fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1 }),
      seed: fc.integer({ min: 1, max: 9 }),
    });
    let count = 0;
    await fc.assert(
      fc.asyncProperty(cases, async ({ optimizer, moves, head, stops, ...words }) => {
        const settings = settingsOf('feature_extraction', {
          ...optimizer,
          ...moves,
          ...words,
          learning_rate: 0.1,
        });
        const model = { ...settings.model, ...head };
        const request = requestOf(`stopped-${count++}`, { ...settings, model, augmentation: false });
        const expected = await traceTrial({ ...request, checkpoint: null });
        let trace: TrialTrace | null = null;
        for (const stop of [...stops.sort(), Number.POSITIVE_INFINITY]) {
          const abort = new AbortController();
          const onEpoch = (epoch: number) => {
            if (epoch >= stop) abort.abort(new Error('stopped'));
          };
          trace = await traceTrial(request, onEpoch, abort.signal).catch((error: Error) => {
            expect(error.message).toBe('stopped');
            return null;
          });
          // Training was over with this epoch.
          if (trace !== null) break;
        }
        expect(trace).toEqual(expected);
      }),
      { numRuns: 6 },
    );
  });

  it('goes on from every epoch of a recipe, from the head alone to everything', async () => {
    const head = { head_units: [8, 4], head_dropout: 0.4, head_batch_norm: true, head_l2: 0.01 };
    const settings = settingsOf('partial_unfreeze', recipe);
    const request = requestOf('recipe', { ...settings, model: { ...settings.model, ...head } });
    const expected = await traceTrial({ ...request, checkpoint: null });
    expect(expected.epochs.length).toBeGreaterThan(4);
    let trace: TrialTrace | null = null;
    for (let stop = 1; trace === null; stop++) {
      const abort = new AbortController();
      const onEpoch = (epoch: number) => {
        if (epoch >= stop) abort.abort(new Error('stopped'));
      };
      trace = await traceTrial(request, onEpoch, abort.signal).catch((error: Error) => {
        expect(error.message).toBe('stopped');
        return null;
      });
    }
    expect(trace).toEqual(expected);
  });

  it.each([
    ['damaged', (file: string) => truncateSync(file, 1000)],
    ['empty', (file: string) => truncateSync(file, 0)],
    ['of other settings', () => undefined],
  ])('begins anew where its checkpoint is %s', async (name, spoil) => {
    const settings = settingsOf('feature_extraction');
    const request = requestOf(`spoilt-${name}`, settings);
    const abort = new AbortController();
    const stopped = traceTrial(request, () => abort.abort(new Error('stopped')), abort.signal);
    await expect(stopped).rejects.toThrow('stopped');
    spoil(request.checkpoint!);
    const now = name === 'of other settings' ? settingsOf('feature_extraction', { seed: 5 }) : settings;
    const expected = await traceTrial({ ...request, settings: now, checkpoint: null });
    expect(await traceTrial({ ...request, settings: now })).toEqual(expected);
  });
});
