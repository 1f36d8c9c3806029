import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { UserError } from '@thaw/base';
import type { Network } from '@thaw/compute';
import { File, ready } from 'h5wasm/node';
import { describe, expect, it } from 'vitest';
import { hashWeights, weightShapes } from '../src/index.ts';
import { readKerasHdf5 } from '../src/weights/keras-hdf5.ts';
import { matchWeights } from '../src/weights/match-weights.ts';
import { makeGroups, randomWeights, temporaryFolder, writeKerasHdf5, type KerasLayout } from './fixtures.ts';

/** One layer of 256 ones as h5py 3.14 writes it by `compression='lzf'`, a filter of its own; the file in gzip. */
const compressedByLzf =
  'H4sIAAAAAAACA+2Yy04CMRSGe6YDTFAiJBIuG0nY+BbECMjCiFEX7JTFeInIAk1EEyNLfAMfwcdg6dKlS3ySsZdThqmSeI1GzxeS' +
  'tqenp83M3yH5bxrVeipZTDKJ5zGXpdk0AZItR8dmfg9bwHaI7Z1j4lzN5TGexvolrsd9jO9s1WoyO7Aw+7TiuvUY8R9p1FY2lQ4m' +
  'OtLcO9G8tqXHxif3zeBOtq7n8SQgeotC3Z32hd/b7bZP/FMVL4A+Y3pyFq1cAIicL9J6YX/WvTGBt96bYYHuDd2bl/eGxaN5x36v' +
  '63e+7t5sbzSrIKoZ3d3yqN5HOB7H6B39JGurzXWYEob9XTLfU8eSjdGLYbRAz5IgCIIgCIIgCIIgfivG37T9mNDfTCl/89w/Ojg8' +
  'Cw3O9/qb8TBFeQkgIjCVAGhsmvV2AS7mZTdTWmKuipRYzmO5a0yLieJy3uGOWjHHlrWPaupcecpT7Vzuq6GsEQPsqKPp/bnjPBTD' +
  'rd3wSbW+9T3Yflk/T9r8CNIPh1f88OysBWVrjHpx6VESBEEQxJ9F/M8PKmwc8KcgIX+PCRhUngFVgxT3FSMAAA==';

const network: Network = {
  input: { name: 'input', shape: [8, 8, 3] },
  layers: [
    {
      type: 'Conv2D',
      name: 'Conv1',
      inputs: ['input'],
      filters: 4,
      kernelSize: 3,
      strides: 2,
      padding: 'same',
      useBias: false,
    },
    { type: 'BatchNormalization', name: 'bn_Conv1', inputs: ['Conv1'], epsilon: 1e-3, momentum: 0.999 },
    {
      type: 'DepthwiseConv2D',
      name: 'depthwise',
      inputs: ['bn_Conv1'],
      filters: 4,
      kernelSize: 3,
      strides: 1,
      padding: 'same',
      useBias: false,
    },
    {
      type: 'Conv2D',
      name: 'project',
      inputs: ['depthwise'],
      filters: 2,
      kernelSize: 1,
      strides: 1,
      padding: 'same',
      useBias: true,
    },
    { type: 'BatchNormalization', name: 'bn_project', inputs: ['project'], epsilon: 1e-3, momentum: 0.999 },
  ],
};
const weights = randomWeights(network);
const layers = new Set(network.layers.map((layer) => layer.name));
const file = () => join(temporaryFolder(), 'weights.h5');

async function readBack(path: string) {
  const matched = matchWeights(await readKerasHdf5(path), network, layers);
  expect(matched.problems).toEqual([]);
  return hashWeights(matched.weights);
}

