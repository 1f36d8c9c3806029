import type { AveragePoolStep } from '../steps.ts';
import type { ForwardStep, StepContext } from './differentiable-steps.ts';
import type { Image } from './kernels.ts';

/** Average pooling of windows side by side: each gets an equal part of its gradient at every place. */
export function forwardAveragePool(
  { layer: { poolSize: size }, inputShape, outputShape }: AveragePoolStep,
  input: Image,
  { runtime: { tf } }: StepContext,
): ForwardStep<Image> {
  const batch = input.shape[0];
  const { height, width, channels } = outputShape;
  return {
    output: tf.avgPool(input, size, size, 'valid'),
    statistics: null,
    backward(gradient) {
      const parts = tf.reshape(tf.div(gradient, size * size), [batch * height * width, 1, channels]);
      // Adding to zeros repeats it faster than `tile` does.
      const wide = tf.add(tf.zeros([1, size, channels]), parts);
      const rows = tf.reshape(wide, [batch * height, 1, width * size * channels]);
      const tall = tf.add(tf.zeros([1, size, 1]), rows);
      const covered = tf.reshape(tall, [batch, height * size, width * size, channels]) as Image;
      const rest = [inputShape.height - height * size, inputShape.width - width * size] as const;
      const whole = tf.pad(covered, [
        [0, 0],
        [0, rest[0]],
        [0, rest[1]],
        [0, 0],
      ]);
      return { input: whole, second: null, weights: {} };
    },
  };
}
