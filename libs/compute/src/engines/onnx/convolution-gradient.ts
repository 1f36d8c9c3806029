import type { Convolution, ConvStep } from '../steps.ts';
import { convolveBack, kernelGradient, seenPadding } from './gradient-windows.ts';
import type { GraphBuilder, Value } from './graph-builder.ts';
import type { ConvolutionOptions } from './layouts/layout.ts';
import type { GradientTarget, StepContext } from './step-context.ts';

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
        const raw = layout.depthwiseKernelGradient(context.inputAgain, inputShape, gradient, outputShape, {
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
  const { graph, layout, weights, inputShape, outputShape } = context;
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
        const raw = kernelGradient(context.inputAgain, gradient, step, layer, context);
        weights.setGradient(layer.name, 'kernel', scale ? graph.mul(raw, scale) : raw);
      }
      if (!target) return null;
      const folded = scale ? graph.mul(kernel, scale) : kernel;
      const flipped = size === 1 ? folded : flippedTaps(graph, folded, size * size, inChannels, outChannels);
      const placed = layout.kernelBack(flipped, size, inChannels, outChannels);
      return convolveBack(gradient, placed, layer, step, context, 1, target);
    },
  };
}

function foldedBias(layer: Convolution, { graph, layout, batch, weights, outputShape }: StepContext) {
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
      const sum = graph.mul(
        layout.mean(gradient, outputShape),
        graph.floats(batch * outputShape.height * outputShape.width),
      );
      weights.setGradient(layer.name, 'bias', scale ? graph.mul(sum, scale) : sum);
    },
  };
}

function optionsOf(step: ConvStep, layer: Convolution, groups: number): ConvolutionOptions {
  return {
    kernel: [layer.kernelSize, layer.kernelSize],
    strides: layer.strides,
    padding: step.padding,
    groups,
  };
}

/** [area * in, out] with the taps in reverse. */
function flippedTaps(
  graph: GraphBuilder,
  kernel: Value,
  area: number,
  inChannels: number,
  outChannels: number,
): Value {
  const taps = graph.reshape(kernel, area, inChannels, outChannels);
  return graph.op('Gather', [taps, reversed(graph, area)]);
}

function reversed(graph: GraphBuilder, length: number): Value {
  return graph.ints(Array.from({ length }, (_, i) => length - 1 - i));
}

function fixed(length: number) {
  return { plain: length, stored: length };
}
