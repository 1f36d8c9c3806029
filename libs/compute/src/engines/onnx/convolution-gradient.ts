import type { GraphBuilder, Value } from './graph-builder.ts';
import type { ConvolutionOptions, Layout } from './layouts/layout.ts';
import type { Convolution, ConvStep, Padding, Shape } from '../steps.ts';
import type { TrainingWeights } from './training-weights.ts';

export interface StepContext {
  readonly graph: GraphBuilder;
  readonly layout: Layout;
  readonly batch: number;
  readonly weights: TrainingWeights;
  /** Whether a backward pass follows. */
  readonly differentiable: boolean;
  /** Shapes with stored channels. */
  readonly inputShape: Shape;
  readonly outputShape: Shape;
}

/** Where a backward pass puts an image's gradient: added to what other consumers of the image have given already. */
export interface GradientTarget {
  readonly addTo: Value | null;
}

/** A convolution in a training graph; `scale` and `shift` ([channels out] or null) follow it and are folded into its kernel. */
export interface DifferentiableConvolution {
  forward(
    scale: Value | null,
    shift: Value | null,
    finish: Pick<ConvolutionOptions, 'residual' | 'relu'>,
  ): Value;
  /** The gradient of the input, null without a target; registers the gradients of kernel and bias. */
  backward(gradient: Value, scale: Value | null, target: GradientTarget | null): Value | null;
}

/** The step's convolution, or for a step without one the identity. */
export function differentiableConvolution(
  step: ConvStep,
  input: Value,
  context: StepContext,
): DifferentiableConvolution {
  if (!step.convolution) return identity(input, context);
  return step.convolution.type === 'DepthwiseConv2D'
    ? depthwise(step, step.convolution, input, context)
    : full(step, step.convolution, input, context);
}

function identity(input: Value, { graph, layout, inputShape }: StepContext): DifferentiableConvolution {
  const constant = (value: number) => graph.floats(new Float32Array(inputShape.channels).fill(value));
  return {
    forward: (scale, shift, finish) =>
      layout.affine(input, inputShape, scale ?? constant(1), shift ?? constant(0), finish),
    backward: (gradient, scale, target) => {
      if (!target) return null;
      if (scale) return layout.affine(gradient, inputShape, scale, constant(0), { residual: target.addTo });
      return target.addTo ? graph.add(gradient, target.addTo) : gradient;
    },
  };
}

function depthwise(
  step: ConvStep,
  layer: Convolution,
  input: Value,
  context: StepContext,
): DifferentiableConvolution {
  const { graph, layout, weights, inputShape, outputShape } = context;
  const { channels } = inputShape;
  const size = layer.kernelSize;
  const plain = step.inputShape.channels;
  const kernel = weights.declare(layer.name, 'depthwise_kernel', fixed(size * size), {
    plain,
    stored: channels,
  });
  const options = optionsOf(step, layer, channels);
  const bias = foldedBias(layer, context);
  return {
    forward(scale, shift, finish) {
      const folded = scale ? graph.mul(kernel, scale) : kernel;
      const placed = layout.depthwiseKernel(folded, size, channels);
      return layout.convolve(input, placed, { ...options, ...finish, bias: bias.forward(scale, shift) });
    },
    backward(gradient, scale, target) {
      if (weights.isTrainable(layer.name)) {
        bias.backward(gradient, scale);
        const raw = layout.depthwiseKernelGradient(input, inputShape, gradient, outputShape, {
          ...options,
          padding: seenPadding(step, layer),
        });
        weights.setGradient(layer.name, 'depthwise_kernel', scale ? graph.mul(raw, scale) : raw);
      }
      if (!target) return null;
      const flipped = graph.op('Gather', [
        scale ? graph.mul(kernel, scale) : kernel,
        reversed(graph, size * size),
      ]);
      const placed = layout.depthwiseKernel(flipped, size, channels);
      return convolveBack(gradient, placed, layer, step, context, channels, target);
    },
  };
}

function full(
  step: ConvStep,
  layer: Convolution,
  input: Value,
  context: StepContext,
): DifferentiableConvolution {
  const { graph, layout, weights, batch, inputShape, outputShape } = context;
  const size = layer.kernelSize;
  const [inChannels, outChannels] = [inputShape.channels, outputShape.channels];
  const kernel = weights.declare(
    layer.name,
    'kernel',
    fixed(size * size),
    { plain: step.inputShape.channels, stored: inChannels },
    { plain: step.outputShape.channels, stored: outChannels },
  );
  const options = optionsOf(step, layer, 1);
  const bias = foldedBias(layer, context);
  return {
    forward(scale, shift, finish) {
      const folded = scale ? graph.mul(kernel, scale) : kernel;
      const placed = layout.kernel(input, folded, size, inChannels, outChannels);
      return layout.convolve(input, placed, { ...options, ...finish, bias: bias.forward(scale, shift) });
    },
    backward(gradient, scale, target) {
      if (weights.isTrainable(layer.name)) {
        bias.backward(gradient, scale);
        const pixels = batch * outputShape.height * outputShape.width;
        const patches = graph.reshape(windows(input, step, layer, context), pixels, size * size * inChannels);
        const gradients = graph.reshape(layout.channelsLast(gradient, outputShape), pixels, outChannels);
        const raw = graph.op('Gemm', [patches, gradients], { transA: { int: 1 } });
        weights.setGradient(layer.name, 'kernel', scale ? graph.mul(raw, scale) : raw);
      }
      if (!target) return null;
      const folded = scale ? graph.mul(kernel, scale) : kernel;
      const taps = graph.reshape(folded, size * size, inChannels, outChannels);
      const flipped = size === 1 ? taps : graph.op('Gather', [taps, reversed(graph, size * size)]);
      const transposed = graph.reshape(
        graph.transpose(flipped, 0, 2, 1),
        size * size * outChannels,
        inChannels,
      );
      const placed = layout.kernel(gradient, transposed, size, outChannels, inChannels);
      return convolveBack(gradient, placed, layer, step, context, 1, target);
    },
  };
}

