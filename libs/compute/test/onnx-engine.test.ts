import { Random } from '@thaw/base';
import { describe, expect, test } from 'vitest';
import { GraphBuilder } from '../src/engines/onnx/graph-builder.ts';
import { chooseLayout, portableLayout } from '../src/engines/onnx/layouts/choose-layout.ts';
import { OnnxEngine } from '../src/engines/onnx/onnx-engine.ts';
import type { Network, Weights } from '../src/network.ts';
import { sgd } from '../src/optimizer.ts';
import { tensor } from '../src/tensor.ts';
import { engineContract } from './engine-contract.ts';
import { conv, excitable, randomBatch, randomWeights } from './networks.ts';

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

  test.each([
    ['a strided 3x3 convolution', convolutional],
    ['swish, hard swish and squeeze-and-excitation', smoothly(excitable)],
  ])('has the gradients that central differences give, through %s', async (_, network) => {
    const weights = randomWeights(network, new Random('weights'));
    const { inputs, labels } = randomBatch(network, 6, new Random('batch'));
    const engine = new OnnxEngine(options);
    const loss = async (changed: Weights) => {
      const predictor = await engine.predictor(network, changed);
      const { data } = await predictor.predict(inputs);
      await predictor.dispose();
      return labels.data.reduce((sum, label, i) => sum - label * Math.log(data[i]!), 0) / 6;
    };
    const trainable = new Set(network.layers.filter(trains).map((layer) => layer.name));
    const trainer = await engine.trainer(network, weights, { trainable, optimizer: sgd });
    // A step this large leaves nothing of the weight itself in the difference.
    const rate = 2 ** 20;
    await trainer.step(inputs, labels, rate);
    const moved = await trainer.weights();
    await trainer.dispose();
    const random = new Random('places');
    let largest = 0;
    for (const [key, { shape, data }] of weights) {
      if (!trainable.has(key.slice(0, key.lastIndexOf('/')))) continue;
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

/** Without the kinks of a ReLU and of a trained head's. */
function smoothly({ input, layers }: Network): Network {
  return {
    input,
    layers: layers.map((layer) =>
      layer.type === 'Dense' && layer.activation === 'relu' ? { ...layer, activation: 'linear' } : layer,
    ),
  };
}

/** Batch norm stays in inference, as in the loss that is measured. */
function trains({ type }: Network['layers'][number]): boolean {
  return type !== 'BatchNormalization' && type !== 'Normalization';
}
