import type { Optimizer } from '../optimizer.ts';
import { SimdAdam } from './simd-adam.ts';
import { stateCount, updateRule } from './update-rules.ts';
import type { Updater } from './updater.ts';

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
