import type { Optimizer } from './optimizer.ts';

/** Moves weights against their gradient, in place; all arrays are equally long, `state` as the rule names it. */
type Update = (
  weights: Float32Array,
  gradient: Float32Array,
  state: readonly Float32Array[],
  learningRate: number,
  iteration: number,
) => void;

export interface UpdateRule {
  /** How many arrays of state each weight has; all start at zero. */
  readonly states: number;
  /** `iteration` counts from 1. */
  readonly update: Update;
}

/** The update rules of Keras 3 (keras/src/optimizers), in one pass over each weight. */
export function updateRule(optimizer: Optimizer): UpdateRule {
  if (optimizer.name === 'adam') return { states: 2, update: adamUpdate(optimizer) };
  const states = (optimizer.name === 'rmsprop' ? 1 : 0) + (optimizer.momentum > 0 ? 1 : 0);
  return { states, update: optimizer.name === 'sgd' ? sgdUpdate(optimizer) : rmspropUpdate(optimizer) };
}

/** Kingma and Ba 2015, with the bias correction folded into the step size as Keras does. */
function adamUpdate({ beta_1, beta_2, epsilon }: Extract<Optimizer, { name: 'adam' }>): Update {
  return (weights, gradient, [momentum, velocity], learningRate, iteration) => {
    const stepSize = (learningRate * Math.sqrt(1 - beta_2 ** iteration)) / (1 - beta_1 ** iteration);
    for (let i = 0; i < weights.length; i++) {
      const g = gradient[i]!;
      const m = momentum![i]! + (g - momentum![i]!) * (1 - beta_1);
      const v = velocity![i]! + (g * g - velocity![i]!) * (1 - beta_2);
      momentum![i] = m;
      velocity![i] = v;
      weights[i]! -= (m * stepSize) / (Math.sqrt(v) + epsilon);
    }
  };
}

function sgdUpdate({ momentum, nesterov }: Extract<Optimizer, { name: 'sgd' }>): Update {
  return (weights, gradient, [velocity], learningRate) => {
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
  return (weights, gradient, [velocity, moving], learningRate) => {
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
