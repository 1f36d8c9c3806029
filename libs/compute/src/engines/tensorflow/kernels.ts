import type * as tensorflow from '@tensorflow/tfjs-core';

/** TensorFlow.js as a package exports it: the union package and its core have these names alike. */
export type TensorFlow = typeof tensorflow;
export type Matrix = tensorflow.Tensor2D;
export type Image = tensorflow.Tensor4D;
export type Vector = tensorflow.Tensor1D;
export type AnyTensor = tensorflow.Tensor;

/** How a convolution moves over an image [batch, height, width, channels]. */
export interface Window {
  readonly strides: number;
  readonly padding: 'same' | 'valid';
}

export interface Normalized {
  readonly output: Image;
  readonly mean: Vector;
  /** Of the batch as it is, without Bessel's correction, as Keras's moving variance takes it. */
  readonly variance: Vector;
  /** Takes the gradient of `output`. To be called once at most. */
  backward(gradient: Image): { readonly input: Image; readonly gamma: Vector; readonly beta: Vector };
}

/** What the backends of TensorFlow.js do in ways of their own: gradients and what has a fused form. */
export interface Kernels {
  /** Gradient of a convolution's input [batch, height, width, in] from that of its output; kernel [h, w, in, out]. */
  convInputGradient(gradient: Image, kernel: Image, window: Window, inputShape: Shape4D): Image;
  convKernelGradient(input: Image, gradient: Image, window: Window, kernelShape: Shape4D): Image;
  /** The same for depthwise convolutions; kernel [h, w, channels, 1]. */
  depthwiseInputGradient(gradient: Image, kernel: Image, window: Window, inputShape: Shape4D): Image;
  depthwiseKernelGradient(input: Image, gradient: Image, window: Window, kernelShape: Shape4D): Image;
  /** Gradient where a ReLU's output lies strictly between 0 and its maximum, else zero. */
  reluGradient<T extends AnyTensor>(gradient: T, output: T, maxValue: number | null): T;
  /** Sum of an image over all but the channels. */
  channelSum(image: Image): Vector;
  /** Batch normalisation by the statistics of the batch. */
  normalize(input: Image, gamma: Vector, beta: Vector, epsilon: number): Normalized;
}

export type Shape4D = [number, number, number, number];

/** Disposes of all tensors that `work` makes but those that it returns, also deep in plain objects and arrays. */
export function tidy<T>(tf: TensorFlow, work: () => T): T {
  return tf.tidy(work as () => never) as T;
}
