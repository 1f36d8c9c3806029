import type { GraphBuilder, Value } from '../graph-builder.ts';
import type { Padding, Shape } from '../../steps.ts';

export interface ConvolutionOptions {
  /** Height and width. */
  readonly kernel: readonly [number, number];
  readonly strides?: number;
  readonly dilations?: number;
  readonly padding?: Padding;
  readonly groups?: number;
  /** [channels out] */
  readonly bias?: Value | null;
  /** Added to the result; an image of the result's shape. */
  readonly residual?: Value | null;
  readonly relu?: { readonly maxValue: number | null } | null;
  /** In the place of ReLU. */
  readonly sigmoid?: boolean;
}

/** What comes on top of a convolution, in this order. */
export type Finish = Pick<ConvolutionOptions, 'residual' | 'relu' | 'sigmoid'>;

/** An image with its shape, whose channels are stored ones. */
export interface Picture {
  readonly image: Value;
  readonly shape: Shape;
  /** Whether it is [batch, channels, height, width], whatever the layout's own order. */
  readonly channelsFirst?: boolean;
}

/** Images [height * width, batch, channels], for convolutions by tiles. */
export interface PixelOrder {
  take(image: Value, shape: Shape): Value;
  put(pixels: Value, shape: Shape): Value;
}

/**
 * How a training graph keeps its images in memory. Images are batches of a fixed size; channel vectors ([channels]) and
 * weights are plain and have the stored channels, the added ones zero. Weights are given flat, as Keras keeps them in memory:
 * [kernel area * in, out], depthwise [kernel area, channels].
 */
export interface Layout {
  readonly name: 'blocked' | 'portable';
  /** Channels with those that the layout adds to fill its blocks. */
  storedChannels(channels: number): number;
  /** The same for a network input; `convolved` says that only convolutions over all channels read it. */
  enteredChannels(channels: number, convolved: boolean): number;
  /** A network input [batch, height, width, channels] as an image of `enteredChannels`. */
  enter(input: Value, shape: Shape, convolved: boolean): Value;
  /** An image as [batch, channels, height, width]. */
  channelsFirst(image: Value, shape: Shape): Value;
  /** An image as [batch, stored channels, height, width] in this order in memory, and back. */
  planes(image: Value, shape: Shape): Value;
  fromPlanes(planes: Value): Value;
  /** Null where the layout's processor may not be one on which tiles pay. */
  readonly pixels: PixelOrder | null;
  /** Convolves with a kernel that one of the methods below made. */
  convolve(image: Value, kernel: Value, options: ConvolutionOptions): Value;
  /** [kernel area, channels] to a depthwise kernel. */
  depthwiseKernel(weights: Value, size: number, channels: number): Value;
  /** [kernel area * in, out] to a kernel over all channels of `image`. */
  kernel(image: Value, weights: Value, size: number, inChannels: number, outChannels: number): Value;
  /** The same weights, [kernel area * in, out], to a kernel that goes from the channels out to the channels in. */
  kernelBack(weights: Value, size: number, inChannels: number, outChannels: number): Value;
  /** scale * image + shift (+ residual, then ReLU), with scale and shift [channels]. */
  affine(image: Value, shape: Shape, scale: Value, shift: Value, options?: Finish): Value;
  /** scale * image + shift (+ residual, then ReLU), with each image's own scale and shift [batch, channels]. */
  affineOfEach(image: Value, shape: Shape, scale: Value, shift: Value | null, options?: Finish): Value;
  /** image * sigmoid(image) */
  swish(image: Value): Value;
  /** Mean over pixels: [batch, channels]. */
  pool(image: Value, channels: number): Value;
  /** Mean over batch and pixels: [channels]. */
  mean(image: Value, shape: Shape): Value;
  /** [batch, channels] repeated at every pixel. */
  spread(features: Value, shape: Shape): Value;
  /** Mean over batch and pixels of the product of two images: [channels]. */
  meanProduct(a: Value, b: Value, shape: Shape): Value;
  /** Mean over the pixels of each image alone of the product of two: [batch, channels]. */
  meanProductOfEach(a: Value, b: Value, shape: Shape): Value;
  /** Sum over batch and pixels of what each channel of `a` times each of `b` gives: [channels of a, channels of b]. */
  channelProducts(a: Picture, b: Picture): Value;
  /** The gradient of a depthwise kernel, [kernel area, channels], from the convolution's input and its output's gradient. */
  depthwiseKernelGradient(
    image: Value,
    shape: Shape,
    gradient: Value,
    gradientShape: Shape,
    options: ConvolutionOptions,
  ): Value;
  /** Every row and column that a stride meets. */
  strided(image: Value, shape: Shape, strides: number): Value;
  /** Puts a row and a column of zeros after each of an image's, and leaves out what is beyond a height and width. */
  interleaveZeros(image: Value, shape: Shape, height: number, width: number): Value;
}

export type LayoutFactory = (graph: GraphBuilder, batch: number) => Layout;
