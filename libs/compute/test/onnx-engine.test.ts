import { Random } from '@thaw/base';
import { describe, expect, test } from 'vitest';
import { GraphBuilder } from '../src/engines/onnx/graph-builder.ts';
import { chooseLayout, portableLayout } from '../src/engines/onnx/layouts/choose-layout.ts';
import { OnnxEngine } from '../src/engines/onnx/onnx-engine.ts';
import type { Network, Weights } from '../src/network.ts';
import { sgd } from '../src/optimizer.ts';
import { tensor, type Tensor } from '../src/tensor.ts';
import { conv, largestDifference, manySided, randomBatch, randomWeights } from './networks.ts';

const options = { sharedCores: true };
const portable = new OnnxEngine(options, portableLayout);
const fastest = await chooseLayout();
const hasBlockedLayout = fastest(new GraphBuilder(), 1).name === 'blocked';
const everything = new Set(manySided.layers.map((layer) => layer.name));
const withoutNorms = new Set([...everything].filter((name) => !name.endsWith('_bn')));

interface Steps {
  readonly probabilities: Tensor[];
  readonly weights: Weights;
}

/** Trains on random batches of the given sizes, the same for every caller. */
async function train(
  engine: OnnxEngine,
  trainable: ReadonlySet<string>,
  sizes: readonly number[],
  network = manySided,
): Promise<Steps> {
  const weights = randomWeights(network, new Random('weights'));
  const trainer = await engine.trainer(network, weights, { trainable, optimizer: { ...sgd, momentum: 0.9 } });
  const probabilities: Tensor[] = [];
  for (const [i, size] of sizes.entries()) {
    const { inputs, labels } = randomBatch(network, size, new Random('batch', i));
    probabilities.push(await trainer.step(inputs, labels, 0.05));
  }
  const trained = await trainer.weights();
  await trainer.dispose();
  return { probabilities, weights: trained };
}

describe('the portable and the blocked layout', () => {
  test.skipIf(!hasBlockedLayout).each([
    ['training', everything],
    ['frozen', withoutNorms],
  ] as const)('agree on steps with %s batch norm and changing batch sizes', async (_, trainable) => {
    const sizes = [8, 3, 8];
    const [plain, blocked] = [
      await train(portable, trainable, sizes),
      await train(new OnnxEngine(options, fastest), trainable, sizes),
    ];
    plain.probabilities.forEach((expected, i) => {
      expect(largestDifference(blocked.probabilities[i]!, expected)).toBeLessThan(1e-4);
    });
    const before = randomWeights(manySided, new Random('weights'));
    expect([...blocked.weights.keys()]).toEqual([...before.keys()]);
    for (const [key, expected] of plain.weights) {
      expect(largestDifference(blocked.weights.get(key)!, expected), key).toBeLessThan(1e-4);
      const difference = largestDifference(before.get(key)!, expected);
      if (!trainable.has(key.slice(0, key.lastIndexOf('/')))) expect(difference, key).toBe(0);
      // Kernels alone: batch norm in training cancels whatever shifts a channel in front of it.
      else if (key.endsWith('kernel')) expect(difference, key).toBeGreaterThan(1e-3);
    }
  });
});

describe('the ONNX engine', () => {
  test('gives the same probabilities in training as in inference when batch norm is frozen', async () => {
    const weights = randomWeights(manySided, new Random('weights'));
    const { inputs } = randomBatch(manySided, 8, new Random('batch', 0));
    const engine = new OnnxEngine(options);
    const { probabilities } = await train(engine, withoutNorms, [8]);
    const predictor = await engine.predictor(manySided, weights);
    expect(largestDifference(await predictor.predict(inputs), probabilities[0]!)).toBeLessThan(1e-5);
    await predictor.dispose();
  });

  test('leaves what does not train bit for bit', async () => {
    const trainable = new Set(['expand', 'strided_bn', 'predictions']);
    const before = randomWeights(manySided, new Random('weights'));
    const { weights } = await train(new OnnxEngine(options), trainable, [4, 3]);
    for (const [key, { data }] of weights) {
      const trains = trainable.has(key.slice(0, key.lastIndexOf('/')));
      const same = Buffer.from(data.buffer).equals(Buffer.from(before.get(key)!.data.buffer));
      expect(same, key).toBe(!trains);
    }
  });

  test('has the weights it was given before the first step', async () => {
    const before = randomWeights(manySided, new Random('weights'));
    const { weights } = await train(new OnnxEngine(options), everything, []);
    expect(weights).toEqual(before);
  });

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
