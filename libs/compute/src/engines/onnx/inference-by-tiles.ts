import type { Weights } from '../../network.ts';
import type { ConvStep } from '../steps.ts';
import type { GraphBuilder, Value } from './graph-builder.ts';
import { TiledConvolution } from './tiled-convolution.ts';
import { weightOf } from './weight-of.ts';

/**
 * A convolution of images [batch, channels, height, width] by tiles, its kernel scaled and then shifted per channel. `finish` goes over
 * all values, wherever they lie.
 */
export function convolvedByTiles(
  graph: GraphBuilder,
  step: ConvStep,
  image: Value,
  { scale, shift }: { readonly scale: Float32Array; readonly shift: Float32Array },
  weights: Weights,
  finish: (value: Value) => Value,
): Value {
  const [inputs, outputs] = [step.inputShape, step.outputShape];
  const { data } = weightOf(weights, step.convolution!.name, 'kernel');
  const scaled = data.map((value, i) => value * scale[i % outputs.channels]!);
  const convolution = new TiledConvolution(graph, step);
  const kernel = convolution.kernel(
    graph.floats(scaled, [9 * inputs.channels, outputs.channels]),
    inputs.channels,
    outputs.channels,
  );
  // Channels last between the two orders: ONNX Runtime leaves its blocked layout for that, and enters it again, in one pass.
  const rows = graph.reshape(
    graph.transpose(image, 0, 2, 3, 1),
    0,
    inputs.height * inputs.width,
    inputs.channels,
  );
  const tiles = convolution.tiles(graph.transpose(rows, 1, 0, 2), inputs.channels);
  const pixels = convolution.image(graph.op('MatMul', [tiles, kernel]), outputs.channels);
  const done = graph.transpose(finish(graph.add(pixels, graph.floats(shift))), 1, 0, 2);
  return graph.transpose(graph.reshape(done, 0, outputs.height, outputs.width, outputs.channels), 0, 3, 1, 2);
}
