import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Random } from '@thaw/base';
import { OnnxModel, tensor } from '@thaw/compute';
import { expect, test } from 'vitest';
import { openBrowserModel, type WasmFile } from '../src/browser/index.ts';
import {
  buildModel,
  encodeOnnxModel,
  initializeWeights,
  onnxOutputs,
  saveTensorflowJsModel,
} from '../src/index.ts';
import { modelSettings, temporaryFolder } from './fixtures.ts';

const wasmFolder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
const wasmFiles = Object.fromEntries(
  ['', '-simd', '-threaded-simd'].map((kind) => {
    const name = `tfjs-backend-wasm${kind}.wasm`;
    return [name, join(wasmFolder, name)];
  }),
) as Record<WasmFile, string>;

test('a model in the browser gives what its ONNX file gives, with the head between features and probabilities', async () => {
  const folder = temporaryFolder();
  const { network } = buildModel(modelSettings({ alpha: 0.35, image_size: 32, head_units: 4 }), 3);
  const weights = initializeWeights(
    network,
    new Random('browser'),
    network.layers.map(({ name }) => name),
  );
  await saveTensorflowJsModel(folder, network, weights, {});
  const server = createServer((request, response) => {
    response.end(readFileSync(join(folder, basename(request.url!))));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/model.json`;
  const model = await openBrowserModel(url, wasmFiles);
  const onnx = await OnnxModel.open(encodeOnnxModel(network, weights, {}), { sharedCores: true });
  const inputs = tensor([2, 32, 32, 3]);
  const random = new Random('pixels');
  inputs.data.forEach((_, i) => (inputs.data[i] = random.uniform(-1, 1)));
  const expected = await onnx.run(inputs, onnxOutputs);
  const found = await model.run(inputs);
  for (const [i, { shape, data }] of expected.entries()) {
    expect(found[i]!.shape).toEqual(shape);
    data.forEach((value, k) => expect(found[i]!.data[k]).toBeCloseTo(value, 4));
  }
  expect(model.head.map(({ kernel, activation }) => [kernel.shape, activation])).toEqual([
    [[1280, 4], 'relu'],
    [[4, 3], 'softmax'],
  ]);
  model.dispose();
  await onnx.dispose();
  server.close();
});
