import type { ConvStep } from '../steps.ts';
import {
  tidy,
  type Image,
  type Kernels,
  type Shape4D,
  type TensorFlow,
  type Vector,
  type Window,
} from './kernels.ts';

/** A convolution with everything behind it that does not change: kernel and bias with batch normalisation folded in. */
export interface FoldedConvolution {
  readonly kernel: Image | null;
  /** Factor of each channel where there is no convolution to take it. */
  readonly scale: Vector | null;
  readonly bias: Vector | null;
}

/** A weight of a step's layers by its name in Keras. */
export type WeightOf = (layer: string, weight: string) => Image | Vector;

/** Folds convolution and batch normalisation by moving statistics. The caller disposes of the result. */
export function foldConvolution(tf: TensorFlow, step: ConvStep, weight: WeightOf): FoldedConvolution {
  const { convolution, normalization } = step;
  const kernel = convolution && (weight(convolution.name, kernelName(convolution)) as Image);
  const bias = convolution?.useBias ? (weight(convolution.name, 'bias') as Vector) : null;
  if (!normalization)
    return { kernel: kernel && tf.clone(kernel), scale: null, bias: bias && tf.clone(bias) };
  return tidy(tf, () => {
    const scale = movingScale(tf, step, weight);
    const mean = weight(normalization.name, 'moving_mean') as Vector;
    const centre = bias ? tf.sub(mean, bias) : mean;
    const shift = tf.sub(weight(normalization.name, 'beta'), tf.mul(centre, scale)) as Vector;
    if (!kernel) return { kernel, scale, bias: shift };
    return { kernel: scaleKernel(tf, step, kernel, scale), scale: null, bias: shift };
  });
}

/** gamma / sqrt(moving_variance + epsilon). */
export function movingScale(tf: TensorFlow, { normalization }: ConvStep, weight: WeightOf): Vector {
  const { name, epsilon } = normalization!;
  return tidy(tf, () => {
    const deviation = tf.sqrt(tf.add(weight(name, 'moving_variance'), epsilon));
    return tf.div(weight(name, 'gamma'), deviation) as Vector;
  });
}

/** Multiplies what a kernel makes of each output channel. */
export function scaleKernel(tf: TensorFlow, step: ConvStep, kernel: Image, scale: Vector): Image {
  if (step.convolution?.type === 'Conv2D') return tf.mul(kernel, scale);
  return tidy(tf, () => tf.mul(kernel, tf.reshape(scale, [1, 1, scale.size, 1])));
}

/** The step's output, with the folded weights, the residual and ReLU. */
export function runFolded(
  tf: TensorFlow,
  step: ConvStep,
  folded: FoldedConvolution,
  input: Image,
  residual: Image | null,
): Image {
  return tidy(tf, () => {
    const fused = !residual && activationOf(step);
    if (folded.kernel && fused) {
      const { window, padded } = enter(tf, step, input);
      const convolve = step.convolution!.type === 'Conv2D' ? tf.fused.conv2d : tf.fused.depthwiseConv2d;
      return convolve({
        x: padded,
        filter: folded.kernel,
        strides: window.strides,
        pad: window.padding,
        bias: folded.bias ?? undefined,
        activation: fused,
      });
    }
    let image = folded.kernel ? convolve(tf, step, input, folded.kernel) : input;
    if (folded.scale) image = tf.mul(image, folded.scale);
    if (folded.bias) image = tf.add(image, folded.bias);
    return leave(tf, step, image, residual);
  });
}

/** Adds the bias where there is one, and disposes of the image without it. */
export function addBias(tf: TensorFlow, image: Image, bias: Vector | null): Image {
  if (!bias) return image;
  const sum = tf.add(image, bias) as Image;
  image.dispose();
  return sum;
}

/** Adds the residual and applies ReLU; a new tensor in any case. */
export function leave(tf: TensorFlow, { relu }: ConvStep, image: Image, residual: Image | null): Image {
  return tidy(tf, () => {
    const sum = residual ? tf.add(image, residual) : image;
    if (!relu) return residual ? sum : tf.clone(sum);
    if (relu.maxValue === null) return tf.relu(sum);
    return relu.maxValue === 6 ? tf.relu6(sum) : tf.clipByValue(sum, 0, relu.maxValue);
  }) as Image;
}

/** The convolution alone. */
export function convolve(tf: TensorFlow, step: ConvStep, input: Image, kernel: Image): Image {
  return tidy(tf, () => {
    const { window, padded } = enter(tf, step, input);
    const { strides, padding } = window;
    return step.convolution!.type === 'Conv2D'
      ? tf.conv2d(padded, kernel, strides, padding)
      : tf.depthwiseConv2d(padded, kernel, strides, padding);
  });
}

/** Gradients of a convolution's input and kernel, null where nobody needs them. */
export function convolutionGradients(
  tf: TensorFlow,
  kernels: Kernels,
  step: ConvStep,
  { input, kernel, gradient }: { input: Image; kernel: Image; gradient: Image },
  needs: { readonly input: boolean; readonly kernel: boolean },
): { input: Image | null; kernel: Image | null } {
  return tidy(tf, () => {
    const { window, padded } = enter(tf, step, input);
    const depthwise = step.convolution!.type === 'DepthwiseConv2D';
    const inputGradient = (shape: Shape4D) =>
      depthwise
        ? kernels.depthwiseInputGradient(gradient, kernel, window, shape)
        : kernels.convInputGradient(gradient, kernel, window, shape);
    const kernelGradient = () =>
      depthwise
        ? kernels.depthwiseKernelGradient(padded, gradient, window, kernel.shape)
        : kernels.convKernelGradient(padded, gradient, window, kernel.shape);
    const { top, left } = step.padding;
    const ofPadded = needs.input ? inputGradient(padded.shape) : null;
    return {
      input: ofPadded && padded !== input ? tf.slice(ofPadded, [0, top, left, 0], input.shape) : ofPadded,
      kernel: needs.kernel ? kernelGradient() : null,
    };
  });
}

export function kernelName({ type }: NonNullable<ConvStep['convolution']>): 'kernel' | 'depthwise_kernel' {
  return type === 'Conv2D' ? 'kernel' : 'depthwise_kernel';
}

/** Pads by hand where TensorFlow's own `same` would not put the same zeros. */
function enter(tf: TensorFlow, step: ConvStep, input: Image): { window: Window; padded: Image } {
  const { strides, kernelSize } = step.convolution!;
  const { top, bottom, left, right } = step.padding;
  if (top + bottom + left + right === 0) return { window: { strides, padding: 'valid' }, padded: input };
  const isSame = (length: number, before: number, after: number) => {
    const total = Math.max((Math.ceil(length / strides) - 1) * strides + kernelSize - length, 0);
    return before === Math.floor(total / 2) && after === Math.ceil(total / 2);
  };
  const { height, width } = step.inputShape;
  if (isSame(height, top, bottom) && isSame(width, left, right)) {
    return { window: { strides, padding: 'same' }, padded: input };
  }
  const zeros = [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ] as [number, number][];
  return { window: { strides, padding: 'valid' }, padded: tf.pad(input, zeros) };
}

/** The name that fused operations know for what follows a convolution; false where they do not. */
function activationOf({ relu }: ConvStep): 'linear' | 'relu' | 'relu6' | false {
  if (!relu) return 'linear';
  if (relu.maxValue === null) return 'relu';
  return relu.maxValue === 6 && 'relu6';
}
