import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '@thaw/compute';
import {
  figuresBehind,
  metricNamesOf,
  prefixed,
  scenarios,
  settingsSchema,
  type EpochRecord,
  type PredictionRow,
  type Scenario,
} from '@thaw/experiment';
import { readPixels } from '@thaw/data';
import { evaluate } from '@thaw/metrics';
import { buildModel, loadBackboneWeights } from '@thaw/model';
import { runTrial, TrialFailure } from '@thaw/training';
import { InferenceSession } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

/** One for all trials: it keeps the sessions that it has opened for who needs the same graph next. */
const engine = createEngine('onnx');
let cacheDir: string;
beforeAll(() => {
  cacheDir = mkdtempSync(join(tmpdir(), 'thaw-trial-'));
});
afterAll(() => {
  rmSync(cacheDir, { recursive: true, force: true });
});

function settingsOf(training: object = {}, scenario: Scenario = 'feature_extraction') {
  return settingsSchema.parse({
    dataset: { train_sources_per_class: 2, test_sources_per_class: 1, images_per_source: 5 },
    model: { alpha: 0.35, image_size: 32, weights: 'random', head_units: 8, scenario },
    training: { epochs: 2, batch_size: 12, ...training },
  });
}

type Prune = (record: EpochRecord) => Promise<boolean>;

/** Runs a trial and notes what its observer hears. */
async function run(
  settings: ReturnType<typeof settingsOf>,
  cache = cacheDir,
  signal?: AbortSignal,
  prune?: Prune,
) {
  const epochs: EpochRecord[] = [];
  const features: [done: number, total: number][] = [];
  const observer = {
    phase: (name: string, done: number, total: number) => {
      if (name === 'features') features.push([done, total]);
    },
    batch: () => undefined,
    epoch: (record: EpochRecord) => epochs.push(record),
  };
  const result = await runTrial(settings, {
    engine,
    cacheDir: cache,
    observer,
    signal,
    prune,
  });
  return { result, epochs, features };
}

function scoreOf(rows: readonly PredictionRow[], classes: readonly string[]) {
  return evaluate(
    rows.map((row) => classes.indexOf(row.label)),
    rows.map((row) => row.probabilities),
  );
}

