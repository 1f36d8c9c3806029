import { Random } from '@thaw/base';
import { describe, expect, test } from 'vitest';
import { GraphBuilder } from '../src/engines/onnx/graph-builder.ts';
import { chooseLayout, portableLayout } from '../src/engines/onnx/layouts/choose-layout.ts';
import { OnnxEngine } from '../src/engines/onnx/onnx-engine.ts';
import type { Network, Weights } from '../src/network.ts';
import { sgd } from '../src/optimizer.ts';
import { tensor } from '../src/tensor.ts';
import { engineContract } from './engine-contract.ts';
import { conv, randomBatch, randomWeights } from './networks.ts';

const options = { sharedCores: true };
const fastest = await chooseLayout();
const hasBlockedLayout = fastest(new GraphBuilder(), 1).name === 'blocked';

engineContract('portable ONNX', new OnnxEngine(options, portableLayout));
describe.skipIf(!hasBlockedLayout)('where the processor has the blocked layout', () => {
  engineContract('blocked ONNX', new OnnxEngine(options, fastest));
});

describe('the ONNX engine', () => {
  /** Smooth: a ReLU's kink would lie between the two sides of a difference now and then. */
  const convolutional: Network = {
    input: { name: 'image', shape: [5, 6, 2] },
    layers: [
      conv('first', 'image', 4, { kernelSize: 3, useBias: true }),
      conv('second', 'first', 3, { kernelSize: 3, strides: 2, useBias: true }),
      { type: 'GlobalAveragePooling2D', name: 'pool', inputs: ['second'] },
      { type: 'Dense', name: 'predictions', inputs: ['pool'], units: 3, activation: 'softmax' },
    ],
  };

  test('has the gradients that central differences give, through a strided 3x3 convolution', async () => {
    const weights = randomWeights(convolutional, new Random('weights'));
    const { inputs, labels } = randomBatch(convolutional, 6, new Random('batch'));
    const engine = new OnnxEngine(options);
    const loss = async (changed: Weights) => {
      const predictor = await engine.predictor(convolutional, changed);
      const { data } = await predictor.predict(inputs);
      await predictor.dispose();
      return labels.data.reduce((sum, label, i) => sum - label * Math.log(data[i]!), 0) / 6;
    };
    const trainable = new Set(convolutional.layers.map((layer) => layer.name));
    const trainer = await engine.trainer(convolutional, weights, { trainable, optimizer: sgd });
    // A step this large leaves nothing of the weight itself in the difference.
    const rate = 2 ** 20;
    await trainer.step(inputs, labels, rate);
    const moved = await trainer.weights();
    await trainer.dispose();
    const random = new Random('places');
    let largest = 0;
    for (const [key, { shape, data }] of weights) {
      for (let draw = 0; draw < 5; draw++) {
        const place = random.int(data.length);
        const at = (change: number) => {
          const copy = data.slice();
          copy[place]! += change;
          return loss(new Map([...weights, [key, tensor(shape, copy)]]));
        };
        const delta = 2 ** -8;
        const expected = ((await at(delta)) - (await at(-delta))) / (2 * delta);
        const gradient = (data[place]! - moved.get(key)!.data[place]!) / rate;
        expect(Math.abs(gradient - expected), `${key}[${place}]`).toBeLessThan(1e-3);
        largest = Math.max(largest, Math.abs(expected));
      }
    }
    expect(largest).toBeGreaterThan(0.05);
  });
});
