import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipInMemory } from '@thaw/base';
import { createEngine, tensor, type Layer, type Network, type Weights } from '@thaw/compute';
import { File, ready } from 'h5wasm/node';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  encodeKerasArchive,
  encodeKerasHdf5,
  hashWeights,
  kerasArchiveFiles,
  readSavedModel,
  withPixelInput,
} from '../src/index.ts';
import { inKerasOrder } from '../src/formats/keras/layer-order.ts';
import { snakeCase } from '../src/formats/keras/snake-case.ts';
import { saveTensorflowJsModel } from '../src/formats/tensorflow-js.ts';
import { loadWeightsFile } from '../src/weights/load-weights-file.ts';
import { matchWeights } from '../src/weights/match-weights.ts';
import { randomWeights, temporaryFolder } from './fixtures.ts';

const dense = (name: string, from: string, activation: 'relu' | 'softmax' = 'softmax'): Layer => ({
  ...{ type: 'Dense', name, inputs: [from], units: 3, activation },
});

/** A small network with every kind of layer that has weights, and the mean of two heads, of which one is deeper. */
const network: Network = {
  input: { name: 'input_1', shape: [8, 8, 3] },
  layers: [
    {
      ...{ type: 'Conv2D', name: 'Conv1', inputs: ['input_1'], filters: 4, kernelSize: 3 },
      ...{ strides: 2, padding: 'same', useBias: false },
    },
    { type: 'BatchNormalization', name: 'bn_Conv1', inputs: ['Conv1'], epsilon: 1e-3, momentum: 0.999 },
    { type: 'ReLU', name: 'Conv1_relu', inputs: ['bn_Conv1'], maxValue: 6 },
    {
      ...{ type: 'DepthwiseConv2D', name: 'depthwise', inputs: ['Conv1_relu'], filters: 4, kernelSize: 3 },
      ...{ strides: 1, padding: 'same', useBias: true },
    },
    { type: 'GlobalAveragePooling2D', name: 'pool', inputs: ['depthwise'] },
    dense('fold_1_dense', 'pool', 'relu'),
    dense('fold_1_predictions', 'fold_1_dense'),
    dense('fold_2_predictions', 'pool'),
    { type: 'Average', name: 'mean_of_folds', inputs: ['fold_1_predictions', 'fold_2_predictions'] },
  ],
};
const weights = new Map(
  [...randomWeights(network)].map(([name, { shape, data }]) => [
    name,
    name.endsWith('variance') ? tensor(shape, data.map(Math.abs)) : tensor(shape, data),
  ]),
);
const names = new Set(network.layers.map(({ name }) => name));

async function savedModel() {
  const folder = temporaryFolder();
  await saveTensorflowJsModel(folder, network, weights, {});
  return readSavedModel(join(folder, 'model.json'));
}

/** Writes bytes, reads them as a user's own weights are read, and predicts one batch. */
async function predictionsOf(bytes: Uint8Array, name: string): Promise<Float32Array> {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, bytes);
  const found = matchWeights((await loadWeightsFile(file)).weights, network, names);
  expect(found.problems).toEqual([]);
  return predict(found.weights);
}

async function predict(of: Weights): Promise<Float32Array> {
  const engine = await createEngine('onnx');
  const predictor = await engine.predictor(network, of);
  const inputs = tensor(
    [2, 8, 8, 3],
    Float32Array.from({ length: 384 }, (_, i) => Math.sin(i)),
  );
  const { data } = await predictor.predict(inputs);
  const values = data.slice();
  await predictor.dispose();
  return values;
}

