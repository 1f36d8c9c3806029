import { Random } from '@thaw/base';
import { expect, test } from 'vitest';
import { adam, lion, rmsprop, sgd, type Optimizer } from '../src/optimizer.ts';
import type { UpdateOptions } from '../src/update-options.ts';
import { createUpdater } from '../src/updates/create-updater.ts';

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
  const updater = createUpdater(optimizer, new Map([['dense/bias', new Float32Array([1, 1])]]));
  // The second weight has no gradient and must stay.
  for (const [i, gradient] of [2, 1].entries()) {
    updater.gradients[0]!.set([gradient, 0]);
    updater.update(0.1, i + 1);
    expect(updater.weights[0]![0]).toBeCloseTo(after[i]!, 6);
    expect(updater.weights[0]![1]).toBe(1);
  }
});

/** The values that Keras 3.15 gives. */
test.each<[name: string, optimizer: Optimizer, weightDecay: number, gradients: number[], after: number[]]>([
  ['adam: by its rate, from what has decayed', adam, 0.5, [1], [0.8500003]],
  ['lion', lion, 0.5, [1, -0.2, 0, 0], [0.85, 0.9075, 0.762125, 0.624019]],
])('a weight of 1 at rate 0.1 decays before its step, %s', (_, optimizer, weightDecay, gradients, after) => {
  const start = new Map([['dense/kernel', new Float32Array([1])]]);
  const updater = createUpdater(optimizer, start, { weightDecay });
  gradients.forEach((gradient, i) => {
    updater.gradients[0]!.set([gradient]);
    updater.update(0.1, i + 1);
    expect(updater.weights[0]![0]).toBeCloseTo(after[i]!, 6);
  });
});

test('weights whose name an excluded expression is found in do not decay', () => {
  const names = ['dense/kernel', 'dense/bias', 'bn/gamma', 'bn/beta'];
  const start = new Map(names.map((name) => [name, new Float32Array([1])]));
  const updater = createUpdater(sgd, start, { weightDecay: 0.5, weightDecayExclude: ['bias$', 'bn/.*'] });
  updater.update(0.1, 1);
  expect(updater.weights.map(([value]) => Number(value!.toFixed(6)))).toEqual([0.95, 1, 1, 1]);
});

test.each([sgd, adam, rmsprop, lion, { ...sgd, momentum: 0.9 }])(
  'a layer at a tenth of the rate moves and decays as all would at a tenth of it: $name',
  (optimizer) => {
    const start = () => new Map(['a/kernel', 'b/kernel'].map((key) => [key, new Float32Array([1, 2])]));
    const moved = (options: UpdateOptions, rate: number) => {
      const updater = createUpdater(optimizer, start(), { weightDecay: 0.5, ...options });
      for (let iteration = 1; iteration <= 3; iteration++) {
        for (const gradient of updater.gradients) gradient.set([0.3, -iteration]);
        updater.update(rate, iteration);
      }
      return updater.weights.map((weights) => [...weights]);
    };
    const [a, b] = moved({ learningRateFactors: new Map([['b', 0.1]]) }, 0.1);
    expect(a).toEqual(moved({}, 0.1)[0]);
    b!.forEach((value, i) => {
      expect(value).toBeCloseTo(moved({}, 0.01)[1]![i]!, 6);
    });
  },
);

test('the average of weights begins as what the first step makes of them', () => {
  const updater = createUpdater(sgd, new Map([['w', new Float32Array([1])]]), { emaMomentum: 0.9 });
  const averages = [1, 2, 3].map((iteration) => {
    updater.gradients[0]!.set([1]);
    updater.update(1, iteration);
    return Number(updater.averages![0]![0]!.toFixed(6));
  });
  expect(averages).toEqual([0, -0.1, -0.29]);
});

test.each([1, 2, 4])(
  'gradients of %i steps move a weight once, by their mean, and renew its average once',
  (accumulationSteps) => {
    const options = { accumulationSteps, emaMomentum: 0.9 };
    const updater = createUpdater(sgd, new Map([['w', new Float32Array([1])]]), options);
    const seen: number[] = [];
    for (let iteration = 1; iteration <= 4 * accumulationSteps; iteration++) {
      // Their mean is 1 whatever their number.
      const place = (iteration - 1) % accumulationSteps;
      const gradient = accumulationSteps === 1 ? 1 : (2 * place) / (accumulationSteps - 1);
      updater.gradients[0]!.set([gradient + (place > 0 ? updater.gradients[0]![0]! : 0)]);
      updater.update(1, iteration);
      seen.push(updater.weights[0]![0]!);
    }
    const expected = Array.from(seen, (_, i) => 1 - Math.floor((i + 1) / accumulationSteps));
    expected.forEach((value, i) => {
      expect(seen[i]).toBeCloseTo(value, 6);
    });
    // Keras renews it with each batch and has -1.7805 and -2.1221 for two and four.
    expect(updater.averages![0]![0]).toBeCloseTo(-0.561, 6);
  },
);

test.each<[copies: number, options: UpdateOptions]>([
  [1, { emaMomentum: 0.9 }],
  [0, { accumulationSteps: 2 }],
  [1, { emaMomentum: 0.9, accumulationSteps: 2 }],
])('it takes %i more copies of the weights with %j', (copies, options) => {
  const weights = new Float32Array(2 ** 18);
  const taken = (each: UpdateOptions) =>
    createUpdater(adam, new Map([['w', weights]]), each).weights[0]!.buffer.byteLength;
  expect(taken(options) - taken({})).toBe(copies * weights.byteLength);
});

/** The rule in float64, as it is written in the paper. */
function adamInFloat64(initial: readonly number[], gradients: readonly (readonly number[])[], rate: number) {
  const [w, m, v] = [[...initial], initial.map(() => 0), initial.map(() => 0)];
  gradients.forEach((gradient, step) => {
    gradient.forEach((g, i) => {
      m[i] = 0.9 * m[i]! + 0.1 * g;
      v[i] = 0.999 * v[i]! + 0.001 * g * g;
      const [mean, square] = [m[i]! / (1 - 0.9 ** (step + 1)), v[i]! / (1 - 0.999 ** (step + 1))];
      w[i]! -= (rate * mean) / (Math.sqrt(square) + adam.epsilon / Math.sqrt(1 - 0.999 ** (step + 1)));
    });
  });
  return w;
}

test.each([0, 1, 2, 3, 4, 5, 7, 1000])(
  'adam moves each of %i weights by the rule, and no others',
  (length) => {
    const random = new Random('adam', length);
    const draw = (count: number) => Array.from({ length: count }, () => Math.fround(random.uniform(-1, 1)));
    const initial = [draw(length), draw(6)];
    const updater = createUpdater(adam, new Map(initial.map((each, i) => [`${i}`, Float32Array.from(each)])));
    const gradients = Array.from({ length: 30 }, () => draw(length));
    gradients.forEach((gradient, i) => {
      updater.gradients[0]!.set(gradient);
      updater.update(0.01, i + 1);
    });
    const expected = adamInFloat64(initial[0]!, gradients, 0.01);
    expected.forEach((value, i) => {
      expect(updater.weights[0]![i]).toBeCloseTo(value, 5);
    });
    expect(updater.weights[0]).toHaveLength(length);
    expect([...updater.weights[1]!]).toEqual(initial[1]);
  },
);
