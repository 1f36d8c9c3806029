import { expect, test } from 'vitest';
import { adam, rmsprop, sgd, type Optimizer } from '../src/optimizer.ts';
import { updateRule } from '../src/update-rules.ts';

/**
 * A weight that starts at 1, learning rate 0.1, gradients 2 and then 1. By hand; for adam the first step is the rate
 * itself, the second rate * sqrt(1 - 0.999^2) / (1 - 0.9^2) * m / sqrt(v), with m = 0.9 * 0.2 + 0.1 and
 * v = 0.999 * 0.004 + 0.001.
 */
const cases: [name: string, optimizer: Optimizer, after: [number, number]][] = [
  ['sgd', sgd, [0.8, 0.7]],
  ['sgd with momentum: velocities -0.2, -0.28', { ...sgd, momentum: 0.9 }, [0.8, 0.52]],
  [
    'sgd with nesterov: steps 0.9 * -0.2 - 0.2, 0.9 * -0.28 - 0.1',
    { ...sgd, momentum: 0.9, nesterov: true },
    [0.62, 0.268],
  ],
  [
    'rmsprop: mean squares 0.4, 0.46',
    { ...rmsprop, epsilon: 1e-12 },
    [1 - 0.2 / Math.sqrt(0.4), 1 - 0.2 / Math.sqrt(0.4) - 0.1 / Math.sqrt(0.46)],
  ],
  [
    'rmsprop with its epsilon under the root',
    { ...rmsprop, epsilon: 0.6, rho: 0.9 },
    [0.8, 0.8 - 0.1 / Math.sqrt(1.06)],
  ],
  [
    'rmsprop with momentum 0.5',
    { ...rmsprop, epsilon: 1e-12, momentum: 0.5 },
    [1 - 0.2 / Math.sqrt(0.4), 1 - 0.3 / Math.sqrt(0.4) - 0.1 / Math.sqrt(0.46)],
  ],
  [
    'adam',
    { ...adam, epsilon: 1e-12 },
    [0.9, 0.9 - ((0.1 * Math.sqrt(1 - 0.999 ** 2)) / (1 - 0.9 ** 2)) * (0.28 / Math.sqrt(0.004996))],
  ],
];

test.each(cases)('two steps of %s', (_, optimizer, after) => {
  const { states, update } = updateRule(optimizer);
  const weights = new Float32Array([1, 1]);
  const state = Array.from({ length: states }, () => new Float32Array(2));
  // The second weight has no gradient and must stay.
  for (const [i, gradient] of [2, 1].entries()) {
    update(weights, new Float32Array([gradient, 0]), state, 0.1, i + 1);
    expect(weights[0]).toBeCloseTo(after[i]!, 6);
    expect(weights[1]).toBe(1);
  }
});
