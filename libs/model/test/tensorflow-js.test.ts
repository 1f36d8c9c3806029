import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '@thaw/base';
import type { Network } from '@thaw/compute';
import { describe, expect, it } from 'vitest';
import { hashWeights, loadTensorflowJsWeights, saveTensorflowJsModel } from '../src/index.ts';
import { readTensorflowJsFile } from '../src/formats/tensorflow-js-weights.ts';
import { randomWeights, temporaryFolder } from './fixtures.ts';

const network: Network = {
  input: { name: 'features', shape: [5] },
  layers: [
    { type: 'Dense', name: 'dense', inputs: ['features'], units: 3, activation: 'relu' },
    { type: 'Dense', name: 'predictions', inputs: ['dense'], units: 2, activation: 'softmax' },
  ],
};
const weights = randomWeights(network);

/** A model.json with one group of weights, and its shards. */
function writeModel(
  entries: object[],
  shards: Record<string, Uint8Array>,
  paths = Object.keys(shards),
): string {
  const folder = temporaryFolder();
  for (const [name, bytes] of Object.entries(shards)) writeFileSync(join(folder, name), bytes);
  const file = join(folder, 'model.json');
  writeFileSync(file, JSON.stringify({ weightsManifest: [{ paths, weights: entries }] }));
  return file;
}

const entry = (name: string, shape: number[], quantization?: object) => ({
  name,
  shape,
  dtype: 'float32',
  ...(quantization && { quantization }),
});

async function valuesOf(file: string): Promise<number[][]> {
  return (await readTensorflowJsFile(file)).weights.map(({ tensor }) => [...tensor.data]);
}

describe('TensorFlow.js files', () => {
  it('give back the weights that were saved', async () => {
    const folder = temporaryFolder();
    await saveTensorflowJsModel(folder, network, weights, {});
    const loaded = await loadTensorflowJsWeights(join(folder, 'model.json'), network);
    expect(hashWeights(loaded)).toBe(hashWeights(weights));
    expect(statSync(join(folder, 'weights.bin')).size).toBe(4 * (5 * 3 + 3 + 3 * 2 + 2));
  });

  it('carry the metadata', async () => {
    const folder = temporaryFolder();
    await saveTensorflowJsModel(folder, network, weights, { classes: ['a', 'b'] });
    const json = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')) as object;
    expect(json).toMatchObject({ format: 'layers-model', userDefinedMetadata: { classes: ['a', 'b'] } });
  });

  it('are not written when a weight is missing', async () => {
    const folder = temporaryFolder();
    const fewer = new Map([...weights].slice(1));
    await expect(saveTensorflowJsModel(folder, network, fewer, {})).rejects.toThrow(RangeError);
    expect(statSync(join(folder, 'weights.bin'), { throwIfNoEntry: false })).toBeUndefined();
  });

  it('may be quantised to 8 and 16 bits: value * scale + min', async () => {
    const file = writeModel(
      [
        entry('a/kernel', [3], { dtype: 'uint8', scale: 0.5, min: -1 }),
        entry('b/kernel', [2], { dtype: 'uint16', scale: 0.25, min: 2 }),
        entry('c/kernel', [1]),
      ],
      // 0, 2, 255; 1 and 65535 little-endian; 1.5 as float32, at an odd offset.
      { 'weights.bin': new Uint8Array([0, 2, 255, 1, 0, 255, 255, 0, 0, 0xc0, 0x3f]) },
    );
    expect(await valuesOf(file)).toEqual([[-1, 0, 126.5], [2.25, 16385.75], [1.5]]);
  });

  it('may be halved to float16', async () => {
    // IEEE 754 binary16: 1, -2, 65504 (largest), 2^-24 (smallest), 0, -0, infinity, NaN, 1/3 rounded.
    const bits = new Uint16Array([0x3c00, 0xc000, 0x7bff, 0x0001, 0, 0x8000, 0x7c00, 0x7e00, 0x3555]);
    const file = writeModel([entry('a/kernel', [9], { dtype: 'float16' })], {
      'weights.bin': new Uint8Array(bits.buffer),
    });
    expect(await valuesOf(file)).toEqual([[1, -2, 65504, 2 ** -24, 0, -0, Infinity, NaN, 0.333251953125]]);
  });

  it('may be cut into shards anywhere', async () => {
    const bytes = new Uint8Array(Float32Array.of(1, 2, 3).buffer);
    const file = writeModel([entry('a/kernel', [2]), entry('b/bias', [1])], {
      'group1-shard1of2.bin': bytes.subarray(0, 5),
      'group1-shard2of2.bin': bytes.subarray(5),
    });
    expect(await valuesOf(file)).toEqual([[1, 2], [3]]);
  });

  it('have a hash that changes with a shard', async () => {
    const hashes = [1, 1, 2].map(async (value) => {
      const bytes = new Uint8Array(Float32Array.of(value).buffer);
      const file = writeModel([entry('a/kernel', [1])], { 'weights.bin': bytes });
      return (await readTensorflowJsFile(file)).sha256;
    });
    const [one, same, other] = await Promise.all(hashes);
    expect(one).toBe(same);
    expect(one).not.toBe(other);
  });

  it.each(['../secret.bin', 'sub/../../secret.bin', '/etc/hostname', 'http://localhost/x', '..\\secret.bin'])(
    'must not name the shard %s outside their folder',
    async (path) => {
      const file = writeModel([entry('a/kernel', [1])], { 'weights.bin': new Uint8Array(4) }, [path]);
      const reading = readTensorflowJsFile(file);
      await expect(reading).rejects.toThrow(UserError);
      await expect(reading).rejects.toThrow(/outside its folder/);
    },
  );

  it.each([
    [
      'missing',
      () => writeModel([entry('a/kernel', [1])], {}, ['weights.bin']),
      /its shard weights.bin cannot be read/,
    ],
    [
      'short',
      () => writeModel([entry('a/kernel', [2])], { 'weights.bin': new Uint8Array(4) }),
      /are 4 bytes; its manifest asks for 8/,
    ],
    [
      'long',
      () => writeModel([entry('a/kernel', [1])], { 'weights.bin': new Uint8Array(8) }),
      /are 8 bytes; its manifest asks for 4/,
    ],
  ])('with a shard that is %s end in one message', async (_, write, message) => {
    const reading = readTensorflowJsFile(write());
    await expect(reading).rejects.toThrow(UserError);
    await expect(reading).rejects.toThrow(message);
  });

  it.each([
    ['{', /model.json is not JSON: /],
    ['{}', /not a TensorFlow.js model.json: weightsManifest: /],
    [
      '{"weightsManifest": [{"paths": [], "weights": [{"name": "a", "shape": [1], "dtype": "int32"}]}]}',
      /not a TensorFlow.js model.json: weightsManifest.0.weights.0.dtype: /,
    ],
  ])('that hold %s end in one message', async (text, message) => {
    const file = join(temporaryFolder(), 'model.json');
    writeFileSync(file, text);
    const reading = readTensorflowJsFile(file);
    await expect(reading).rejects.toThrow(UserError);
    await expect(reading).rejects.toThrow(message);
  });

  it('that are a folder or of another network end in one message', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'folder.json'));
    await expect(readTensorflowJsFile(join(folder, 'folder.json'))).rejects.toThrow(UserError);
    const file = writeModel([entry('dense/kernel', [1])], { 'weights.bin': new Uint8Array(4) });
    await expect(loadTensorflowJsWeights(file, network)).rejects.toThrow(
      /does not fit the network: dense\/kernel has shape \[1\], not \[5, 3\]; dense\/bias is missing;/,
    );
  });
});
