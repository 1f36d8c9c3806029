import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { tensor, type Network, type Tensor } from '@thaw/compute';
import { settingsSchema } from '@thaw/experiment';
import {
  backbones,
  buildModel,
  hashWeights,
  loadTensorflowJsWeights,
  saveTensorflowJsModel,
  weightShapes,
} from '@thaw/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formulaUniform, formulaWeight } from '@thaw/base/testing';

/** Made with Keras by golden/make_mobilenet_v2_output.py. */
const golden = JSON.parse(
  readFileSync(new URL('golden/mobilenet-v2-output.json', import.meta.url), 'utf8'),
) as {
  alpha: number;
  size: number;
  head_units: number;
  classes: number;
  features: string;
  probabilities: number[][];
};
const { alpha, size } = golden;
const settings = settingsSchema.parse({
  model: { alpha, image_size: size, head_units: golden.head_units },
});
const { network } = buildModel(settings.model, golden.classes);
const backbone = backbones.mobilenet_v2.network({ alpha, imageSize: size });

function formulaWeights(network: Network): Map<string, Tensor> {
  const shapes = [...weightShapes(network)];
  return new Map(shapes.map(([name, shape]) => [name, tensor(shape, formulaWeight(name, shape))]));
}

const root = mkdtempSync(join(tmpdir(), 'thaw-tensorflow-js-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});

async function save(network: Network): Promise<string> {
  const folder = mkdtempSync(join(root, 'model-'));
  await saveTensorflowJsModel(folder, network, formulaWeights(network), { classes: ['a', 'b', 'c', 'd'] });
  return folder;
}

/** What @tensorflow/tfjs alone makes of a saved model; plain TensorFlow.js has no handler for files. */
async function predict(folder: string): Promise<number[]> {
  const file = join(folder, 'model.json');
  const json = JSON.parse(await readFile(file, 'utf8')) as tf.io.ModelJSON;
  const model = await tf.loadLayersModel({
    load: () =>
      tf.io.getModelArtifactsForJSON(json, async (manifest) => {
        const bytes = await readFile(join(folder, manifest[0]!.paths[0]!));
        return [manifest[0]!.weights, new Uint8Array(bytes).buffer];
      }),
  });
  expect(model.getUserDefinedMetadata()).toEqual({ classes: ['a', 'b', 'c', 'd'] });
  const images = golden.probabilities.length;
  const values = formulaUniform('images', images * size * size * 3).map((value) => value * 2 - 1);
  return tf.tidy(() => {
    const output = model.predict(tf.tensor4d(Float32Array.from(values), [images, size, size, 3]));
    return [...(output as tf.Tensor).dataSync()];
  });
}

function expectClose(found: readonly number[], expected: readonly number[], tolerance: number) {
  expect(found).toHaveLength(expected.length);
  const furthest = Math.max(...found.map((value, index) => Math.abs(value - expected[index]!)));
  expect(furthest).toBeLessThan(tolerance);
}

describe('a saved TensorFlow.js model', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it('opens in plain TensorFlow.js and predicts what Keras predicts', async () => {
    expectClose(await predict(await save(network)), golden.probabilities.flat(), 1e-5);
  });

  it('computes the features that Keras computes', async () => {
    const features = golden.features.split(' ').map(Number);
    expectClose(await predict(await save(backbone)), features, 1e-5);
  });

  it('gives back the weights that were saved', async () => {
    const folder = await save(network);
    const weights = await loadTensorflowJsWeights(join(folder, 'model.json'), network);
    expect(hashWeights(weights)).toBe(hashWeights(formulaWeights(network)));
  });
});
