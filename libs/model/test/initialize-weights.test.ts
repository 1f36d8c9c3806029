import { Random } from '@thaw/base';
import type { Network } from '@thaw/compute';
import { describe, expect, it } from 'vitest';
import { hashWeights, initializeWeights } from '../src/index.ts';

const network: Network = {
  input: { name: 'input', shape: [8, 8, 24] },
  layers: [
    {
      type: 'Conv2D',
      name: 'conv',
      inputs: ['input'],
      filters: 40,
      kernelSize: 3,
      strides: 1,
      padding: 'same',
      useBias: true,
    },
    {
      type: 'DepthwiseConv2D',
      name: 'depthwise',
      inputs: ['conv'],
      filters: 40,
      kernelSize: 3,
      strides: 1,
      padding: 'same',
      useBias: false,
    },
    { type: 'BatchNormalization', name: 'bn', inputs: ['depthwise'], epsilon: 1e-3, momentum: 0.999 },
    { type: 'GlobalAveragePooling2D', name: 'pool', inputs: ['bn'] },
    { type: 'Dense', name: 'dense', inputs: ['pool'], units: 50, activation: 'relu' },
  ],
};

describe('initial weights', () => {
  // Limits from Keras: keras.src.initializers.random_initializers.compute_fans, then sqrt(3 / ((fan_in + fan_out) / 2)).
  it.each([
    ['conv/kernel', [3, 3, 24, 40], Math.sqrt(6 / (9 * 24 + 9 * 40))],
    ['depthwise/depthwise_kernel', [3, 3, 40, 1], Math.sqrt(6 / (9 * 40 + 9))],
    ['dense/kernel', [40, 50], Math.sqrt(6 / (40 + 50))],
  ])('%s is uniform up to Glorot’s limit', (name, shape, limit) => {
    const weight = initializeWeights(network, new Random('test')).get(name)!;
    expect(weight.shape).toEqual(shape);
    const largest = weight.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(largest).toBeLessThanOrEqual(Math.fround(limit));
    expect(largest).toBeGreaterThan(limit * 0.97);
    const meanSquare = weight.data.reduce((sum, value) => sum + value ** 2, 0) / weight.data.length;
    expect(meanSquare / (limit ** 2 / 3)).toBeGreaterThan(0.85);
    expect(meanSquare / (limit ** 2 / 3)).toBeLessThan(1.15);
  });

  it.each([
    ['conv/bias', 0],
    ['dense/bias', 0],
    ['bn/gamma', 1],
    ['bn/beta', 0],
    ['bn/moving_mean', 0],
    ['bn/moving_variance', 1],
  ])('%s is all %i', (name, value) => {
    expect(new Set(initializeWeights(network, new Random('test')).get(name)!.data)).toEqual(new Set([value]));
  });

  it('are the same for the same random stream and others for another', () => {
    const hash = (key: number) => hashWeights(initializeWeights(network, new Random(key)));
    expect(hash(1)).toBe(hash(1));
    expect(hash(1)).not.toBe(hash(2));
  });

  it('are made for the layers named alone', () => {
    const weights = initializeWeights(network, new Random('test'), ['dense', 'bn']);
    expect([...weights.keys()]).toEqual([
      'bn/gamma',
      'bn/beta',
      'bn/moving_mean',
      'bn/moving_variance',
      'dense/kernel',
      'dense/bias',
    ]);
  });
});
