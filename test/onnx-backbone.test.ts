import { copyFileSync, mkdtempSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createEngine } from '@thaw/compute';
import { settingsSchema } from '@thaw/experiment';
import { encodeOnnxModel, ensembleOf, saveTensorflowJsModel } from '@thaw/model';
import { Classifier, preprocessingOf } from '@thaw/serving';
import { loadNetworks, runTrial } from '@thaw/training';
import { expect, inject, test } from 'vitest';
import { writeMeans } from '@thaw/compute/testing';

const folder = mkdtempSync(join(inject('runFolder'), 'onnx-backbone-'));
const cacheDir = join(folder, 'cache');
const engine = createEngine('onnx');
const observer = { phase: () => undefined, batch: () => undefined, epoch: () => undefined };

/** Folders of kept rows, and how many files they have. */
function kept(): string[] {
  const root = join(cacheDir, 'activations');
  return readdirSync(root).map((name) => `${name} ${readdirSync(join(root, name)).length}`);
}

test('a trial behind an ONNX file trains its head, keeps rows by what the file holds, and becomes one ONNX file', async () => {
  const file = join(folder, 'net.onnx') as `${string}.onnx`;
  writeMeans(file, { layout: 'NHWC', batch: 4, map: true });
  const settingsFor = (backbone: string) =>
    settingsSchema.parse({
      dataset: { train_sources_per_class: 2, test_sources_per_class: 1, images_per_source: 4 },
      model: {
        backbone,
        image_size: 32,
        input: { mean: 0.5, std: 0.5 },
        head_units: 8,
        head_batch_norm: true,
      },
      training: { epochs: 3, learning_rate: 0.05 },
    });
  const settings = settingsFor(file);
  const result = await runTrial(settings, { engine, cacheDir, observer });
  expect(result.weightsOrigin).toBe('net.onnx');
  const before = kept();

  const copy = join(folder, 'copy.onnx');
  copyFileSync(file, copy);
  const again = await runTrial(settingsFor(copy), { engine, cacheDir, observer });
  expect(again.predictions).toEqual(result.predictions);
  expect(kept()).toEqual(before);

  const modelFolder = join(folder, 'model');
  expect(result.networks.map(({ network }) => network.input.shape)).toEqual([[6]]);
  for (const { network, weights } of result.networks)
    await saveTensorflowJsModel(modelFolder, network, weights, {});
  const from = { folder: modelFolder, folds: null, sha256: result.weightsSha256 };
  const { prefix, suffix, frozen, members } = await loadNetworks(settings, result.classes.length, from);
  const { network, weights } = ensembleOf({ prefix, suffix }, frozen, members);
  const preprocessing = preprocessingOf(settings, network);
  expect(preprocessing).toMatchObject({
    input: { batch: 4 },
    normalize: { divisor: 1, offset: 0 },
    tensorflow_js: 'head',
  });
  const classifier = await Classifier.open(encodeOnnxModel(network, weights, {}), preprocessing);
  for (const [i, { path }] of result.dataset.test.entries()) {
    const pixels = await classifier.pixels(await readFile(path), { bytes: Infinity, pixels: Infinity });
    const [seen] = await classifier.see(classifier.batch([pixels]));
    result.predictions.test[i]!.probabilities.forEach((each, k) =>
      expect(seen!.probabilities[k]).toBeCloseTo(each, 5),
    );
    expect(seen!.featureMap!.shape).toEqual([32, 32, 6]);
  }
  await classifier.dispose();

  writeMeans(file, { layout: 'NHWC', batch: 1, map: true });
  await expect(loadNetworks(settings, result.classes.length, from)).rejects.toThrow(
    /net.onnx is not what training started from before: its SHA-256 was/,
  );
});