/** What each output pixel sees, [batch, height, width, kernel area * channels]: shifted copies of the input side by side. */
function windows(
  input: Value,
  step: ConvStep,
  layer: Convolution,
  { graph, layout, inputShape }: StepContext,
): Value {
  const last = layout.channelsLast(input, inputShape);
  const { kernelSize, strides } = layer;
  if (kernelSize === 1 && strides === 1) return last;
  const { top, left, bottom, right } = step.padding;
  const padded = graph.op('Pad', [last, graph.ints([0, top, left, 0, 0, bottom, right, 0])]);
  const { height, width } = step.outputShape;
  const taps = Array.from({ length: kernelSize * kernelSize }, (_, tap) => {
    const start = [Math.floor(tap / kernelSize), tap % kernelSize];
    const end = [start[0]! + (height - 1) * strides + 1, start[1]! + (width - 1) * strides + 1];
    const axes = graph.ints([1, 2]);
    return graph.op('Slice', [
      padded,
      graph.ints(start),
      graph.ints(end),
      axes,
      graph.ints([strides, strides]),
    ]);
  });
  return taps.length === 1 ? taps[0]! : graph.op('Concat', taps, { axis: { int: 3 } });
}

/** The gradient of a convolution's input: a convolution of the output's gradient, spread out by the stride, with the flipped kernel. */
function convolveBack(
  gradient: Value,
  flippedKernel: Value,
  layer: Convolution,
  step: ConvStep,
  { layout, outputShape }: StepContext,
  groups: number,
  target: GradientTarget,
): Value {
  const { kernelSize, strides, name } = layer;
  if (strides > 2) throw new RangeError(`${name}: strides above 2 cannot train`);
  const spread = strides === 2 ? layout.interleaveZeros(gradient, outputShape) : gradient;
  const along = (input: number, output: number, before: number): [number, number] => {
    const begin = kernelSize - 1 - before;
    return [begin, input + kernelSize - 1 - strides * output - begin];
  };
  const [top, bottom] = along(step.inputShape.height, outputShape.height, step.padding.top);
  const [left, right] = along(step.inputShape.width, outputShape.width, step.padding.left);
  const padding: Padding = { top, bottom, left, right };
  if (Math.min(top, bottom, left, right) < 0) throw new RangeError(`${name}: this padding cannot train`);
  return layout.convolve(spread, flippedKernel, {
    kernel: [kernelSize, kernelSize],
    padding,
    groups,
    residual: target.addTo,
  });
}

/** The step's padding without the rows and columns at the bottom and the right that a stride leaves out. */
function seenPadding(step: ConvStep, { kernelSize, strides, name }: Convolution): Padding {
  const along = (input: number, output: number, before: number, after: number) =>
    Math.min(after, strides * (output - 1) + kernelSize - input - before);
  const { inputShape, outputShape, padding } = step;
  const bottom = along(inputShape.height, outputShape.height, padding.top, padding.bottom);
  const right = along(inputShape.width, outputShape.width, padding.left, padding.right);
  if (Math.min(bottom, right) < 0) throw new RangeError(`${name}: this padding cannot train`);
  return { ...padding, bottom, right };
}

function foldedBias(layer: Convolution, { graph, layout, weights, outputShape }: StepContext) {
  const stored = { plain: layer.filters, stored: outputShape.channels };
  const bias = layer.useBias ? weights.declare(layer.name, 'bias', stored) : null;
  return {
    forward(scale: Value | null, shift: Value | null): Value | null {
      if (!bias) return shift;
      const scaled = scale ? graph.mul(bias, scale) : bias;
      return shift ? graph.add(scaled, shift) : scaled;
    },
    backward(gradient: Value, scale: Value | null): void {
      if (!bias) return;
      const sum = channelSum(graph, layout, gradient, outputShape);
      weights.setGradient(layer.name, 'bias', scale ? graph.mul(sum, scale) : sum);
    },
  };
}

/** Sum over batch and pixels: [channels]. */
export function channelSum(graph: GraphBuilder, layout: Layout, image: Value, shape: Shape): Value {
  const sums = graph.mul(layout.pool(image, shape.channels), graph.floats(shape.height * shape.width));
  return graph.op('ReduceSum', [sums, graph.ints([0])], { keepdims: { int: 0 } });
}

function optionsOf(step: ConvStep, layer: Convolution, groups: number): ConvolutionOptions {
  return {
    kernel: [layer.kernelSize, layer.kernelSize],
    strides: layer.strides,
    padding: step.padding,
    groups,
  };
}

function reversed(graph: GraphBuilder, length: number): Value {
  return graph.ints(Array.from({ length }, (_, i) => length - 1 - i));
}

function fixed(length: number) {
  return { plain: length, stored: length };
}