describe('a Keras HDF5 file', () => {
  it.each<[string, KerasLayout]>([
    ['Keras 2’s save_weights', {}],
    ['Keras 2’s save', { root: 'model_weights' }],
    [
      'Keras 3’s save_weights',
      { weightName: (layer, weight) => `${layer}/${weight.replace('depthwise_', '')}` },
    ],
    ['a model inside a model', { weightName: (layer, weight) => `backbone/${layer}/${weight}:0` }],
    ['other names of layers', { layerName: (_, index) => `mobl_${index}` }],
    [
      'some other names of layers',
      { layerName: (layer) => (layer.startsWith('bn') ? `${layer}_bn` : layer) },
    ],
  ])('gives back the weights in the form of %s', async (_, layout) => {
    const path = file();
    await writeKerasHdf5(path, weights, layout);
    expect(await readBack(path)).toBe(hashWeights(weights));
  });

  it('gives back the weights in the form of Keras 3’s .weights.h5, which has no names', async () => {
    const path = file();
    const places: Record<string, string> = {
      Conv1: 'conv2d',
      bn_Conv1: 'batch_normalization',
      depthwise: 'depthwise_conv2d',
      project: 'conv2d_1',
      bn_project: 'batch_normalization_1',
    };
    await ready;
    const hdf5 = new File(path, 'w');
    for (const layer of layers) {
      const group = makeGroups(hdf5, ['layers', 'functional', 'layers', places[layer]!, 'vars']);
      const own = [...weights].filter(([name]) => name.startsWith(`${layer}/`));
      for (const [index, [, { shape, data }]] of own.entries()) {
        group.create_dataset({ name: String(index), data, shape: [...shape] });
      }
    }
    hdf5.close();
    expect(await readBack(path)).toBe(hashWeights(weights));
  });

  it('gives back names that Keras had to split over several attributes', async () => {
    const path = file();
    await writeKerasHdf5(path, weights);
    const hdf5 = new File(path, 'a');
    hdf5.delete_attribute('layer_names');
    const names = [...layers];
    hdf5.create_attribute('layer_names0', names.slice(0, 2));
    hdf5.create_attribute('layer_names1', names.slice(2));
    hdf5.close();
    expect(await readBack(path)).toBe(hashWeights(weights));
  });

  it('may hold more than the network needs', async () => {
    const path = file();
    const head: Network = {
      input: { name: 'features', shape: [2] },
      layers: [{ type: 'Dense', name: 'logits', inputs: ['features'], units: 3, activation: 'softmax' }],
    };
    await writeKerasHdf5(path, new Map([...weights, ...randomWeights(head)]));
    expect(await readBack(path)).toBe(hashWeights(weights));
  });

  it('is found short of weights and wrong in shapes', async () => {
    const path = file();
    const broken = new Map(weights);
    broken.delete('project/bias');
    broken.set('Conv1/kernel', { shape: [3, 3, 4, 3], data: weights.get('Conv1/kernel')!.data });
    await writeKerasHdf5(path, broken);
    expect(matchWeights(await readKerasHdf5(path), network, layers).problems).toEqual([
      'Conv1/kernel has shape [3, 3, 4, 3], not [3, 3, 3, 4]',
      'project/bias is missing',
    ]);
  });

  it('is not matched by position when it has another number of weights', async () => {
    const path = file();
    const fewer = new Map([...weights].slice(0, -1));
    await writeKerasHdf5(path, fewer, { layerName: (_, index) => `mobl_${index}` });
    const { problems } = matchWeights(await readKerasHdf5(path), network, layers);
    expect(problems).toHaveLength(weightShapes(network).size);
  });

  const whole = file();
  const content = async () => {
    await writeKerasHdf5(whole, weights);
    return readFileSync(whole);
  };
  it.each<[string, () => Promise<Uint8Array>, RegExp]>([
    ['text', async () => new TextEncoder().encode('no weights'), /Keras HDF5 file: Not an HDF5 file$/],
    ['nothing', async () => new Uint8Array(), /Keras HDF5 file: Not an HDF5 file$/],
    [
      'half a file',
      async () => (await content()).subarray(0, 3000),
      /Keras HDF5 file: File has been truncated$/,
    ],
  ])('that is %s ends in one message', async (_, bytes, message) => {
    const path = file();
    writeFileSync(path, await bytes());
    await expect(readKerasHdf5(path)).rejects.toThrow(UserError);
    await expect(readKerasHdf5(path)).rejects.toThrow(message);
  });

  it('of another program ends in one message', async () => {
    const path = file();
    await ready;
    const hdf5 = new File(path, 'w');
    hdf5.create_dataset({ name: 'table', data: new Float32Array(4) });
    hdf5.close();
    await expect(readKerasHdf5(path)).rejects.toThrow(/is an HDF5 file without Keras weights/);
  });

  it('compressed by a filter that is not built in ends in one message', async () => {
    const path = file();
    writeFileSync(path, gunzipSync(Buffer.from(compressedByLzf, 'base64')));
    await expect(readKerasHdf5(path)).rejects.toThrow(
      /HDF5 file: its data is compressed by lzf; allowed: gzip or none$/,
    );
  });

  it('that lists a layer it does not have ends in one message', async () => {
    const path = file();
    await ready;
    const hdf5 = new File(path, 'w');
    hdf5.create_attribute('layer_names', ['Conv1']);
    hdf5.close();
    await expect(readKerasHdf5(path)).rejects.toThrow(/Keras HDF5 file: the group Conv1 is missing$/);
  });
});
