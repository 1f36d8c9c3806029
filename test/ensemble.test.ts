import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { Random } from '@thaw/base';
import { formulaWeight } from '@thaw/base/testing';
import { createEngine, OnnxModel, tensor, type Network, type Tensor, type Weights } from '@thaw/compute';
import { settingsSchema } from '@thaw/experiment';
import {
  buildModel,
  cutNetwork,
  encodeOnnxModel,
  ensembleOf,
  saveTensorflowJsModel,
  weightShapes,
} from '@thaw/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const size = 32;
const folder = mkdtempSync(join(tmpdir(), 'thaw-ensemble-'));
beforeAll(async () => {
  await tf.setBackend('cpu');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const random = new Random('ensemble');
const images = tensor([2, size, size, 3]);
images.data.forEach((_, i) => (images.data[i] = random.uniform(-1, 1)));

async function byTensorflowJs(network: Network, weights: Weights): Promise<number[]> {
  const place = mkdtempSync(join(folder, 'model-'));
  await saveTensorflowJsModel(place, network, weights, {});
  const json = JSON.parse(await readFile(join(place, 'model.json'), 'utf8')) as tf.io.ModelJSON;
  const bytes = await readFile(join(place, 'weights.bin'));
  const model = await tf.loadLayersModel({
    load: () =>
      tf.io.getModelArtifactsForJSON(json, (manifest) =>
        Promise.resolve([manifest[0]!.weights, new Uint8Array(bytes).buffer]),
      ),
  });
  return tf.tidy(() => [
    ...(model.predict(tf.tensor4d(images.data, [2, size, size, 3])) as tf.Tensor).dataSync(),
  ]);
}

async function byOnnx(network: Network, weights: Weights): Promise<Tensor[]> {
  const model = await OnnxModel.open(encodeOnnxModel(network, weights, {}), { sharedCores: true });
  try {
    return await model.run(images, ['probabilities', 'features']);
  } finally {
    await model.dispose();
  }
}

describe.each(['feature_extraction', 'partial_unfreeze', 'from_scratch'] as const)(
  "an ensemble of folds' networks of %s",
  (scenario) => {
    const { model } = settingsSchema.parse({
      model: { alpha: 0.35, image_size: size, head_units: 4, scenario },
    });
    const { exported, trainable } = buildModel(model, 3);
    const cut = cutNetwork(exported, trainable);
    const draw = (network: Network, key: string) =>
      new Map(
        [...weightShapes(network)].map(([name, shape]) => [
          name,
          tensor(shape, formulaWeight(`${key}_${name}`, shape)),
        ]),
      );
    const frozen = cut.prefix ? draw(cut.prefix, 'frozen') : new Map<string, Tensor>();
    const members = ['a', 'b', 'c'].map((key) => draw(cut.suffix, key));
    const { network, weights } = ensembleOf(cut, frozen, members);

    it('gives the mean of what each says, in ONNX, in TensorFlow.js and in the engine', async () => {
      const singles = await Promise.all(members.map((own) => byOnnx(exported, new Map([...frozen, ...own]))));
      const expected = Float64Array.from(singles[0]![0]!.data, (_, i) => {
        return singles.reduce((sum, [probabilities]) => sum + probabilities!.data[i]!, 0) / members.length;
      });
      const spread = Math.max(...expected.map((value, i) => Math.abs(value - singles[0]![0]!.data[i]!)));
      expect(spread).toBeGreaterThan(1e-3);
      const [probabilities, features] = await byOnnx(network, weights);
      expect(furthest(probabilities!.data, expected)).toBeLessThan(1e-6);
      expect(furthest(features!.data, singles[0]![1]!.data)).toBeLessThan(1e-4);
      expect(furthest(await byTensorflowJs(network, weights), expected)).toBeLessThan(1e-5);
      const predictor = await createEngine('tensorflow').predictor(network, weights);
      expect(furthest((await predictor.predict(images)).data, expected)).toBeLessThan(1e-5);
      await predictor.dispose();
    });
  },
);

function furthest(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(found).toHaveLength(expected.length);
  return Array.from(found).reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0);
}
