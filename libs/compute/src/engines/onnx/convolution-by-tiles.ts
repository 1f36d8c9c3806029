import type { Convolution, ConvStep } from '../steps.ts';
import { declareKernel, foldedBias } from './convolution-weights.ts';
import type { Value } from './graph-builder.ts';
import type { PixelOrder } from './layouts/layout.ts';
import type { DifferentiableConvolution, StepContext } from './step-context.ts';
import { TiledConvolution } from './tiled-convolution.ts';

/** A convolution by tiles, between whose images pixels are in an order of their own. */
export function convolutionByTiles(
  step: ConvStep,
  layer: Convolution,
  input: Value,
  context: StepContext,
  pixels: PixelOrder,
): DifferentiableConvolution {
  const { graph, layout, weights, inputShape, outputShape } = context;
  const [inChannels, outChannels] = [inputShape.channels, outputShape.channels];
  const kernel = declareKernel(step, layer, context);
  const bias = foldedBias(layer, context);
  const convolution = new TiledConvolution(graph, step);
  const placed = (scale: Value | null) =>
    convolution.kernel(scale ? graph.mul(kernel, scale) : kernel, inChannels, outChannels);
  const tiles = (image: Value) => convolution.tiles(pixels.take(image, inputShape), inChannels);
  const product = (a: Value, b: Value, turned: 'transA' | 'transB') =>
    graph.op('FusedMatMul', [a, b], { [turned]: { int: 1 } }, 'com.microsoft');
  return {
    forward(scale, shift, finish) {
      const products = graph.op('MatMul', [tiles(input), placed(scale)]);
      const image = pixels.put(convolution.image(products, outChannels), outputShape);
      const constant = (value: number) => graph.floats(new Float32Array(outChannels).fill(value));
      const offset = bias.forward(scale, shift) ?? constant(0);
      return layout.affine(image, outputShape, constant(1), offset, finish);
    },
    backward(gradient, scale, target) {
      const ofProducts = convolution.imageBack(pixels.take(gradient, outputShape), outChannels);
      if (weights.isTrainable(layer.name)) {
        bias.backward(gradient, scale);
        const ofKernel = product(tiles(context.inputAgain), ofProducts, 'transA');
        const raw = convolution.kernelBack(ofKernel, inChannels, outChannels);
        weights.setGradient(layer.name, 'kernel', scale ? graph.mul(raw, scale) : raw);
      }
      if (!target) return null;
      const ofTiles = product(ofProducts, placed(scale), 'transB');
      const own = pixels.put(convolution.tilesBack(ofTiles, inChannels), inputShape);
      return target.addTo ? graph.add(own, target.addTo) : own;
    },
  };
}
