import type { Weights } from '../../network.ts';
import type { AveragePoolStep, ExciteStep, MaxPoolStep, StandardizeStep } from '../steps.ts';
import { activationSteps } from './activation-steps.ts';
import type { GraphBuilder, Value } from './graph-builder.ts';
import { poolAttributes } from './max-pool-gradient.ts';
import { weightOf } from './weight-of.ts';

/** Of half precision, in which the graph may be written again. */
const leastHalf = -65_504;

/** Keras's Normalization of images [batch, channels, height, width]. */
export function standardized(
  graph: GraphBuilder,
  { layer, shape: { channels } }: StandardizeStep,
  image: Value,
  weights: Weights,
): Value {
  const perChannel = (values: Float32Array) => graph.floats(values, [1, channels, 1, 1]);
  const { data: mean } = weightOf(weights, layer.name, 'mean');
  const { data: variance } = weightOf(weights, layer.name, 'variance');
  return graph.div(graph.sub(image, perChannel(mean)), perChannel(variance.map(Math.sqrt)));
}

/**
 * Squeeze-and-excitation of images [batch, channels, height, width], its dense layers as convolutions of one pixel: ONNX Runtime keeps
 * its blocked layout across these, and not across Gemm and Reshape.
 */
export function excited(
  graph: GraphBuilder,
  { reduce, inner, expand, gate }: ExciteStep,
  image: Value,
  weights: Weights,
): Value {
  const dense = (features: Value, { name, filters }: ExciteStep['reduce']) => {
    const { data: kernel, shape } = weightOf(weights, name, 'kernel');
    const inputs = shape[2]!;
    // Keras's [1, 1, in, out] in ONNX's order [out, in, 1, 1].
    const ordered = kernel.map((_, i) => kernel[(i % inputs) * filters + Math.floor(i / inputs)]!);
    const bias = graph.floats(weightOf(weights, name, 'bias').data);
    return graph.op('Conv', [features, graph.floats(ordered, [filters, inputs, 1, 1]), bias]);
  };
  const means = graph.op('GlobalAveragePool', [image]);
  const hidden = activationSteps[inner].forward(graph, dense(means, reduce));
  return graph.mul(image, activationSteps[gate].forward(graph, dense(hidden, expand)));
}

/**
 * Max pooling of images [batch, channels, height, width]. Zeros around the image are compared with afterwards, in the windows that
 * reach them: ONNX Runtime 1.30 makes of a Pad and a MaxPool one MaxPool that leaves them out. Behind a ReLU they change nothing.
 */
export function maxPooled(graph: GraphBuilder, step: MaxPoolStep, image: Value): Value {
  const { inputShape, outputShape, padding, behindRelu, layer } = step;
  const { top, bottom, left, right } = padding;
  const pads = { ints: [top, left, bottom, right] };
  const largest = graph.op('MaxPool', [image], { ...poolAttributes(step), pads });
  if (behindRelu || top + bottom + left + right === 0) return largest;
  const reaches = (place: number, before: number, length: number) =>
    place * layer.strides < before || place * layer.strides + layer.poolSize > before + length;
  const { height, width } = outputShape;
  const least = Float32Array.from({ length: height * width }, (_, place) => {
    const [row, column] = [Math.floor(place / width), place % width];
    return reaches(row, top, inputShape.height) || reaches(column, left, inputShape.width) ? 0 : leastHalf;
  });
  return graph.op('Max', [largest, graph.floats(least, [1, 1, height, width])]);
}

/** Average pooling of images [batch, channels, height, width]. */
export function averagePooled(graph: GraphBuilder, { layer }: AveragePoolStep, image: Value): Value {
  const sides = { ints: [layer.poolSize, layer.poolSize] };
  return graph.op('AveragePool', [image], { kernel_shape: sides, strides: sides });
}

/** Two images [batch, channels, height, width] as one, channel behind channel. */
export function concatenated(graph: GraphBuilder, first: Value, second: Value): Value {
  return graph.op('Concat', [first, second], { axis: { int: 1 } });
}

/** Every so many pixels of images [batch, channels, height, width]: a mean of one, across which ONNX Runtime keeps its blocked layout. */
export function everySo(graph: GraphBuilder, image: Value, strides: number): Value {
  const sides = { ints: [strides, strides] };
  return graph.op('AveragePool', [image], { kernel_shape: { ints: [1, 1] }, strides: sides });
}
