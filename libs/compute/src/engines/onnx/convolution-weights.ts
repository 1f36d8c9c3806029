import type { Convolution, ConvStep } from '../steps.ts';
import type { GraphBuilder, Value } from './graph-builder.ts';
import type { ConvolutionOptions } from './layouts/layout.ts';
import type { StepContext } from './step-context.ts';

/** [kernel area * in, out] */
export function declareKernel(
  step: ConvStep,
  layer: Convolution,
  { weights, inputShape, outputShape }: StepContext,
): Value {
  return weights.declare(
    layer.name,
    'kernel',
    fixed(layer.kernelSize ** 2),
    { plain: step.inputShape.channels, stored: inputShape.channels },
    { plain: step.outputShape.channels, stored: outputShape.channels },
  );
}

/** A convolution's bias behind which a scale and a shift come, [channels out] or null. */
export function foldedBias(layer: Convolution, { graph, layout, batch, weights, outputShape }: StepContext) {
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

export function optionsOf(step: ConvStep, layer: Convolution, groups: number): ConvolutionOptions {
  return {
    kernel: [layer.kernelSize, layer.kernelSize],
    strides: layer.strides,
    padding: step.padding,
    groups,
  };
}

/** The taps of a kernel in reverse. */
export function reversed(graph: GraphBuilder, length: number): Value {
  return graph.ints(Array.from({ length }, (_, i) => length - 1 - i));
}

/** A dimension to which no layout adds anything. */
export function fixed(length: number) {
  return { plain: length, stored: length };
}
