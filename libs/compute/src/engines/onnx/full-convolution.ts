import { leavesPixelsOut } from '../convolution-shape.ts';
import type { Convolution, ConvStep } from '../steps.ts';
import { declareKernel, foldedBias, optionsOf, reversed } from './convolution-weights.ts';
import { convolveBack, kernelGradient } from './gradient-windows.ts';
import type { GraphBuilder, Value } from './graph-builder.ts';
import type { DifferentiableConvolution, StepContext } from './step-context.ts';

/** A convolution over all channels, as it is. */
export function fullConvolution(
  step: ConvStep,
  layer: Convolution,
  input: Value,
  context: StepContext,
): DifferentiableConvolution {
  const { graph, layout, weights, inputShape, outputShape } = context;
  const size = layer.kernelSize;
  const [inChannels, outChannels] = [inputShape.channels, outputShape.channels];
  const kernel = declareKernel(step, layer, context);
  const options = optionsOf(step, layer, 1);
  const bias = foldedBias(layer, context);
  const leavesOut = leavesPixelsOut(layer, step.padding);
  const met = leavesOut ? layout.strided(input, inputShape, layer.strides) : input;
  return {
    forward(scale, shift, finish) {
      const folded = scale ? graph.mul(kernel, scale) : kernel;
      const placed = layout.kernel(met, folded, size, inChannels, outChannels);
      const strides = leavesOut ? 1 : layer.strides;
      return layout.convolve(met, placed, {
        ...options,
        strides,
        ...finish,
        bias: bias.forward(scale, shift),
      });
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
