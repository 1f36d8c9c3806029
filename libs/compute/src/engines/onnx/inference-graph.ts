import type { Network, Weights } from '../../network.ts';
import { mapOf } from '../../onnx-backbone.ts';
import type { Tensor } from '../../tensor.ts';
import { GraphBuilder, type Value } from './graph-builder.ts';
import { convolutionAttributes } from './layouts/portable-layout.ts';
import { planSteps } from '../plan-steps.ts';
import { leavesPixelsOut } from '../convolution-shape.ts';
import type { ConvStep, DenseStep, NormalizeStep, Shape, Step } from '../steps.ts';
import { activationSteps } from './activation-steps.ts';
import { embeddedFeatures } from './embedded-features.ts';
import { convolvedByTiles } from './inference-by-tiles.ts';
import { averagePooled, concatenated, everySo, excited, maxPooled, standardized } from './inference-steps.ts';
import { paysByTiles } from './tiled-convolution.ts';
import { weightOf } from './weight-of.ts';

/** The name of an inference graph's output where no others are asked for; its input bears the network's own input name. */
export const outputName = 'output';

export interface InferenceGraphOptions {
  /** Output names and the layers whose values they are, in order; the last layer's alone when left out. */
  readonly outputs?: Readonly<Record<string, string>>;
  readonly metadata?: Readonly<Record<string, string>>;
  /**
   * How many images come at once, mostly: convolutions are rewritten into operators that are faster on a processor for so many. Left out,
   * each is one operator, as other programs want it.
   */
  readonly imagesAtOnce?: number;
}

/**
 * A network in inference as an ONNX graph of standard operators with its weights inside: [batch, ...] in and out,
 * channels-last, any batch size. Batch normalisation is folded into the convolutions. Throws RangeError for an output that is
 * no layer, or whose layer disappears in a step with the layers behind it.
 */
export function buildInferenceGraph(
  network: Network,
  weights: Weights,
  options: InferenceGraphOptions = {},
): Uint8Array {
  const graph = new GraphBuilder();
  const values = new Map<string, Value>();
  const shapes = new Map<string, readonly (number | string)[]>();
  const { name, shape } = network.input;
  const batch = fixedBatch(network) ?? 'batch';
  const input = graph.input(name, [batch, ...shape]);
  values.set(name, shape.length === 3 ? graph.transpose(input, 0, 3, 1, 2) : input);
  const setImage = (step: Step & { readonly output: string }, value: Value, shape: Shape) => {
    values.set(step.output, value);
    shapes.set(step.output, [shape.height, shape.width, shape.channels]);
  };
  shapes.set(name, shape);
  for (const step of planSteps(network)) {
    const value = values.get(step.input)!;
    if (step.type === 'dense') {
      values.set(step.output, dense(graph, step, value, weights));
      shapes.set(step.output, [step.layer.units]);
    } else if (step.type === 'pool') {
      values.set(step.output, graph.op('Flatten', [graph.op('GlobalAveragePool', [value])]));
      shapes.set(step.output, [step.inputShape.channels]);
    } else if (step.type === 'graph') {
      const { features, map } = embeddedFeatures(graph, step.layer, value);
      values.set(step.output, features);
      shapes.set(step.output, [step.layer.graph.units]);
      if (map !== null) {
        values.set(mapOf(step.layer.name), map);
        shapes.set(mapOf(step.layer.name), ['height', 'width', step.layer.graph.units]);
      }
    } else if (step.type === 'average') {
      const inputs = step.inputs.map((name) => values.get(name)!);
      values.set(step.output, graph.op('Mean', inputs));
      shapes.set(step.output, [step.units]);
    } else if (step.type === 'dropout') {
      values.set(step.output, value);
      shapes.set(step.output, [step.units]);
    } else if (step.type === 'normalize') {
      const { scale, shift } = normalizationOf(step.layer, new Float32Array(step.units), weights);
      values.set(step.output, graph.add(graph.mul(value, graph.floats(scale)), graph.floats(shift)));
      shapes.set(step.output, [step.units]);
    } else if (step.type === 'standardize') {
      setImage(step, standardized(graph, step, value, weights), step.shape);
    } else if (step.type === 'activate') {
      setImage(step, activationSteps[step.activation].forward(graph, value), step.shape);
    } else if (step.type === 'excite') {
      setImage(step, excited(graph, step, value, weights), step.shape);
    } else if (step.type === 'max_pool') {
      setImage(step, maxPooled(graph, step, value), step.outputShape);
    } else if (step.type === 'average_pool') {
      setImage(step, averagePooled(graph, step, value), step.outputShape);
    } else if (step.type === 'concatenate') {
      setImage(step, concatenated(graph, value, values.get(step.second)!), step.outputShape);
    } else {
      const residual = step.residual ? values.get(step.residual)! : null;
      setImage(step, conv(graph, step, value, residual, weights, options.imagesAtOnce), step.outputShape);
    }
  }
  const { outputs = { [outputName]: network.layers.at(-1)?.name ?? name }, metadata } = options;
  for (const [output, layer] of Object.entries(outputs)) {
    const value = values.get(layer);
    if (value === undefined) throw new RangeError(`the graph has no value of a layer ${layer}`);
    const shape = shapes.get(layer)!;
    graph.output(output, shape.length === 3 ? graph.transpose(value, 0, 2, 3, 1) : value, [batch, ...shape]);
  }
  return graph.encode(metadata);
}

