import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, tensor } from '@thaw/compute';
import { loadDataset, readPixels, resizingOf } from '@thaw/data';
import { settingsSchema } from '@thaw/experiment';
import { backboneOf, loadBackboneWeights } from '@thaw/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extractFeatures } from '../src/sources/extract-features.ts';
import { runTrial } from '../src/run-trial.ts';

const settings = settingsSchema.parse({
  dataset: { train_sources_per_class: 2, test_sources_per_class: 1, images_per_source: 4 },
  split: { strategy: 'random', validation: 0.25 },
  model: { alpha: 0.35, image_size: 32, weights: 'random', head_units: 4 },
  training: { epochs: 1, batch_size: 16 },
});
const engine = createEngine('onnx');

let cacheDir: string;
beforeAll(() => {
  cacheDir = mkdtempSync(join(tmpdir(), 'thaw-features-'));
});
afterAll(() => {
  rmSync(cacheDir, { recursive: true, force: true });
});

const options = () => ({ engine, cacheDir, depthRange: null });
const activations = () => readdirSync(join(cacheDir, 'activations'), { recursive: true }).sort();

describe('extractFeatures', () => {
  it('gives what the backbone gives, in the order of the images, and counts them', async () => {
    const { train } = await loadDataset(settings, { cacheDir });
    const images = [...train].reverse();
    const seen: [number, number][] = [];
    const rows = await extractFeatures(images, settings, {
      ...options(),
      onProgress: (done, total) => seen.push([done, total]),
    });
    expect(rows).toHaveLength(images.length);
    expect(seen.at(-1)).toEqual([images.length, images.length]);

    const { model, training, dataset } = settings;
    const backbone = backboneOf(model);
    const network = backbone.network({ alpha: model.alpha, imageSize: model.image_size });
    const { weights } = await loadBackboneWeights(model, network, { cacheDir, seed: training.seed });
    const predictor = await engine.predictor(network, weights);
    for (const place of [0, images.length - 1]) {
      const pixels = await readPixels(images[place]!.path, resizingOf({ model, dataset }));
      const input = tensor([1, model.image_size, model.image_size, 3], backbone.preprocess(pixels));
      const { data } = await predictor.predict(input);
      expect(rows[place]).toHaveLength(data.length);
      const difference = Math.hypot(...data.map((value, j) => value - rows[place]![j]!));
      // Rows are kept in half precision.
      expect(difference / Math.hypot(...data)).toBeLessThan(1e-3);
    }
    await predictor.dispose();
  });

  it('computes nothing that a feature_extraction trial has computed', async () => {
    const observer = { phase: () => undefined, batch: () => undefined, epoch: () => undefined };
    await runTrial(settings, { engine, cacheDir, observer });
    const before = activations();
    const { train, validation, test } = await loadDataset(settings, { cacheDir });
    const other = { ...settings, model: { ...settings.model, scenario: 'full_fine_tune' as const } };
    const rows = await extractFeatures([...train, ...validation, ...test], other, options());
    expect(rows).toHaveLength(train.length + validation.length + test.length);
    expect(activations()).toEqual(before);
  });

  it('ends with the reason of a signal', async () => {
    const { train } = await loadDataset(settings, { cacheDir });
    const reason = new Error('enough');
    const signal = AbortSignal.abort(reason);
    const other = { ...settings, training: { ...settings.training, seed: 1 } };
    await expect(extractFeatures(train, other, { ...options(), signal })).rejects.toBe(reason);
  });

  it('gives no rows for no images', async () => {
    expect(await extractFeatures([], settings, options())).toEqual([]);
  });
});
