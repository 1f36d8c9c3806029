import { Random } from '@thaw/base';
import { describe, expect, test } from 'vitest';
import { GraphBuilder } from '../src/engines/onnx/graph-builder.ts';
import { chooseLayout, portableLayout } from '../src/engines/onnx/layouts/choose-layout.ts';
import { OnnxEngine } from '../src/engines/onnx/onnx-engine.ts';
import { paysByTiles } from '../src/engines/onnx/tiled-convolution.ts';
import { planSteps } from '../src/engines/plan-steps.ts';
import type { ConvStep } from '../src/engines/steps.ts';
import type { Network } from '../src/network.ts';
import { sgd } from '../src/optimizer.ts';
import { conv, head, norm, randomBatch, randomWeights, relu } from './networks.ts';

const batch = 4;
/** Of sides that tiles do not fill, with and without zeros around the image, a residual, and a kernel that trains by itself. */
const network = (rectified: boolean): Network => ({
  input: { name: 'image', shape: [10, 11, 128] },
  layers: [
    conv('first', 'image', 136, { kernelSize: 3 }),
    norm('first_norm', 'first'),
    conv('second', 'first_norm', 136, { kernelSize: 3 }),
    norm('second_norm', 'second'),
    { type: 'Add', name: 'sum', inputs: ['first_norm', 'second_norm'] },
    ...(rectified ? [relu('relu', 'sum')] : []),
    conv('third', rectified ? 'relu' : 'sum', 128, { kernelSize: 3, padding: 'valid', useBias: true }),
    ...head('third'),
  ],
});
const fastest = await chooseLayout();
const isBlocked = fastest(new GraphBuilder(), 1).name === 'blocked';

describe('convolutions by tiles', () => {
  test('are those of 3x3 with many channels and no strides', () => {
    const steps = planSteps(network(true)).filter((step): step is ConvStep => step.type === 'conv');
    expect(steps.map((step) => paysByTiles(step, batch))).toEqual([true, true, true]);
    const [step] = steps as [ConvStep];
    const changed = (layer: object) => ({ ...step, convolution: { ...step.convolution!, ...layer } });
    expect(paysByTiles(changed({ kernelSize: 5 }), batch)).toBe(false);
    expect(paysByTiles(changed({ strides: 2 }), batch)).toBe(false);
    expect(paysByTiles(changed({ type: 'DepthwiseConv2D' }), batch)).toBe(false);
    expect(paysByTiles({ ...step, outputShape: { ...step.outputShape, channels: 16 } }, batch)).toBe(false);
    // A large kernel, put in order for one image.
    const last = { height: 7, width: 7, channels: 512 };
    const wide = { ...step, inputShape: last, outputShape: last };
    expect([1, 16].map((images) => paysByTiles(wide, images))).toEqual([false, true]);
  });

  test('and strided ones of 1x1 compute the same in inference for many images at once', async () => {
    const { input, layers } = network(true);
    const strided = [
      conv('strided', 'third', 24, { strides: 2, useBias: true }),
      { type: 'GlobalAveragePooling2D', name: 'pool', inputs: ['strided'] } as const,
    ];
    const cut: Network = { input, layers: [...layers.slice(0, -3), ...strided] };
    const weights = randomWeights(cut, new Random('weights'));
    const { inputs } = randomBatch(network(true), 5, new Random('batch'));
    const engine = new OnnxEngine({ sharedCores: true });
    const [plain, byTiles] = await Promise.all(
      [1, batch].map(async (imagesAtOnce) => {
        const predictor = await engine.predictor(cut, weights, { imagesAtOnce });
        const { data } = await predictor.predict(inputs);
        await predictor.dispose();
        return data;
      }),
    );
    const errors = byTiles!.map((value, i) => value - plain![i]!);
    expect(length(errors) / length(plain!)).toBeLessThan(2e-6);
    expect(length(errors)).toBeGreaterThan(0);
  });

  // Without a ReLU where digits make a batch norm, behind which a value more or less is positive.
  test.skipIf(!isBlocked).each([
    ['trainable', network(false)],
    ['frozen', network(true)],
  ])('have the gradients of convolutions as they are, %s batch norm', async (batchNorm, network) => {
    const weights = randomWeights(network, new Random('weights'));
    const { inputs, labels } = randomBatch(network, batch, new Random('batch'));
    const trains = network.layers.filter(
      ({ type }) => batchNorm === 'trainable' || type !== 'BatchNormalization',
    );
    const trainable = new Set(trains.map(({ name }) => name));
    const gradients = async (layout: typeof fastest) => {
      const engine = new OnnxEngine({ sharedCores: true }, layout);
      const trainer = await engine.trainer(network, weights, { trainable, optimizer: sgd });
      const probabilities = await trainer.step(inputs, labels, 2 ** 20);
      const moved = await trainer.weights();
      await trainer.dispose();
      return new Map([...moved, ['probabilities', probabilities]]);
    };
    const [byTiles, plain] = [await gradients(fastest), await gradients(portableLayout)];
    for (const [key, { data }] of plain) {
      const errors = byTiles.get(key)!.data.map((value, i) => value - data[i]!);
      expect(length(errors) / length(data), key).toBeLessThan(2e-5);
    }
  });
});

function length(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
}
