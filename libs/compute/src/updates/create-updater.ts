import type { Optimizer } from '../optimizer.ts';
import { decaysOf, rateFactorsOf, type UpdateOptions } from '../update-options.ts';
import { accumulateGradients } from './accumulate-gradients.ts';
import { clipGradients } from './clip-gradients.ts';
import { renewAverages } from './moving-average.ts';
import { addPenalties } from './penalties.ts';
import { SimdAdam } from './simd-adam.ts';
import { ruleStateCount, updateRule } from './update-rules.ts';
import type { Updater } from './updater.ts';

/** Starts from copies of these weights, by `<layer>/<weight>`; all state is zero. Everything as Keras 3 does it (keras/src/optimizers). */
export function createUpdater(
  optimizer: Optimizer,
  initial: ReadonlyMap<string, Float32Array>,
  options: UpdateOptions = {},
): Updater {
  const keys = [...initial.keys()];
  const factors = rateFactorsOf(keys, options);
  const rule = createRule(optimizer, [...initial.values()], factors);
  const decays = decaysOf(keys, options);
  const { accumulationSteps: steps = 1, emaMomentum: momentum } = options;
  const zeros = () => rule.weights.map(({ length }) => new Float32Array(length));
  const sums = steps > 1 ? zeros() : null;
  const averages = momentum === undefined ? null : zeros();
  return {
    ...rule,
    states: rule.states.map((states, i) => [
      ...states,
      ...[sums, averages].flatMap((each) => each?.[i] ?? []),
    ]),
    ...(averages && { averages }),
    update: (learningRate, iteration) => {
      if (sums && !accumulateGradients(rule.gradients, sums, { steps, iteration })) return;
      const moves = iteration / steps;
      addPenalties(keys, rule.weights, rule.gradients, options.penalties);
      clipGradients(rule.gradients, options);
      rule.weights.forEach((each, i) => {
        decay(each, decays[i]! * learningRate * factors[i]!);
      });
      rule.update(learningRate, moves);
      if (averages) renewAverages(averages, rule.weights, { momentum: momentum!, first: moves === 1 });
    },
  };
}

function decay(weights: Float32Array, share: number): void {
  if (share === 0) return;
  for (let i = 0; i < weights.length; i++) weights[i]! -= weights[i]! * share;
}

function createRule(
  optimizer: Optimizer,
  initial: readonly Float32Array[],
  factors: readonly number[],
): Updater {
  if (optimizer.name === 'adam') return new SimdAdam(optimizer, initial, factors);
  const weights = initial.map((each) => each.slice());
  const gradients = weights.map(({ length }) => new Float32Array(length));
  const states = weights.map(({ length }) =>
    Array.from({ length: ruleStateCount(optimizer) }, () => new Float32Array(length)),
  );
  const update = updateRule(optimizer);
  return {
    weights,
    gradients,
    states,
    update: (learningRate) => {
      weights.forEach((each, i) => {
        update(each, gradients[i]!, states[i]!, learningRate * factors[i]!);
      });
    },
  };
}
