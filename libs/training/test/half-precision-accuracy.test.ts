import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inChunks, packRows, Random, unpackRows } from '@thaw/base';
import { adam, createEngine, tensor, type Network } from '@thaw/compute';
import { loadDataset, type ImageFile } from '@thaw/data';
import { settingsSchema } from '@thaw/experiment';
import { buildModel, cutNetwork, initializeWeights, loadBackboneWeights } from '@thaw/model';
import { expect, test } from 'vitest';
import { ImageRows } from '../src/sources/image-rows.ts';
import { rowsOf, score } from '../src/score.ts';
import { TrainingLoss } from '../src/training-loss.ts';

const shared = resolve(import.meta.dirname, '../../../../shared');
const images = join(shared, 'data/blood-cells/images');
const weightsFile = join(
  shared,
  'weights/mobilenetv2_0.35_224/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_224_no_top.h5',
);
const engine = createEngine('onnx');

/** Trains a head on rows and gives its accuracy on validation and test images. */
async function accuracies(
  rows: ReadonlyMap<string, Float32Array>,
  parts: { train: readonly ImageFile[]; held: readonly (readonly ImageFile[])[] },
  head: Network,
  seed: number,
): Promise<number[]> {
  const length = head.input.shape[0]!;
  const batchOf = (files: readonly ImageFile[]) => {
    const batch = tensor([files.length, length]);
    files.forEach((file, i) => batch.data.set(rows.get(file.sha256)!, i * length));
    return batch;
  };
  const layers = head.layers.map((layer) => layer.name);
  const weights = initializeWeights(head, new Random('head', seed), layers);
  const trainer = await engine.trainer(head, weights, { trainable: new Set(layers), optimizer: adam });
  const objective = new TrainingLoss({}, { classes: ['a', 'b', 'c', 'd'], train: [] });
  for (let epoch = 0; epoch < 12; epoch++) {
    for (const batch of inChunks(new Random(seed, epoch).shuffle(parts.train), 32)) {
      await trainer.step(batchOf(batch), objective.labels(batch), 0.001);
    }
  }
  const predictor = await engine.predictor(head, await trainer.weights());
  await trainer.dispose();
  const results = await Promise.all(
    parts.held.map(async (files) => score(files, rowsOf(await predictor.predict(batchOf(files)))).accuracy),
  );
  await predictor.dispose();
  return results;
}

test.skipIf(!existsSync(weightsFile) || !existsSync(images))(
  'a head learns as much from features in half precision as in single (needs ../shared)',
  async () => {
    const settings = settingsSchema.parse({
      dataset: { path: images, layout: 'train-test-folders', limit_per_class: 100 },
      model: { alpha: 0.35, image_size: 96, weights: weightsFile, head_units: 64 },
    });
    const cacheDir = mkdtempSync(join(tmpdir(), 'thaw-half-'));
    const dataset = await loadDataset(settings, { cacheDir });
    const { network, trainable } = buildModel(settings.model, dataset.classes.length);
    const { weights } = await loadBackboneWeights(settings.model, network, { cacheDir, seed: 1 });
    const { prefix, suffix } = cutNetwork(network, trainable);
    const pixels = { size: 96, interpolation: 'nearest', backbone: 'mobilenet_v2' } as const;
    const { shape } = suffix.input;
    const maker = new ImageRows({ engine, pixels, prefix: { network: prefix!, weights, shape } });
    const single = new Map<string, Float32Array>();
    const half = new Map<string, Float32Array>();
    const all = [...dataset.train, ...dataset.validation, ...dataset.test];
    for await (const [chunk, values] of maker.rows(all, null)) {
      chunk.forEach(({ sha256 }, i) => {
        const row = values.slice(i * maker.length, (i + 1) * maker.length);
        const rounded = new Float32Array(row.length);
        unpackRows(packRows(row, row.length), row.length, rounded, 0);
        single.set(sha256, row);
        half.set(sha256, rounded);
      });
    }
    await maker.dispose();
    rmSync(cacheDir, { recursive: true, force: true });

    const parts = { train: dataset.train, held: [dataset.validation, dataset.test] };
    const seeds = [1, 2, 3, 4];
    const run = async (rows: Map<string, Float32Array>) =>
      (await Promise.all(seeds.map((seed) => accuracies(rows, parts, suffix, seed)))).flat();
    const [inSingle, inHalf] = [await run(single), await run(half)];
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(inSingle)).toBeGreaterThan(0.4);
    // Seeds differ by far more: what is lost is less than their noise.
    expect(Math.abs(mean(inHalf) - mean(inSingle)), JSON.stringify({ inSingle, inHalf })).toBeLessThan(0.01);
    for (const [i, accuracy] of inHalf.entries())
      expect(Math.abs(accuracy - inSingle[i]!)).toBeLessThan(0.04);
  },
);
