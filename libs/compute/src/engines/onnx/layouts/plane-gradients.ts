import type { GraphBuilder, Value } from '../graph-builder.ts';
import type { Shape } from '../../steps.ts';
import type { ConvolutionOptions, Layout } from './layout.ts';

/**
 * The gradient of a depthwise kernel from each image of the batch alone, in the layout's own order: each channel of an image
 * is a plane, and a convolution of the planes with their gradients, a group for each.
 */
export function planeGradients(
  graph: GraphBuilder,
  layout: Pick<Layout, 'convolve'>,
  planes: number,
  { image, shape }: { readonly image: Value; readonly shape: Shape },
  { gradient, gradientShape }: { readonly gradient: Value; readonly gradientShape: Shape },
  { strides = 1, padding }: ConvolutionOptions,
): Value {
  const { height, width } = gradientShape;
  return layout.convolve(
    graph.reshape(image, 1, planes, shape.height, shape.width),
    graph.reshape(gradient, planes, 1, height, width),
    { kernel: [height, width], dilations: strides, padding, groups: planes },
  );
}
