import type { MaxPoolStep } from '../steps.ts';
import type { ForwardStep, StepContext } from './differentiable-steps.ts';
import { tidy, type AnyTensor, type Image, type TensorFlow } from './kernels.ts';

/**
 * Max pooling. Its gradient goes to the first of the largest in each window, as TensorFlow's own does, which not all backends have:
 * place by place of the window, each output's gradient is put where the input is the output and no earlier place was.
 */
export function forwardMaxPool(
  { layer: { poolSize, strides }, padding, outputShape }: MaxPoolStep,
  input: Image,
  { runtime: { tf } }: StepContext,
): ForwardStep<Image> {
  const [batch, , , channels] = input.shape;
  const { top, bottom, left, right } = padding;
  const [height, width] = [input.shape[1] + top + bottom, input.shape[2] + left + right];
  const padded = () =>
    tf.pad(input, [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ]) as Image;
  const output = tidy(tf, () => tf.maxPool(padded(), poolSize, strides, 'valid'));
  return {
    output,
    statistics: null,
    backward(slope) {
      const image = padded();
      let rest = slope as Image;
      let sum: Image = tf.zeros([batch, height, width, channels]);
      for (let place = 0; place < poolSize * poolSize; place++) {
        const [row, column] = [Math.floor(place / poolSize), place % poolSize];
        [rest, sum] = tidy(tf, () => {
          const ends = [
            batch,
            row + (outputShape.height - 1) * strides + 1,
            column + (outputShape.width - 1) * strides + 1,
            channels,
          ];
          const seen = tf.stridedSlice(image, [0, row, column, 0], ends, [1, strides, strides, 1]);
          const own = tf.mul(rest, tf.cast(tf.equal(seen, output), 'float32')) as Image;
          const spread = spreadOut(tf, own, strides, [row, column], [height, width]);
          return [tf.sub(rest, own) as Image, tf.add(sum, spread) as Image];
        });
      }
      return { input: tf.slice(sum, [0, top, left, 0], input.shape), second: null, weights: {} };
    },
  };
}

/** Puts values apart by the strides, from a row and column on, into an image of zeros. */
function spreadOut(
  tf: TensorFlow,
  values: Image,
  strides: number,
  [row, column]: readonly [number, number],
  [height, width]: readonly [number, number],
): AnyTensor {
  const [batch, rows, columns, channels] = values.shape;
  const pad = (image: AnyTensor) =>
    tf.pad(image, [
      [0, 0],
      [0, 0],
      [0, strides - 1],
      [0, 0],
    ]);
  const wide = pad(tf.reshape(values, [batch * rows, columns, 1, channels]));
  const tall = pad(tf.reshape(wide, [batch, rows, 1, columns * strides * channels]));
  const spread = tf.reshape(tall, [batch, rows * strides, columns * strides, channels]) as Image;
  const used = Math.min(rows * strides, height - row);
  const usedAcross = Math.min(columns * strides, width - column);
  return tf.pad(tf.slice(spread, [0, 0, 0, 0], [batch, used, usedAcross, channels]), [
    [0, 0],
    [row, height - row - used],
    [column, width - column - usedAcross],
    [0, 0],
  ]);
}
