import type { Convolution, ConvStep } from '../steps.ts';
import { convolutionByTiles } from './convolution-by-tiles.ts';
import { fixed, foldedBias, optionsOf, reversed } from './convolution-weights.ts';
import { fullConvolution } from './full-convolution.ts';
import { convolveBack, seenPadding } from './gradient-windows.ts';
import type { Value } from './graph-builder.ts';
import type { DifferentiableConvolution, StepContext } from './step-context.ts';
import { paysByTiles } from './tiled-convolution.ts';

/** The step's convolution, or for a step without one the identity. */
export function differentiableConvolution(
  step: ConvStep,
  input: Value,
  context: StepContext,
): DifferentiableConvolution {
  if (!step.convolution) return identity(input, context);
  if (step.convolution.type === 'DepthwiseConv2D') return depthwise(step, step.convolution, input, context);
  const { pixels } = context.layout;
  return pixels && paysByTiles(step, context.batch)
    ? convolutionByTiles(step, step.convolution, input, context, pixels)
    : fullConvolution(step, step.convolution, input, context);
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
