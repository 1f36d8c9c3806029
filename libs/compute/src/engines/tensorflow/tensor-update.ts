import type { Optimizer } from '../../optimizer.ts';
import { tidy, type TensorFlow, type Vector } from './kernels.ts';

/** Weights moved against their gradient, and the new state; all vectors are equally long. */
export interface Updated {
  readonly weights: Vector;
  readonly state: readonly Vector[];
}

export interface StepOptions {
  /** Of all weights, or of each. */
  readonly learningRate: number | Vector;
  readonly iteration: number;
  /** Decoupled weight decay, of every weight or of all. */
  readonly decay: Vector | number;
}

/**
 * The update rules of `updates/` on tensors, so that weights stay on the device that trains them. `state` has as
 * many vectors as the rule there names, zeros at first; `iteration` counts from 1. The caller disposes of what it gives.
 */
export function updateTensors(
  tf: TensorFlow,
  optimizer: Optimizer,
  { weights: before, state, gradient }: Updated & { readonly gradient: Vector },
  { learningRate, iteration, decay }: StepOptions,
): Updated {
  const towards = (old: Vector, value: Vector, rate: number) =>
    tf.add(old, tf.mul(tf.sub(value, old), rate)) as Vector;
  const sum = (a: Vector, b: Vector) => tf.add(a, b) as Vector;
  const times = (a: Vector, b: number | Vector) => tf.mul(a, b) as Vector;
  return tidy(tf, () => {
    const weights =
      decay === 0 ? before : (tf.sub(before, tf.mul(before, tf.mul(decay, learningRate))) as Vector);
    if (optimizer.name === 'adam') {
      const { beta_1, beta_2, epsilon } = optimizer;
      const [first, second] = [1 - beta_1 ** iteration, Math.sqrt(1 - beta_2 ** iteration)];
      const stepSize =
        typeof learningRate === 'number'
          ? (learningRate * second) / first
          : times(learningRate, second / first);
      const momentum = towards(state[0]!, gradient, 1 - beta_1);
      const velocity = towards(state[1]!, tf.square(gradient), 1 - beta_2);
      const step = tf.div(times(momentum, stepSize), tf.add(tf.sqrt(velocity), epsilon));
      return { weights: tf.sub(weights, step) as Vector, state: [momentum, velocity] };
    }
    if (optimizer.name === 'sgd') {
      const step = times(gradient, learningRate);
      if (optimizer.momentum === 0) return { weights: tf.sub(weights, step) as Vector, state: [] };
      const velocity = tf.sub(times(state[0]!, optimizer.momentum), step) as Vector;
      const move = optimizer.nesterov ? tf.sub(times(velocity, optimizer.momentum), step) : velocity;
      return { weights: sum(weights, move as Vector), state: [velocity] };
    }
    if (optimizer.name === 'lion') {
      const { beta_1, beta_2 } = optimizer;
      // Where momentum and gradient nearly cancel, what is rounded when decides the sign: as Keras rounds it.
      const mixed = (beta: number) => sum(times(state[0]!, beta), times(gradient, 1 - beta));
      const step = times(tf.sign(mixed(beta_1)), learningRate);
      return { weights: tf.sub(weights, step) as Vector, state: [mixed(beta_2)] };
    }
    const { rho, momentum, epsilon } = optimizer;
    const velocity = towards(state[0]!, tf.square(gradient), 1 - rho);
    const increment = tf.div(times(gradient, learningRate), tf.sqrt(tf.add(velocity, epsilon))) as Vector;
    if (momentum === 0) return { weights: tf.sub(weights, increment) as Vector, state: [velocity] };
    const moving = sum(times(state[1]!, momentum), increment);
    return { weights: tf.sub(weights, moving) as Vector, state: [velocity, moving] };
  });
}
