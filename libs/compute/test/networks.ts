import { Random } from '@thaw/base';
import { expect } from 'vitest';
import type { Layer, Network } from '../src/network.ts';
import { planSteps } from '../src/engines/steps.ts';
import { tensor, type Tensor } from '../src/tensor.ts';

type Conv = Extract<Layer, { type: 'Conv2D' | 'DepthwiseConv2D' }>;

export function conv(name: string, input: string, filters: number, options: Partial<Conv> = {}): Conv {
  const usual = { kernelSize: 1, strides: 1, padding: 'same', useBias: false } as const;
  return { type: 'Conv2D', name, inputs: [input], filters, ...usual, ...options };
}

export function norm(name: string, input: string): Layer {
  return { type: 'BatchNormalization', name, inputs: [input], epsilon: 1e-3, momentum: 0.9 };
}

export function relu(name: string, input: string, maxValue: number | null = 6): Layer {
  return { type: 'ReLU', name, inputs: [input], maxValue };
}

/** Global pooling and a softmax over three classes. */
export function head(input: string): Layer[] {
  return [
    { type: 'GlobalAveragePooling2D', name: 'pool', inputs: [input] },
    { type: 'Dense', name: 'hidden', inputs: ['pool'], units: 5, activation: 'relu' },
    { type: 'Dense', name: 'predictions', inputs: ['hidden'], units: 3, activation: 'softmax' },
  ];
}

/** Everything that MobileNetV2 has and more, small: odd sizes, channels that fill no block, biases, shared tensors. */
export const manySided: Network = {
  input: { name: 'image', shape: [15, 13, 3] },
  layers: [
    conv('stem', 'image', 10, { kernelSize: 3, strides: 2 }),
    norm('stem_bn', 'stem'),
    relu('stem_relu', 'stem_bn'),
    conv('depthwise', 'stem_relu', 10, { type: 'DepthwiseConv2D', kernelSize: 3, useBias: true }),
    norm('depthwise_bn', 'depthwise'),
    relu('depthwise_relu', 'depthwise_bn'),
    conv('project', 'depthwise_relu', 10, { useBias: true }),
    norm('project_bn', 'project'),
    { type: 'Add', name: 'add', inputs: ['stem_relu', 'project_bn'] },
    conv('expand', 'add', 21),
    norm('expand_bn', 'expand'),
    relu('expand_relu', 'expand_bn'),
    { type: 'ZeroPadding2D', name: 'pad', inputs: ['expand_relu'], padding: [1, 1, 1, 1] },
    conv('strided', 'pad', 21, { type: 'DepthwiseConv2D', kernelSize: 3, strides: 2, padding: 'valid' }),
    norm('strided_bn', 'strided'),
    relu('strided_relu', 'strided_bn', null),
    conv('wide', 'strided_relu', 18, { kernelSize: 3, useBias: true }),
    relu('wide_relu', 'wide', null),
    ...head('wide_relu'),
  ],
};

export function uniform(random: Random, shape: readonly number[], low: number, high: number): Tensor {
  const { data } = tensor(shape);
  return tensor(
    shape,
    data.map(() => random.uniform(low, high)),
  );
}

/** Weights that keep activations lively. */
export function randomWeights(network: Network, random: Random): Map<string, Tensor> {
  const weights = new Map<string, Tensor>();
  const draw = (layer: string, weight: string, shape: number[], low: number, high: number) =>
    weights.set(`${layer}/${weight}`, uniform(random, shape, low, high));
  const kernel = (layer: string, weight: string, shape: number[], fanIn: number) =>
    draw(layer, weight, shape, -Math.sqrt(6 / fanIn), Math.sqrt(6 / fanIn));
  const statistics = (layer: string, channels: number) => {
    draw(layer, 'gamma', [channels], 0.8, 1.2);
    draw(layer, 'beta', [channels], 0, 0.4);
    draw(layer, 'moving_mean', [channels], -0.1, 0.1);
    draw(layer, 'moving_variance', [channels], 0.8, 1.2);
  };
  for (const step of planSteps(network)) {
    if (step.type === 'dense') {
      const { name, units } = step.layer;
      kernel(name, 'kernel', [step.inputUnits, units], step.inputUnits);
      draw(name, 'bias', [units], -0.1, 0.1);
    }
    if (step.type === 'normalize') statistics(step.layer.name, step.units);
    if (step.type !== 'conv') continue;
    const { convolution, normalization, inputShape, outputShape } = step;
    if (convolution) {
      const { name, type, kernelSize: size, filters, useBias } = convolution;
      if (type === 'Conv2D') {
        kernel(name, 'kernel', [size, size, inputShape.channels, filters], size * size * inputShape.channels);
      } else kernel(name, 'depthwise_kernel', [size, size, filters, 1], size * size);
      if (useBias) draw(name, 'bias', [filters], -0.1, 0.1);
    }
    if (normalization) statistics(normalization.name, outputShape.channels);
  }
  return weights;
}

/** Images in [-1, 1) and labels in turn. */
export function randomBatch(network: Network, size: number, random: Random) {
  const inputs = uniform(random, [size, ...network.input.shape], -1, 1);
  const labels = tensor([size, 3]);
  for (let i = 0; i < size; i++) labels.data[i * 3 + (i % 3)] = 1;
  return { inputs, labels };
}

/** Throws where the shapes differ. */
export function largestDifference(a: Tensor, b: Tensor): number {
  expect(a.shape).toEqual(b.shape);
  return Math.max(...a.data.map((value, i) => Math.abs(value - b.data[i]!)));
}
