import { Random } from '@thaw/base';
import { describe, expect, test } from 'vitest';
import { decodeOnnx } from '../src/engines/onnx/decode-onnx.ts';
import { buildInferenceGraph } from '../src/engines/onnx/inference-graph.ts';
import { encodeOnnx, modelType } from '../src/engines/onnx/onnx-format.ts';
import { OnnxModel } from '../src/engines/onnx/onnx-model.ts';
import { reviseOnnx, type OnnxRevision } from '../src/engines/onnx/revise-onnx.ts';
import { tensor, type Tensor } from '../src/index.ts';
import { manySided, randomBatch, randomWeights, residual } from './networks.ts';

const weights = randomWeights(manySided, new Random('weights'));
const { inputs } = randomBatch(manySided, 3, new Random('batch'));
const outputs = { probabilities: 'predictions', map: 'wide_relu' };
const original = buildInferenceGraph(manySided, weights, { outputs, metadata: { run: 'r', labels: '[]' } });

const revised = (revision: Partial<OnnxRevision>) =>
  reviseOnnx(original, { batch: null, float16: false, scaling: null, metadata: {}, ...revision });

async function probabilitiesOf(bytes: Uint8Array, images: Tensor): Promise<Float32Array> {
  const model = await OnnxModel.open(bytes, { sharedCores: true });
  const [{ data }] = (await model.run(images, ['probabilities'])) as [Tensor];
  const values = data.slice();
  await model.dispose();
  return values;
}

test('a graph that is read and written again is the same file', () => {
  expect(Buffer.compare(encodeOnnx(decodeOnnx(original)), original)).toBe(0);
});

test('says the IR version that came with opset 17', () => {
  const decoded = modelType.toObject(modelType.decode(original), { longs: Number });
  expect(decoded).toMatchObject({ irVersion: 8, opsetImport: [{ version: 17 }] });
});

test('metadata are replaced key by key', () => {
  expect(decodeOnnx(revised({ metadata: { labels: '["a"]' } })).metadata).toEqual({
    run: 'r',
    labels: '["a"]',
  });
});

test('a fixed batch stands in the shapes of all inputs and outputs', () => {
  const { inputs: of, outputs: gives } = decodeOnnx(revised({ batch: 3 }));
  expect([...of, ...gives].map(({ shape }) => shape![0])).toEqual([3, 3, 3]);
});

test('half precision gives what single precision gives but for rounding, in half the bytes', async () => {
  const half = revised({ float16: true });
  const [plain, rounded] = await Promise.all([
    probabilitiesOf(original, inputs),
    probabilitiesOf(half, inputs),
  ]);
  const differences = plain.map((value, i) => Math.abs(value - rounded[i]!));
  expect(Math.max(...differences)).toBeLessThan(0.01);
  expect(Math.max(...differences)).toBeGreaterThan(0);
  const weightBytes = (bytes: Uint8Array) =>
    [...decodeOnnx(bytes).constants.values()].reduce((sum, constant) => sum + constant.bytes.length, 0);
  expect(weightBytes(half)).toBeLessThan(0.52 * weightBytes(original));
});

test('max pooling with zeros around values below zero can be written in half precision', async () => {
  const values = randomWeights(residual, new Random('weights'));
  const { inputs: images } = randomBatch(residual, 3, new Random('batch'));
  const plain = buildInferenceGraph(residual, values, { outputs: { probabilities: 'predictions' } });
  const half = reviseOnnx(plain, { batch: null, float16: true, scaling: null, metadata: {} });
  const expected = await probabilitiesOf(plain, images);
  (await probabilitiesOf(half, images)).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 2));
});

test('weights that half precision cannot hold are refused', () => {
  const huge = new Map(weights).set(
    'predictions/bias',
    tensor(
      weights.get('predictions/bias')!.shape,
      weights.get('predictions/bias')!.data.map(() => 65520),
    ),
  );
  expect(() =>
    reviseOnnx(buildInferenceGraph(manySided, huge), {
      batch: null,
      float16: true,
      scaling: null,
      metadata: {},
    }),
  ).toThrow(/values beyond 65,504/);
});

describe('pixels are scaled in the graph exactly as before it', () => {
  const pixels = tensor(
    inputs.shape,
    inputs.data.map((_, i) => (i * 7) % 256),
  );
  test.each([
    [
      'alike',
      { channels: 'RGB', divisor: 127.5, offset: -1 },
      (value: number) => value / 127.5,
      [-1, -1, -1],
    ],
    [
      'each by itself',
      { channels: 'RGB', divisor: [64, 32, 16], offset: [1, 2, 3] },
      (value: number, c: number) => value / [64, 32, 16][c]!,
      [1, 2, 3],
    ],
    [
      'in the order of BGR',
      { channels: 'BGR', divisor: 64, offset: [1, 2, 3] },
      (value: number) => value / 64,
      [1, 2, 3],
    ],
  ] as const)('colours %s', async (_, scaling, divided, offset) => {
    const source = (i: number) => (scaling.channels === 'RGB' ? i : i + 2 - 2 * (i % 3));
    const outside = tensor(
      inputs.shape,
      pixels.data.map((_, i) => Math.fround(divided(pixels.data[source(i)]!, i % 3)) + offset[i % 3]!),
    );
    const inside = revised({ scaling });
    expect(await probabilitiesOf(inside, pixels)).toEqual(await probabilitiesOf(original, outside));
  });
});
