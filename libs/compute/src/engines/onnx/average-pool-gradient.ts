import { noPadding } from '../convolution-shape.ts';
import type { AveragePoolStep } from '../steps.ts';
import { convolveBack } from './gradient-windows.ts';
import type { Value } from './graph-builder.ts';
import type { DifferentiableImage, StepContext } from './step-context.ts';

/** Average pooling: a depthwise convolution whose kernels are one number. */
export function differentiableAveragePool(
  step: AveragePoolStep,
  input: Value,
  { graph, layout, inputShape }: Omit<StepContext, 'outputShape' | 'inputAgain'>,
): DifferentiableImage {
  const { channels } = inputShape;
  const { name, poolSize } = step.layer;
  const area = poolSize * poolSize;
  const weights = graph.floats(new Float32Array(area * channels).fill(1 / area), [area, channels]);
  const kernel = layout.depthwiseKernel(weights, poolSize, channels);
  const window = { kernel: [poolSize, poolSize], strides: poolSize, groups: channels } as const;
  return {
    image: layout.convolve(input, kernel, window),
    backward(gradient, target) {
      if (!target) return null;
      const layer = { name, kernelSize: poolSize, strides: poolSize };
      const outputShape = { ...step.outputShape, channels };
      const back = { inputShape: step.inputShape, padding: noPadding };
      const context = { graph, layout, inputShape, outputShape };
      return convolveBack(gradient, kernel, layer, back, context, channels, target);
    },
  };
}