describe('a trial', () => {
  it('sums up what its predictions say', async () => {
    const { result, epochs } = await run(settingsOf());
    const { summary, classes, predictions, data } = result;
    expect(predictions.validation).toHaveLength(data.validation);
    expect(predictions.test).toHaveLength(data.test);
    const [validation, test] = [scoreOf(predictions.validation, classes), scoreOf(predictions.test, classes)];
    expect(summary.val_accuracy).toBe(validation.accuracy);
    expect(summary.val_loss).toBeCloseTo(validation.loss, 12);
    expect(summary.test_accuracy).toBe(test.accuracy);
    expect(summary.test_loss).toBeCloseTo(test.loss, 12);
    expect(summary).toMatchObject({ ...prefixed('val_', validation), ...prefixed('test_', test) });
    expect(summary.gap).toBe(validation.accuracy - test.accuracy);
    const kept = epochs[summary.best_epoch - 1]!;
    expect(figuresBehind('train_', summary)).toEqual(prefixed('train_', kept));
    for (const name of metricNamesOf('val_')) expect(kept[name], name).toBeCloseTo(summary[name]!, 6);
    expect(summary.epochs).toBe(epochs.length);
    for (const { predicted, probabilities } of predictions.test) {
      expect(probabilities[classes.indexOf(predicted)]).toBe(Math.max(...probabilities));
      expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    }
  });

  it('gives the same again from its settings, with features computed or kept', async () => {
    const fresh = join(cacheDir, 'fresh');
    const first = await run(settingsOf(), fresh);
    const second = await run(settingsOf(), fresh);
    expect(second.result.summary).toEqual(first.result.summary);
    expect(second.result.predictions).toEqual(first.result.predictions);
    expect(second.result.networks).toEqual(first.result.networks);
    expect(first.features.some(([done, total]) => done < total)).toBe(true);
    expect(second.features.length).toBeGreaterThan(0);
    expect(second.features.every(([done, total]) => done === total)).toBe(true);
    const other = await run(settingsOf({ seed: 43 }), fresh);
    expect(other.result.predictions).not.toEqual(first.result.predictions);
  });

  it('opens nothing anew where a trial of the same network went before, and asks once of what it keeps', async () => {
    await run(settingsOf());
    const opened = vi.spyOn(InferenceSession, 'create');
    const asked = vi.spyOn(engine, 'predictor');
    const { epochs } = await run(settingsOf({ learning_rate: 0.01 }));
    // Of validation images after each epoch, of test images at the end.
    expect([opened.mock.calls.length, asked.mock.calls.length]).toEqual([0, epochs.length + 1]);
    vi.restoreAllMocks();
  });

  it.each(scenarios)('leaves frozen layers bit for bit, moving statistics included: %s', async (scenario) => {
    const settings = settingsOf({ epochs: 1 }, scenario);
    const { result } = await run(settings);
    const { network, trainable } = buildModel(settings.model, result.classes.length);
    const { seed } = settings.training;
    const before = await loadBackboneWeights(settings.model, network, { cacheDir, seed });
    let moved = 0;
    for (const [key, { data }] of before.weights) {
      const after = result.networks[0]!.weights.get(key)!.data;
      if (trainable.has(key.slice(0, key.lastIndexOf('/')))) {
        if (after.some((value, i) => value !== data[i])) moved++;
      } else expect(after, key).toEqual(data);
    }
    expect(moved > 0).toBe(scenario !== 'feature_extraction');
  });

  it('keeps the averages of the best epoch, as they were validated', async () => {
    const words = { epochs: 4, learning_rate: 0.02, use_ema: true, ema_momentum: 0.9 };
    const { result, epochs } = await run(settingsOf(words));
    const best = epochs[result.summary.best_epoch - 1]!;
    expect(result.summary.val_loss).toBeCloseTo(best.val_loss, 6);
    expect(Math.min(...epochs.map(({ val_loss }) => val_loss))).toBe(best.val_loss);
    const raw = await run(settingsOf({ ...words, use_ema: false }));
    expect(raw.epochs[0]!.loss).toBe(epochs[0]!.loss);
    expect(raw.epochs[0]!.val_loss).not.toBe(epochs[0]!.val_loss);
  });

  it.each(['feature_extraction', 'partial_unfreeze'] as const)(
    'says of an image the mean of what its network says of its views, in training and after: %s',
    async (scenario) => {
      const settings = settingsSchema.parse({
        dataset: { train_sources_per_class: 2, test_sources_per_class: 1, images_per_source: 5 },
        model: { image_size: 32, weights: 'bundled', head_units: 8, scenario, unfreeze_from: 'block_16' },
        training: { epochs: 1, learning_rate: 0.01 },
        evaluation: { test_time_augmentation: 'flips' },
      });
      const { result, epochs } = await run(settings);
      const { network, weights } = result.networks[0]!;
      const predictor = await engine.predictor(network, weights);
      const rowOf = async (pixels: Float32Array) =>
        (await predictor.predict({ shape: [1, 32, 32, 3], data: pixels })).data.slice();
      let apart = 0;
      for (const [i, { path }] of result.dataset.validation.entries()) {
        const pixels = await readPixels(path, { size: 32, interpolation: 'nearest' });
        const shown = [0, 1, 2, 3].map((k) => {
          const values = Float32Array.from(pixels, (value) => value / 127.5 - 1);
          return values.map((_, i) => {
            const [c, x, y] = [i % 3, Math.floor(i / 3) % 32, Math.floor(i / 96)];
            return values[3 * ((k & 2 ? 31 - y : y) * 32 + (k & 1 ? 31 - x : x)) + c]!;
          });
        });
        const rows = await Promise.all(shown.map(rowOf));
        const { probabilities } = result.predictions.validation[i]!;
        for (const [k, value] of probabilities.entries()) {
          expect(value).toBeCloseTo((rows[0]![k]! + rows[1]![k]! + rows[2]![k]! + rows[3]![k]!) / 4, 5);
          apart = Math.max(apart, Math.abs(value - rows[0]![k]!));
        }
      }
      await predictor.dispose();
      expect(apart).toBeGreaterThan(0.01);
      expect(result.summary.val_loss).toBeCloseTo(epochs[0]!.val_loss, 6);
    },
  );

  it('begins with smaller images where it is told to, and validates at full size', async () => {
    const at = (image_size: number, training: object) =>
      run(
        settingsSchema.parse({
          dataset: { train_sources_per_class: 2, test_sources_per_class: 1, images_per_source: 5 },
          model: { alpha: 0.35, image_size, weights: 'random', head_units: 8, scenario: 'from_scratch' },
          training: { epochs: 3, batch_size: 12, early_stopping: false, ...training },
          augmentation: { random_erasing: {}, mixup_alpha: 0.4 },
        }),
      );
    const grown = await at(64, { progressive_size: { from: 32, epochs: 1 } });
    const [small, large] = [await at(32, { epochs: 1 }), await at(64, { epochs: 1 })];
    const [first, ...others] = grown.epochs;
    expect(first!.loss).toBe(small.epochs[0]!.loss);
    expect(first!.loss).not.toBe(large.epochs[0]!.loss);
    expect(first!.val_loss).not.toBe(small.epochs[0]!.val_loss);
    // What is kept sees images of full size.
    expect(grown.result.networks[0]!.network.input.shape).toEqual([64, 64, 3]);
    expect(grown.result.summary.val_loss).toBeCloseTo(others.at(-1)!.val_loss, 6);
  });

  it('trains the head first where it is told to, then everything, more slowly', async () => {
    const training = {
      epochs: 3,
      learning_rate: 0.001,
      early_stopping: false,
      warm_head: { epochs: 1, learning_rate: 0.01 },
      backbone_learning_rate_factor: 0.1,
    };
    const settings = settingsOf(training, 'full_fine_tune');
    const { network } = buildModel(settings.model, 4);
    const { seed } = settings.training;
    const before = await loadBackboneWeights(settings.model, network, { cacheDir, seed });
    const moved = (weights: ReadonlyMap<string, { data: Float32Array }>) =>
      [...before.weights].filter(([key, { data }]) =>
        weights.get(key)!.data.some((value, i) => value !== data[i]),
      );
    const first = await run(settings, cacheDir, undefined, () => Promise.resolve(true));
    expect(moved(first.result.networks[0]!.weights)).toEqual([]);
    const whole = await run(settings);
    expect(whole.epochs).toHaveLength(3);
    expect(moved(whole.result.networks[0]!.weights).length).toBe(before.weights.size);
    // The same epoch as of a trial that trains the head alone, from features that are computed once.
    const alone = await run(settingsOf({ ...training, warm_head: undefined, learning_rate: 0.01 }));
    expect(first.epochs[0]!.loss).toBeCloseTo(alone.epochs[0]!.loss, 4);
    expect(whole.epochs[0]!.loss).toBe(first.epochs[0]!.loss);
  });

  it('reports the learning rate of the last step of each epoch', async () => {
    const schedule = { learning_rate: 0.1, learning_rate_schedule: 'cosine' };
    const { result, epochs } = await run(settingsOf(schedule));
    const batches = Math.ceil(result.data.train / 12);
    for (const [i, { learning_rate }] of epochs.entries()) {
      const done = ((i + 1) * batches - 1) / (2 * batches);
      expect(learning_rate).toBeCloseTo(0.05 * (1 + Math.cos(Math.PI * done)), 12);
    }
  });

  it('draws for dropout what no phase before has drawn', async () => {
    const trainers = vi.spyOn(engine, 'trainer');
    const words = { epochs: 4, early_stopping: false, warm_head: { epochs: 1 } };
    const settings = settingsOf({ ...words, gradual_unfreezing: { epochs: 2, blocks: 9 } }, 'full_fine_tune');
    const { result } = await run(settings);
    const batches = Math.ceil(result.data.train / settings.training.batch_size);
    // The head alone in the first epoch, nine blocks in the next two, eighteen in the last.
    const before = trainers.mock.calls.map(([, , { stepsBefore }]) => stepsBefore);
    trainers.mockRestore();
    expect(before).toEqual([0, batches, 3 * batches]);
  });

  it('refuses to gather gradients from more batches than there are', async () => {
    const trial = run(settingsOf({ gradient_accumulation_steps: 99 }));
    await expect(trial).rejects.toThrow(
      /^training\.gradient_accumulation_steps: found 99; allowed: up to \d+, the batches of 2 epochs$/,
    );
  });

  it('refuses to gather them from more than blocks have that train before others join', async () => {
    const gathering = { gradient_accumulation_steps: 9, epochs: 4, gradual_unfreezing: { blocks: 1 } };
    await expect(run(settingsOf(gathering, 'full_fine_tune'))).rejects.toThrow(
      /^training\.gradient_accumulation_steps: found 9; allowed: up to \d, the batches of 1 epoch$/,
    );
  });

  it('fails with the epoch and the learning rate when training diverges', async () => {
    const trial = run(settingsOf({ optimizer: 'sgd', learning_rate: 1e30 }));
    await expect(trial).rejects.toThrow(TrialFailure);
    await expect(trial).rejects.toThrow(/epoch [12], batch \d+ of \d+; with learning rate 1e\+30/);
  });

  it('ends with the reason of a signal that aborts', async () => {
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    await expect(run(settingsOf(), cacheDir, controller.signal)).rejects.toThrow('enough');
  });

  it('ends where it is pruned, evaluated like any other, and is not asked after its last epoch', async () => {
    const asked: number[] = [];
    const prune = (at: number) => (record: EpochRecord) => {
      asked.push(record.epoch);
      return Promise.resolve(record.epoch === at);
    };
    const settings = settingsOf({ epochs: 4, early_stopping: false });
    const { result, epochs } = await run(settings, cacheDir, undefined, prune(2));
    expect(result).toMatchObject({ pruned: true, summary: { epochs: 2, best_epoch: 2 } });
    expect(result.summary.val_accuracy).toBe(epochs[1]!.val_accuracy);
    expect(result.predictions.test.length).toBeGreaterThan(0);
    const whole = await run(settings, cacheDir, undefined, prune(4));
    expect(whole.result).toMatchObject({ pruned: false, summary: { epochs: 4 } });
    expect(asked).toEqual([1, 2, 1, 2, 3]);
  });

  it('keeps the best epoch: its figures are the summary', async () => {
    const early_stopping = { monitor: 'val_loss', patience: 3, restore_best_weights: true };
    const { result, epochs } = await run(
      settingsOf({ epochs: 8, optimizer: 'sgd', learning_rate: 2, early_stopping }),
    );
    const { summary } = result;
    const best = epochs.reduce((a, b) => (b.val_loss < a.val_loss ? b : a));
    expect(best.epoch, 'an epoch before the last must be best for this test to tell').toBeLessThan(
      epochs.length,
    );
    expect(summary).toMatchObject({
      epochs: epochs.length,
      best_epoch: best.epoch,
      train_loss: best.loss,
      train_accuracy: best.accuracy,
      val_loss: best.val_loss,
      val_accuracy: best.val_accuracy,
    });
  });
});
