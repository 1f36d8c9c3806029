import type { ActivateStep, ConcatenateStep, ExciteStep, StandardizeStep } from '../steps.ts';
import { activations } from './activations.ts';
import type { ForwardStep, StepContext } from './differentiable-steps.ts';
import { tidy, type AnyTensor, type Image, type Matrix } from './kernels.ts';

/** Keras's Normalization of the network's input, which nothing in front of it trains. */
export function forwardStandardize(
  { layer }: StandardizeStep,
  input: Image,
  { runtime: { tf }, weight }: StepContext,
): ForwardStep<Image> {
  const output = tidy(tf, () =>
    tf.div(tf.sub(input, weight(layer.name, 'mean')), tf.sqrt(weight(layer.name, 'variance'))),
  ) as Image;
  return {
    output,
    statistics: null,
    backward: () => {
      throw new RangeError(`${layer.name} is the first layer`);
    },
  };
}

export function forwardActivate(
  { activation }: ActivateStep,
  input: Image,
  { runtime: { tf } }: StepContext,
): ForwardStep<Image> {
  const { forward, slope } = activations[activation];
  return {
    output: tidy(tf, () => forward(tf, input)),
    statistics: null,
    backward: (gradient) => ({ input: tf.mul(gradient, slope(tf, input)), second: null, weights: {} }),
  };
}

/** The channels of a second image behind those of the first. */
export function forwardConcatenate(
  { inputShape }: ConcatenateStep,
  [first, second]: readonly [Image, Image],
  { runtime: { tf } }: StepContext,
): ForwardStep<Image> {
  const { shape } = second;
  return {
    output: tf.concat([first, second], 3),
    statistics: null,
    backward: (gradient) => ({
      input: tf.slice(gradient as Image, [0, 0, 0, 0], [shape[0], shape[1], shape[2], inputShape.channels]),
      second: tf.slice(gradient as Image, [0, 0, 0, inputShape.channels], shape),
      weights: {},
    }),
  };
}

/** Squeeze-and-excitation. */
export function forwardExcite(
  { reduce, inner, expand, gate, shape: { height, width, channels } }: ExciteStep,
  input: Image,
  { runtime: { tf }, trainable, weight }: StepContext,
): ForwardStep<Image> {
  const kernelOf = (name: string, from: number) => tf.reshape(weight(name, 'kernel'), [from, -1]) as Matrix;
  const dense = (features: Matrix, name: string, from: number) =>
    tf.add(tf.matMul(features, kernelOf(name, from)), weight(name, 'bias')) as Matrix;
  /** Sums over an image's pixels, [batch, channels]. */
  const means = (image: Image) =>
    tf.reshape(tf.avgPool(image, [height, width], 1, 'valid'), [-1, channels]) as Matrix;
  const perPixel = (features: Matrix) => tf.reshape(features, [-1, 1, 1, channels]);

  const kept = tidy(tf, () => {
    const pooled = means(input);
    const reduced = dense(pooled, reduce.name, channels);
    const hidden = activations[inner].forward(tf, reduced);
    const expanded = dense(hidden, expand.name, reduce.filters);
    const gates = activations[gate].forward(tf, expanded);
    return { pooled, reduced, hidden, expanded, gates, output: tf.mul(input, perPixel(gates)) as Image };
  });
  const { pooled, reduced, hidden, expanded, gates, output } = kept;
  return {
    output,
    statistics: null,
    backward(slope, needsInput) {
      const gradient = slope as Image;
      const ofGates = tf.mul(means(tf.mul(gradient, input)), height * width);
      const ofExpanded = tf.mul(ofGates, activations[gate].slope(tf, expanded)) as Matrix;
      const ofHidden = tf.matMul(ofExpanded, kernelOf(expand.name, reduce.filters), false, true);
      const ofReduced = tf.mul(ofHidden, activations[inner].slope(tf, reduced)) as Matrix;
      const weights: Record<string, AnyTensor> = {};
      const setGradients = (name: string, features: Matrix, ofFeatures: Matrix) => {
        if (!trainable.has(name)) return;
        const shape = weight(name, 'kernel').shape;
        weights[`${name}/kernel`] = tf.reshape(tf.matMul(features, ofFeatures, true), shape);
        weights[`${name}/bias`] = tf.sum(ofFeatures, 0);
      };
      setGradients(reduce.name, pooled, ofReduced);
      setGradients(expand.name, hidden, ofExpanded);
      if (!needsInput) return { input: null, second: null, weights };
      const ofMeans = tf.matMul(ofReduced, kernelOf(reduce.name, channels), false, true);
      const shared = tf.div(ofMeans, height * width) as Matrix;
      const own = tf.add(tf.mul(gradient, perPixel(gates)), perPixel(shared));
      return { input: own, second: null, weights };
    },
  };
}
