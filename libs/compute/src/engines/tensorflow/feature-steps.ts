import type { DropoutStep, NormalizeStep } from '../steps.ts';
import type { ForwardStep, StepContext } from './differentiable-steps.ts';
import { tidy, type Image, type Matrix, type Vector } from './kernels.ts';

/** Without a mask, in inference, features stay as they are. */
export function forwardDropout(
  step: DropoutStep,
  input: Matrix,
  { runtime: { tf }, masks }: StepContext,
): ForwardStep<Matrix> {
  const mask = masks?.get(step.layer.name);
  return {
    output: mask ? tf.mul(input, mask) : tf.clone(input),
    statistics: null,
    backward: (gradient) => ({ input: tf.mul(gradient, mask!), second: null, weights: {} }),
  };
}

/** The mean of what several networks say, which are trained apart. */
export function forwardAverage(
  inputs: readonly Matrix[],
  { runtime: { tf } }: StepContext,
): ForwardStep<Matrix> {
  return {
    output: tidy(tf, () => tf.div(tf.addN([...inputs]), inputs.length)) as Matrix,
    statistics: null,
    backward: () => {
      throw new RangeError('a mean of networks does not train');
    },
  };
}

/** Keras's BatchNormalization of features [batch, units]: by the batch where it trains, else by its moving statistics. */
export function forwardNormalize(
  { layer: { name, epsilon }, units }: NormalizeStep,
  input: Matrix,
  { runtime: { tf, kernels }, trainable, weight }: StepContext,
): ForwardStep<Matrix> {
  const [gamma, beta] = [weight(name, 'gamma') as Vector, weight(name, 'beta') as Vector];
  const asImage = (features: Matrix) => tf.reshape(features, [-1, 1, 1, units]) as Image;
  const asFeatures = (image: Image) => tf.reshape(image, [-1, units]) as Matrix;
  if (!trainable.has(name)) {
    const scale = tidy(tf, () =>
      tf.mul(gamma, tf.rsqrt(tf.add(weight(name, 'moving_variance'), epsilon))),
    ) as Vector;
    const output = tidy(tf, () => tf.add(tf.mul(tf.sub(input, weight(name, 'moving_mean')), scale), beta));
    return {
      output: output as Matrix,
      statistics: null,
      backward: (gradient) => ({ input: tf.mul(gradient, scale), second: null, weights: {} }),
    };
  }
  const image = asImage(input);
  const { output, mean, variance, backward } = kernels.normalize(image, gamma, beta, epsilon);
  return {
    output: asFeatures(output),
    statistics: { mean, variance },
    backward(gradient, needsInput) {
      const slopes = backward(asImage(gradient as Matrix));
      tf.dispose([image, output]);
      const weights = { [`${name}/gamma`]: slopes.gamma, [`${name}/beta`]: slopes.beta };
      return { input: needsInput ? asFeatures(slopes.input) : null, second: null, weights };
    },
  };
}