/** How many images a network with an ONNX file takes at a time; null for any number. */
function fixedBatch({ layers }: Network): number | null {
  const [layer] = layers.filter((each) => each.type === 'OnnxGraph');
  return layer?.graph.batch ?? null;
}

function dense(graph: GraphBuilder, { layer }: DenseStep, value: Value, weights: Weights): Value {
  const constant = ({ data, shape }: Tensor) => graph.floats(data, shape);
  const kernel = constant(weightOf(weights, layer.name, 'kernel'));
  const linear = graph.op('Gemm', [value, kernel, constant(weightOf(weights, layer.name, 'bias'))]);
  if (layer.activation === 'linear') return linear;
  return graph.op(layer.activation === 'relu' ? 'Relu' : 'Softmax', [linear]);
}

function conv(
  graph: GraphBuilder,
  step: ConvStep,
  input: Value,
  residual: Value | null,
  weights: Weights,
  imagesAtOnce: number | undefined,
): Value {
  const { convolution, relu } = step;
  const rectified = (value: Value) => {
    if (!relu) return value;
    if (relu.maxValue === null) return graph.op('Relu', [value]);
    return graph.op('Clip', [value, graph.floats(0), graph.floats(relu.maxValue)]);
  };
  const { channels } = step.outputShape;
  const bias = convolution?.useBias
    ? weightOf(weights, convolution.name, 'bias').data
    : new Float32Array(channels);
  const { scale, shift } = normalizationOf(step.normalization, bias, weights);
  if (imagesAtOnce !== undefined && paysByTiles(step, imagesAtOnce)) {
    const finish = residual ? (value: Value) => value : rectified;
    const image = convolvedByTiles(graph, step, input, { scale, shift }, weights, finish);
    return residual ? rectified(graph.add(image, residual)) : image;
  }
  let value = input;
  if (convolution) {
    const { kernelSize } = convolution;
    const leavesOut = imagesAtOnce !== undefined && leavesPixelsOut(convolution, step.padding);
    if (leavesOut) value = everySo(graph, value, convolution.strides);
    const strides = leavesOut ? 1 : convolution.strides;
    const kernel = foldedKernel(graph, step, scale, weights);
    const groups = convolution.type === 'DepthwiseConv2D' ? step.inputShape.channels : 1;
    const options = { kernel: [kernelSize, kernelSize] as const, strides, padding: step.padding, groups };
    value = graph.op('Conv', [value, kernel, graph.floats(shift)], convolutionAttributes(options));
  } else if (step.normalization) {
    value = normalized(graph, value, scale, shift);
  }
  return rectified(residual ? graph.add(value, residual) : value);
}

/** scale * image + shift; ONNX Runtime keeps its blocked layout across this operator, and not across Mul and Add. */
function normalized(graph: GraphBuilder, image: Value, scale: Float32Array, shift: Float32Array): Value {
  const constant = (value: number) => graph.floats(new Float32Array(scale.length).fill(value));
  const inputs = [image, graph.floats(scale), graph.floats(shift), constant(0), constant(1)];
  return graph.op('BatchNormalization', inputs, { epsilon: { float: 0 } });
}

/** What normalisation and bias do to each channel of the bare convolution, or feature: scale * x + shift. */
function normalizationOf(
  normalization: NormalizeStep['layer'] | null,
  bias: Float32Array,
  weights: Weights,
): { scale: Float32Array; shift: Float32Array } {
  if (!normalization) return { scale: new Float32Array(bias.length).fill(1), shift: bias };
  const { name, epsilon } = normalization;
  const [gamma, beta] = [weightOf(weights, name, 'gamma').data, weightOf(weights, name, 'beta').data];
  const [mean, variance] = [
    weightOf(weights, name, 'moving_mean').data,
    weightOf(weights, name, 'moving_variance').data,
  ];
  const scales = Float64Array.from(gamma, (value, c) => value / Math.sqrt(variance[c]! + epsilon));
  const shift = Float32Array.from(beta, (value, c) => value + (bias[c]! - mean[c]!) * scales[c]!);
  return { scale: Float32Array.from(scales), shift };
}

/** Keras's kernel, scaled per output channel, in ONNX's order [out, in / groups, height, width]. */
function foldedKernel(graph: GraphBuilder, step: ConvStep, scale: Float32Array, weights: Weights): Value {
  const { name, type, kernelSize } = step.convolution!;
  const depthwise = type === 'DepthwiseConv2D';
  const { data } = weightOf(weights, name, depthwise ? 'depthwise_kernel' : 'kernel');
  const outChannels = step.outputShape.channels;
  const inChannels = depthwise ? 1 : step.inputShape.channels;
  const area = kernelSize * kernelSize;
  const kernel = new Float32Array(data.length);
  let position = 0;
  for (let out = 0; out < outChannels; out++) {
    for (let input = 0; input < inChannels; input++) {
      for (let tap = 0; tap < area; tap++) {
        kernel[position++] = data[(tap * inChannels + input) * outChannels + out]! * scale[out]!;
      }
    }
  }
  return graph.floats(kernel, [outChannels, inChannels, kernelSize, kernelSize]);
}
