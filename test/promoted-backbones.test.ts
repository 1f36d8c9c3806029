import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { formulaUniform } from '@thaw/base/testing';
import { OnnxModel, reviseOnnx, tensor } from '@thaw/compute';
import { settingsSchema } from '@thaw/experiment';
import {
  backboneOf,
  buildModel,
  encodeOnnxModel,
  hashWeights,
  loadTensorflowJsWeights,
  saveTensorflowJsModel,
} from '@thaw/model';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backboneFormulaWeights } from './support/backbone-formula-weights.ts';

const root = mkdtempSync(join(tmpdir(), 'thaw-promoted-'));
beforeAll(async () => {
  await tf.setBackend('cpu');
});
afterAll(() => rm(root, { recursive: true }));

test.each(['efficientnet_b0', 'mobilenet_v3_small', 'resnet50', 'densenet121'])(
  'the files of %s say the same in ONNX Runtime, also in half precision, and in plain TensorFlow.js, and give its weights back',
  async (name) => {
    const size = 32;
    const { model } = settingsSchema.parse({
      model: { backbone: name, image_size: size, head_units: 8 },
    });
    const { network } = buildModel(model, 4);
    const weights = backboneFormulaWeights(network);
    const folder = join(root, name);
    await saveTensorflowJsModel(folder, network, weights, {});
    const json = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')) as tf.io.ModelJSON;
    const bytes = new Uint8Array(readFileSync(join(folder, 'weights.bin'))).buffer;
    const inBrowser = await tf.loadLayersModel({
      load: () =>
        tf.io.getModelArtifactsForJSON(json, (manifest) => Promise.resolve([manifest[0]!.weights, bytes])),
    });
    const pixels = Uint8Array.from(formulaUniform('images', 2 * size * size * 3), (u) => Math.floor(u * 256));
    const inputs = tensor([2, size, size, 3], backboneOf({ backbone: name }).preprocess(pixels));
    const given = tf.tidy(() => {
      const output = inBrowser.predict(tf.tensor4d(inputs.data, [2, size, size, 3])) as tf.Tensor;
      return [...output.dataSync()];
    });
    const file = encodeOnnxModel(network, weights, {});
    const onnx = await OnnxModel.open(file, { sharedCores: true });
    const [probabilities, features] = await onnx.run(inputs, ['probabilities', 'features']);
    await onnx.dispose();
    const halves = reviseOnnx(file, { batch: null, float16: true, scaling: null, metadata: {} });
    const rounded = await OnnxModel.open(halves, { sharedCores: true });
    const [near] = await rounded.run(inputs, ['probabilities']);
    await rounded.dispose();
    near!.data.forEach((value, i) => expect(value).toBeCloseTo(probabilities!.data[i]!, 2));
    expect(features!.shape).toEqual([2, weights.get('dense/kernel')!.shape[0]]);
    const furthest = Math.max(...given.map((value, i) => Math.abs(value - probabilities!.data[i]!)));
    expect(given).toHaveLength(8);
    expect(Math.max(...given) - Math.min(...given)).toBeGreaterThan(1e-3);
    expect(furthest).toBeLessThan(1e-5);
    const back = await loadTensorflowJsWeights(join(folder, 'model.json'), network);
    expect(hashWeights(back)).toBe(hashWeights(weights));
  },
);
