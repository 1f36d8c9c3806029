import type { Adam, Optimizer } from '../optimizer.ts';
import { gathersIn, type UpdateOptions } from '../update-options.ts';

/** Moves a weight against its gradient, in place; all arrays are equally long, `state` as the rule names it, `iteration` counts from 1. */
export type Update = (
  weights: Float32Array,
  gradient: Float32Array,
  state: readonly Float32Array[],
  step: { readonly learningRate: number; readonly iteration: number },
) => void;

/**
 * How many values of state there are for each weight: those of the rule, then the sum of gradients and the moving average where the
 * options want them. All start at zero.
 */
export function stateCount(optimizer: Optimizer, options: UpdateOptions = {}): number {
  const averaged = options.emaMomentum !== undefined;
  return ruleStateCount(optimizer) + Number(gathersIn(options)) + Number(averaged);
}

/** Of the rule alone. */
export function ruleStateCount(optimizer: Optimizer): number {
  if (optimizer.name === 'adam') return 2;
  if (optimizer.name === 'lion') return 1;
  return (optimizer.name === 'rmsprop' ? 1 : 0) + (optimizer.momentum > 0 ? 1 : 0);
}

/** The update rules of Keras 3 (keras/src/optimizers), in one pass over each weight; Adam's is `simd-adam.ts`. */
export function updateRule(optimizer: Exclude<Optimizer, Adam>): Update {
  if (optimizer.name === 'lion') return lionUpdate(optimizer);
  return optimizer.name === 'sgd' ? sgdUpdate(optimizer) : rmspropUpdate(optimizer);
}

function sgdUpdate({ momentum, nesterov }: Extract<Optimizer, { name: 'sgd' }>): Update {
  return (weights, gradient, [velocity], { learningRate }) => {
    for (let i = 0; i < weights.length; i++) {
      const step = gradient[i]! * learningRate;
      if (!velocity) {
        weights[i]! -= step;
        continue;
      }
      const v = velocity[i]! * momentum - step;
      velocity[i] = v;
      weights[i]! += nesterov ? v * momentum - step : v;
    }
  };
}

function rmspropUpdate({ rho, momentum, epsilon }: Extract<Optimizer, { name: 'rmsprop' }>): Update {
  return (weights, gradient, [velocity, moving], { learningRate }) => {
    for (let i = 0; i < weights.length; i++) {
      const g = gradient[i]!;
      const v = velocity![i]! * rho + g * g * (1 - rho);
      velocity![i] = v;
      const increment = (learningRate * g) / Math.sqrt(v + epsilon);
      if (moving) moving[i] = moving[i]! * momentum + increment;
      weights[i]! -= moving ? moving[i]! : increment;
    }
  };
}

/** Chen et al. (2023), Symbolic discovery of optimization algorithms: every weight moves by the rate itself. */
function lionUpdate({ beta_1, beta_2 }: Extract<Optimizer, { name: 'lion' }>): Update {
  return (weights, gradient, [momentum], { learningRate }) => {
    for (let i = 0; i < weights.length; i++) {
      const [g, m] = [gradient[i]!, momentum![i]!];
      weights[i]! -= learningRate * Math.sign(m * beta_1 + g * (1 - beta_1));
      momentum![i] = m * beta_2 + g * (1 - beta_2);
    }
  };
}
