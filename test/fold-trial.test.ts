import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '@thaw/compute';
import { figuresBehind, metricNames, prefixed, settingsSchema, type EpochRecord } from '@thaw/experiment';
import { evaluate } from '@thaw/metrics';
import { runTrial, type RunTrialOptions } from '@thaw/training';
import { afterAll, beforeAll, expect, it } from 'vitest';

const engine = createEngine('onnx');
let cacheDir: string;
beforeAll(() => {
  cacheDir = mkdtempSync(join(tmpdir(), 'thaw-folds-'));
});
afterAll(() => {
  rmSync(cacheDir, { recursive: true, force: true });
});

function settingsOf(split: object) {
  return settingsSchema.parse({
    dataset: { train_sources_per_class: 4, test_sources_per_class: 1, images_per_source: 4 },
    split: { strategy: 'grouped', ...split },
    model: { alpha: 0.35, image_size: 32, weights: 'random', head_units: 8 },
    training: { epochs: 3, batch_size: 12 },
  });
}

async function run(split: object, options: Partial<RunTrialOptions> = {}) {
  const epochs: EpochRecord[] = [];
  const computed: number[] = [];
  const result = await runTrial(settingsOf(split), {
    engine,
    cacheDir,
    observer: {
      phase: (name, done, total) => {
        if (name === 'features' && done < total) computed.push(total - done);
      },
      batch: () => undefined,
      epoch: (record) => epochs.push(record),
    },
    ...options,
  });
  return { ...result, epochs, computed };
}

it('trains once a fold and goes by the predictions of the network that has not seen the image', async () => {
  const { summary, predictions, dataset, epochs, networks } = await run({ folds: 4 });
  expect(dataset.train).toEqual([]);
  expect(predictions.validation.map(({ file }) => file)).toEqual(dataset.validation.map(({ name }) => name));
  const labels = dataset.validation.map(({ label }) => label);
  const all = evaluate(
    labels,
    predictions.validation.map(({ probabilities }) => probabilities),
  );
  expect(summary).toMatchObject(prefixed('val_', all));
  expect(summary.folds).toHaveLength(4);
  // What a fold came to is what its kept epoch said of its part of the images.
  for (const [fold, { best_epoch, images, ...summed }] of summary.folds!.entries()) {
    const own = dataset.validation.map((_, i) => i).filter((i) => dataset.folds![0]![i] === fold);
    const figures = evaluate(
      own.map((i) => labels[i]!),
      own.map((i) => predictions.validation[i]!.probabilities),
    );
    expect(images).toBe(own.length);
    for (const name of metricNames) expect(summed[`val_${name}`], name).toBeCloseTo(figures[name], 6);
    const record = epochs.find((each) => each.fold === fold + 1 && each.fold_epoch === best_epoch);
    expect(record).toMatchObject(figuresBehind('val_', summed));
    expect(figuresBehind('train_', summed)).toEqual(prefixed('train_', record!));
  }
  expect(epochs.map(({ epoch }) => epoch)).toEqual(epochs.map((_, i) => i + 1));
  expect(networks.map(({ folder }) => folder)).toEqual(['frozen', 'fold-1', 'fold-2', 'fold-3', 'fold-4']);
});

it('computes the frozen part once for all folds, and predicts no test image where the test set is sealed', async () => {
  const fresh = join(cacheDir, 'fresh');
  const { computed, dataset, predictions, summary } = await run(
    { folds: 2 },
    { cacheDir: fresh, test: false },
  );
  expect(Math.max(...computed)).toBe(dataset.validation.length);
  expect(predictions.test).toEqual([]);
  expect(summary.test_accuracy).toBeNaN();
  expect(summary.gap).toBeNaN();
  const again = await run({ folds: 2, seed: 7 }, { cacheDir: fresh, test: false });
  expect(again.computed).toEqual([]);
  expect(again.dataset.folds).not.toEqual(dataset.folds);
  expect(again.dataset.fingerprint).not.toBe(dataset.fingerprint);
});

it('validates each image once a repeat, by the mean of the repeats', async () => {
  const { summary, predictions, dataset } = await run({ folds: 2, repeats: 2 });
  expect(summary.folds).toHaveLength(4);
  expect(predictions.validation).toHaveLength(dataset.validation.length);
  for (const { probabilities } of predictions.validation) {
    expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
  }
});

it('can end between two folds, by what those so far come to', async () => {
  const asked: EpochRecord[] = [];
  const prune = (record: EpochRecord) => {
    asked.push(record);
    return Promise.resolve(asked.length === 2);
  };
  const { pruned, summary, predictions } = await run({ folds: 4 }, { prune });
  expect(pruned).toBe(true);
  expect(asked.map(({ epoch, fold }) => [epoch, fold])).toEqual([
    [1, 1],
    [2, 2],
  ]);
  expect(asked[1]!.val_accuracy).toBeCloseTo(summary.val_accuracy, 12);
  expect(summary.folds).toHaveLength(2);
  expect(predictions.validation.length).toBe(summary.folds![0]!.images + summary.folds![1]!.images);
});
