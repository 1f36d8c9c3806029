import type { ActivationName } from '../../network.ts';
import type { AnyTensor, TensorFlow } from './kernels.ts';

/** Activations, and their derivatives at the input as TensorFlow has them; to be called in a tidy. */
export const activations: Readonly<
  Record<
    ActivationName | 'relu',
    {
      forward<T extends AnyTensor>(tf: TensorFlow, input: T): T;
      slope<T extends AnyTensor>(tf: TensorFlow, input: T): T;
    }
  >
> = {
  relu: {
    forward: (tf, input) => tf.relu(input),
    slope: (tf, input) => tf.cast(tf.greater(input, 0), 'float32') as typeof input,
  },
  sigmoid: {
    forward: (tf, input) => tf.sigmoid(input),
    slope(tf, input) {
      const gate = tf.sigmoid(input);
      return tf.mul(gate, tf.sub(1, gate));
    },
  },
  swish: {
    forward: (tf, input) => tf.mul(input, tf.sigmoid(input)),
    slope(tf, input) {
      const gate = tf.sigmoid(input);
      return tf.mul(gate, tf.add(tf.mul(input, tf.sub(1, gate)), 1));
    },
  },
  hard_sigmoid: {
    forward: hardSigmoid,
    slope: (tf, input) => tf.mul(isBetween(tf, input), 1 / 6),
  },
  hard_swish: {
    forward: (tf, input) => tf.mul(input, hardSigmoid(tf, input)),
    slope: (tf, input) => tf.add(hardSigmoid(tf, input), tf.mul(tf.mul(input, 1 / 6), isBetween(tf, input))),
  },
};

/** relu6(x + 3) / 6. */
function hardSigmoid<T extends AnyTensor>(tf: TensorFlow, input: T): T {
  return tf.mul(tf.relu6(tf.add(input, 3)), 1 / 6);
}

/** 1 strictly between -3 and 3. */
function isBetween<T extends AnyTensor>(tf: TensorFlow, input: T): T {
  return tf.cast(tf.less(tf.abs(input), 3), 'float32') as T;
}