describe("Keras's files of a model", () => {
  let model: Awaited<ReturnType<typeof savedModel>>;
  let expected: Float32Array;
  let hdf5: Uint8Array;
  beforeAll(async () => {
    model = await savedModel();
    hdf5 = await encodeKerasHdf5(model, { labels: ['a', 'é'] });
    expected = await predict(weights);
  });

  test('model.h5 read back predicts the same', async () => {
    expect(await predictionsOf(hdf5, 'model.h5')).toEqual(expected);
  });

  test('model.keras read back predicts the same, also where layers of a kind stand in several branches', async () => {
    const saved = new Date('2026-01-02T03:04:06Z');
    const files = await unzipInMemory(await encodeKerasArchive(model, { notes: { run: 'r' }, saved }), 'x');
    expect([...files.keys()]).toEqual(['metadata.json', 'config.json', 'model.weights.h5']);
    const json = (name: string) => JSON.parse(files.get(name)!.toString()) as object;
    expect(json('metadata.json')).toEqual({
      ...{ keras_version: '2.15.0', date_saved: '2026-01-02@03:04:06', thaw: { run: 'r' } },
    });
    const { config, ...outermost } = json('config.json') as {
      config: { layers: object[]; output_layers: unknown[] };
    };
    expect(outermost).toMatchObject({
      ...{ class_name: 'Functional', registered_name: 'Functional', module: 'keras.src.models.functional' },
    });
    expect(config.output_layers).toEqual(['mean_of_folds', 0, 0]);
    expect(config.layers[1]).toMatchObject({ module: 'keras.layers', class_name: 'Conv2D', name: 'Conv1' });
    expect(await predictionsOf(files.get('model.weights.h5')!, 'model.weights.h5')).toEqual(expected);
  });

  test('model.h5 describes the network and lists its layers as Keras does', async () => {
    const file = join(temporaryFolder(), 'model.h5');
    writeFileSync(file, hdf5);
    await ready;
    const opened = new File(file, 'r');
    const attribute = (name: string, at = '/') => {
      const entity = opened.get(at) as typeof opened;
      return entity.attrs[name]!.value as string & string[];
    };
    const { class_name, config } = model.topology.model_config;
    expect(JSON.parse(attribute('model_config'))).toEqual({
      class_name,
      config: { ...config, input_layers: ['input_1', 0, 0], output_layers: ['mean_of_folds', 0, 0] },
    });
    expect(JSON.parse(attribute('thaw'))).toEqual({ labels: ['a', 'é'] });
    expect([...attribute('layer_names', 'model_weights')].slice(4)).toEqual([
      ...['depthwise', 'pool', 'fold_1_dense', 'fold_1_predictions', 'fold_2_predictions', 'mean_of_folds'],
    ]);
    expect([...attribute('weight_names', 'model_weights/depthwise')]).toEqual([
      ...['depthwise/depthwise_kernel', 'depthwise/bias'],
    ]);
    expect([...attribute('weight_names', 'model_weights/pool')]).toEqual([]);
    opened.close();
  });

  test('pixels are scaled by a first layer', () => {
    const { topology } = withPixelInput(model, { channels: 'RGB', divisor: 127.5, offset: -1 });
    const { layers } = topology.model_config.config;
    expect(layers[1]).toMatchObject({
      ...{ class_name: 'Rescaling', config: { scale: 1 / 127.5, offset: -1 } },
      inbound_nodes: [[['input_1', 0, 0, {}]]],
    });
    expect(layers[2]).toMatchObject({ name: 'Conv1', inbound_nodes: [[['rescaling', 0, 0, {}]]] });
    expect(layers[3]).toMatchObject({ name: 'bn_Conv1', inbound_nodes: [[['Conv1', 0, 0, {}]]] });
  });

  test('colours change places and are scaled each by itself by a convolution in front', () => {
    const scaling = { channels: 'BGR', divisor: [2, 4, 8], offset: [1, 2, 3] } as const;
    const { topology, weights } = withPixelInput(model, scaling);
    const { layers } = topology.model_config.config;
    expect(layers[1]).toMatchObject({
      ...{
        class_name: 'Conv2D',
        name: 'rescaling',
        config: { kernel_size: [1, 1], filters: 3, trainable: false },
      },
      inbound_nodes: [[['input_1', 0, 0, {}]]],
    });
    expect(layers[2]).toMatchObject({ name: 'Conv1', inbound_nodes: [[['rescaling', 0, 0, {}]]] });
    const [kernel, bias] = weights;
    expect(kernel).toMatchObject({ name: 'rescaling/kernel', tensor: { shape: [1, 1, 3, 3] } });
    // Rows are red, green and blue, columns what the network calls its channels.
    expect([...kernel!.tensor.data]).toEqual([0, 0, 1 / 8, 0, 1 / 4, 0, 1 / 2, 0, 0]);
    expect(bias).toMatchObject({ name: 'rescaling/bias', tensor: { data: new Float32Array([1, 2, 3]) } });
  });
});

test('a Normalization stays one, as another layer would go by the batch once Keras trains the model on', async () => {
  const standardized: Network = {
    input: network.input,
    layers: [
      { type: 'Normalization', name: 'normalization', inputs: ['input_1'] },
      { ...network.layers[0]!, inputs: ['normalization'] },
      ...network.layers.slice(1),
    ],
  };
  const values = randomWeights(standardized);
  const folder = temporaryFolder();
  await saveTensorflowJsModel(folder, standardized, values, {});
  const model = await readSavedModel(join(folder, 'model.json'));
  expect(model.topology.model_config.config.layers[1]).toMatchObject({
    ...{ class_name: 'BatchNormalization', config: { trainable: false } },
  });
  const files = await kerasArchiveFiles(model, { notes: {}, saved: new Date(0) });
  const { config } = JSON.parse(files.get('config.json')!.toString()) as { config: { layers: object[] } };
  expect(config.layers[1]).toMatchObject({ class_name: 'Normalization', name: 'normalization' });
  files.set('model.h5', await encodeKerasHdf5(model, {}));
  for (const name of ['model.weights.h5', 'model.h5']) {
    const file = join(folder, name);
    writeFileSync(file, files.get(name)!);
    const all = new Set(standardized.layers.map((layer) => layer.name));
    const found = matchWeights((await loadWeightsFile(file)).weights, standardized, all);
    expect(found.problems).toEqual([]);
    expect(hashWeights(found.weights)).toBe(hashWeights(values));
  }
});

test.each([
  ['Conv2D', 'conv2d'],
  ['DepthwiseConv2D', 'depthwise_conv2d'],
  ['BatchNormalization', 'batch_normalization'],
  ['ReLU', 're_lu'],
  ['GlobalAveragePooling2D', 'global_average_pooling2d'],
])('a %s is a %s, as Keras 3.15 names it', (name, snake) => expect(snakeCase(name)).toBe(snake));

/** Keras 3.15's `[layer.name for layer in model.layers]` of models that were put together in another order. */
test.each([
  [
    'a short branch first',
    { s: ['in'], a: ['in'], b: ['a'], c: ['b'], out: ['s', 'c'] },
    ['in', 'a', 'b', 's', 'c', 'out'],
  ],
  [
    'parallel ones by the order of the inputs',
    { y: ['in'], x: ['in'], out: ['x', 'y'] },
    ['in', 'x', 'y', 'out'],
  ],
  ['what leads nowhere left out', { a: ['in'], dead: ['a'], out: ['a'] }, ['in', 'a', 'out']],
])('the order of model.layers: %s', (_, graph: Record<string, string[]>, order) => {
  const layers = Object.entries({ in: [], ...graph }).map(([name, inputs]) => ({ name, inputs }));
  expect(inKerasOrder(layers, 'out').map(({ name }) => name)).toEqual(order);
});
