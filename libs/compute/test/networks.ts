import { Random } from '@thaw/base';
import { expect } from 'vitest';
import type { Layer, Network } from '../src/network.ts';
import { planSteps } from '../src/engines/plan-steps.ts';
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

/** What EfficientNet and MobileNetV3 have beside: 5x5 depthwise kernels, swish, hard swish, squeeze-and-excitation, standardised input. */
export const excitable: Network = {
  input: { name: 'image', shape: [14, 13, 3] },
  layers: [
    { type: 'Normalization', name: 'standard', inputs: ['image'] },
    { type: 'ZeroPadding2D', name: 'stem_pad', inputs: ['standard'], padding: [0, 1, 1, 1] },
    conv('stem', 'stem_pad', 20, { kernelSize: 3, strides: 2, padding: 'valid' }),
    norm('stem_bn', 'stem'),
    { type: 'Activation', name: 'stem_swish', inputs: ['stem_bn'], activation: 'swish' },
    conv('depthwise', 'stem_swish', 20, { type: 'DepthwiseConv2D', kernelSize: 5 }),
    norm('depthwise_bn', 'depthwise'),
    { type: 'Activation', name: 'depthwise_swish', inputs: ['depthwise_bn'], activation: 'swish' },
    ...excite('first', 'depthwise_swish', 5, 20, { type: 'Activation', activation: 'swish' }, 'sigmoid'),
    conv('project', 'first_multiply', 20),
    norm('project_bn', 'project'),
    { type: 'Add', name: 'add', inputs: ['project_bn', 'stem_swish'] },
    { type: 'ZeroPadding2D', name: 'pad', inputs: ['add'], padding: [2, 2, 2, 2] },
    conv('strided', 'pad', 20, {
      type: 'DepthwiseConv2D',
      kernelSize: 5,
      strides: 2,
      padding: 'valid',
    }),
    norm('strided_bn', 'strided'),
    { type: 'Activation', name: 'strided_hard', inputs: ['strided_bn'], activation: 'hard_swish' },
    ...excite('second', 'strided_hard', 8, 20, { type: 'ReLU', maxValue: null }, 'hard_sigmoid'),
    conv('wide', 'second_multiply', 18, { useBias: true }),
    { type: 'Activation', name: 'wide_hard', inputs: ['wide'], activation: 'hard_swish' },
    ...head('wide_hard'),
  ],
};

function excite(
  name: string,
  input: string,
  units: number,
  channels: number,
  inner: { type: 'ReLU'; maxValue: null } | { type: 'Activation'; activation: 'swish' },
  gate: 'sigmoid' | 'hard_sigmoid',
): Layer[] {
  const of = (part: string) => `${name}_${part}`;
  return [
    { type: 'GlobalAveragePooling2D', name: of('squeeze'), inputs: [input], keepDims: true },
    conv(of('reduce'), of('squeeze'), units, { useBias: true }),
    { ...inner, name: of('inner'), inputs: [of('reduce')] },
    conv(of('expand'), of('inner'), channels, { useBias: true }),
    { type: 'Activation', name: of('gate'), inputs: [of('expand')], activation: gate },
    { type: 'Multiply', name: of('multiply'), inputs: [input, of('gate')] },
  ];
}

/** What ResNet has beside: 7x7 kernels, max pooling, strides that leave a row out, a shortcut with layers of its own between others. */
export const residual: Network = {
  input: { name: 'image', shape: [18, 17, 3] },
  layers: [
    { type: 'ZeroPadding2D', name: 'stem_pad', inputs: ['image'], padding: [3, 3, 3, 3] },
    conv('stem', 'stem_pad', 12, { kernelSize: 7, strides: 2, padding: 'valid', useBias: true }),
    norm('stem_bn', 'stem'),
    { type: 'ZeroPadding2D', name: 'pool_pad', inputs: ['stem_bn'], padding: [1, 1, 1, 1] },
    { type: 'MaxPooling2D', name: 'max_pool', inputs: ['pool_pad'], poolSize: 3, strides: 2 },
    conv('reduce', 'max_pool', 6, { strides: 2, padding: 'valid', useBias: true }),
    norm('reduce_bn', 'reduce'),
    relu('reduce_relu', 'reduce_bn', null),
    conv('middle', 'reduce_relu', 6, { kernelSize: 3, useBias: true }),
    norm('middle_bn', 'middle'),
    relu('middle_relu', 'middle_bn', null),
    conv('shortcut', 'max_pool', 20, { strides: 2, padding: 'valid', useBias: true }),
    conv('expand', 'middle_relu', 20, { useBias: true }),
    norm('shortcut_bn', 'shortcut'),
    norm('expand_bn', 'expand'),
    { type: 'Add', name: 'add', inputs: ['shortcut_bn', 'expand_bn'] },
    relu('out', 'add', null),
    ...head('out'),
  ],
};

/**
 * What DenseNet has beside: normalisation in front of convolutions, images joined channel behind channel, average pooling that leaves
 * a row and a column out. Channels are whole blocks.
 */
export const dense: Network = {
  input: { name: 'image', shape: [11, 10, 3] },
  layers: [
    conv('stem', 'image', 16, { kernelSize: 3 }),
    ...denseBlock('first', 'stem', 16),
    ...denseBlock('second', 'first_join', 32),
    norm('transition_bn', 'second_join'),
    relu('transition_relu', 'transition_bn', null),
    conv('transition', 'transition_relu', 32),
    { type: 'AveragePooling2D', name: 'average', inputs: ['transition'], poolSize: 2 },
    ...denseBlock('third', 'average', 20),
    norm('out_bn', 'third_join'),
    relu('out', 'out_bn', null),
    ...head('out'),
  ],
};

function denseBlock(name: string, input: string, growth: number): Layer[] {
  const of = (part: string) => `${name}_${part}`;
  return [
    norm(of('begin_bn'), input),
    relu(of('begin_relu'), of('begin_bn'), null),
    conv(of('reduce'), of('begin_relu'), 8),
    norm(of('reduce_bn'), of('reduce')),
    relu(of('reduce_relu'), of('reduce_bn'), null),
    conv(of('grow'), of('reduce_relu'), growth, { kernelSize: 3 }),
    { type: 'Concatenate', name: of('join'), inputs: [input, of('grow')] },
  ];
}

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
    if (step.type === 'standardize') {
      draw(step.layer.name, 'mean', [step.shape.channels], -0.1, 0.1);
      draw(step.layer.name, 'variance', [step.shape.channels], 0.2, 0.5);
    }
    if (step.type === 'excite') {
      for (const { name, filters } of [step.reduce, step.expand]) {
        const inputs = name === step.reduce.name ? step.shape.channels : step.reduce.filters;
        kernel(name, 'kernel', [1, 1, inputs, filters], inputs);
        draw(name, 'bias', [filters], -0.5, 0.5);
      }
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
