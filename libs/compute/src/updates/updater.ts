import type { Optimizer } from '../optimizer.ts';
import { SimdAdam } from './simd-adam.ts';
import { stateCount, updateRule } from './update-rules.ts';

/** Weights that an optimiser moves, together with its state. */
export interface Updater {
  /** The weights as they are now; the same arrays always. */
  readonly weights: readonly Float32Array[];
  /** Where the gradient of each is put for `update`; the same arrays always. */
  readonly gradients: readonly Float32Array[];
  /** What the optimiser remembers of each, zeros at first; the same arrays always, and writing to them sets it. */
  readonly states: readonly (readonly Float32Array[])[];
  /** Moves all weights against their gradients; `iteration` counts from 1. */
  update(learningRate: number, iteration: number): void;
}

/** Starts from copies of these weights; all state is zero. The update rules are those of Keras 3 (keras/src/optimizers). */
export function createUpdater(optimizer: Optimizer, initial: readonly Float32Array[]): Updater {
  if (optimizer.name === 'adam') return new SimdAdam(optimizer, initial);
  const weights = initial.map((each) => each.slice());
  const gradients = weights.map(({ length }) => new Float32Array(length));
  const states = weights.map(({ length }) =>
    Array.from({ length: stateCount(optimizer) }, () => new Float32Array(length)),
  );
  const update = updateRule(optimizer);
  return {
    weights,
    gradients,
    states,
    update: (learningRate) => {
      weights.forEach((each, i) => {
        update(each, gradients[i]!, states[i]!, learningRate);
      });
    },
  };
}
