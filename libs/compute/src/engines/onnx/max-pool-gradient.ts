import { sizeOf } from '../../tensor.ts';
import type { MaxPoolStep } from '../steps.ts';
import type { Attribute } from './onnx-format.ts';
import type { GraphBuilder, Value } from './graph-builder.ts';
import type { DifferentiableImage, StepContext } from './step-context.ts';

/** Max pooling, whose gradient goes to the first of the largest in each window, as TensorFlow's does. */
export function differentiableMaxPool(
  step: MaxPoolStep,
  input: Value,
  { graph, layout, batch, inputShape }: Omit<StepContext, 'outputShape' | 'inputAgain'>,
): DifferentiableImage {
  const { top, bottom, left, right } = step.padding;
  const { channels, height, width } = inputShape;
  const padded = [batch, channels, height + top + bottom, width + left + right];
  const planes = withZeros(graph, step, layout.planes(input, inputShape));
  const [largest, places] = graph.maxPool(planes, poolAttributes(step));
  return {
    image: layout.fromPlanes(largest),
    backward(gradient, target) {
      if (!target) return null;
      const { outputShape } = step;
      const zeros = graph.op('ConstantOfShape', [graph.ints([sizeOf(padded)])]);
      const gradients = layout.planes(gradient, { ...outputShape, channels });
      const scattered = graph.op(
        'ScatterElements',
        [zeros, graph.reshape(places, -1), graph.reshape(gradients, -1)],
        { axis: { int: 0 }, reduction: { string: 'add' } },
      );
      const ofPadded = graph.reshape(scattered, ...padded);
      const ends = [graph.ints([top, left]), graph.ints([top + height, left + width]), graph.ints([2, 3])];
      const own = layout.fromPlanes(graph.op('Slice', [ofPadded, ...ends]));
      return target.addTo ? graph.add(own, target.addTo) : own;
    },
  };
}

/** The zeros that the step puts around planes [batch, channels, height, width]. */
function withZeros(graph: GraphBuilder, { padding }: MaxPoolStep, planes: Value): Value {
  const { top, bottom, left, right } = padding;
  if (top + bottom + left + right === 0) return planes;
  return graph.op('Pad', [planes, graph.ints([0, 0, top, left, 0, 0, bottom, right])]);
}

export function poolAttributes({ layer: { poolSize, strides } }: MaxPoolStep): Record<string, Attribute> {
  return { kernel_shape: { ints: [poolSize, poolSize] }, strides: { ints: [strides, strides] } };
}
