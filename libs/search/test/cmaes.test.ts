import { readFileSync } from 'node:fs';
import type { Method } from '@thaw/experiment';
import { describe, expect, it, test } from 'vitest';
import {
  AutoSampler,
  CmaSampler,
  createSampler,
  GpSampler,
  TpeSampler,
  type SearchSpace,
  type Trial,
} from '../src/index.ts';
import { cmaConstants } from '../src/samplers/cma/cma-constants.ts';
import { roundState, updatedState, warmState, type CmaState } from '../src/samplers/cma/cma-state.ts';
import { symmetricEigen } from '../src/samplers/cma/symmetric-eigen.ts';
import { bestValue } from './best-values.ts';

type Plain = Record<'mean' | 'covariance' | 'stepPath' | 'path', number[]> & { step: number };
const golden = JSON.parse(readFileSync(new URL('./golden/cmaes.json', import.meta.url), 'utf8')) as {
  runs: (Plain & { generations: number[][][] })[];
  warm: Pick<Plain, 'mean' | 'step' | 'covariance'> & { points: number[][] };
};

function expectState(state: CmaState, expected: Partial<Plain>): void {
  for (const [key, figures] of Object.entries(expected)) {
    const found = [state[key as keyof Plain]].flatMap((each) =>
      typeof each === 'number' ? each : [...each],
    );
    for (const [i, figure] of [figures].flat().entries()) expect(found[i]).toBeCloseTo(figure, 9);
  }
}

test.each(golden.runs)(
  'after generations of $mean.length coordinates the state is that of cmaes',
  ({ generations, ...expected }) => {
    const size = expected.mean.length;
    const state = generations.reduce(
      (before, points) =>
        updatedState(
          before,
          points.map((point) => Float64Array.from(point)),
          cmaConstants(size),
        ),
      roundState(new Float64Array(size).fill(0.5), 1 / 6),
    );
    expectState(state, expected);
  },
);

it('begins at the best of known points as cmaes does', () => {
  const { points, ...expected } = golden.warm;
  expectState(warmState(points.map((point) => Float64Array.from(point))), expected);
});

it('moves by the points that are left where others failed', () => {
  // Of a population of 6, two are left: they are weighted log(3.5) and log(3.5 / 2), which sum to 1.
  const points = [Float64Array.of(0.6, 0.5), Float64Array.of(0.5, 0.7)];
  const { mean } = updatedState(roundState(Float64Array.of(0.5, 0.5), 0.1), points, cmaConstants(2));
  const first = Math.log(3.5) / (Math.log(3.5) + Math.log(1.75));
  expect(mean[0]).toBeCloseTo(0.5 + first * 0.1, 12);
  expect(mean[1]).toBeCloseTo(0.5 + (1 - first) * 0.2, 12);
});

it('finds the directions of a symmetric matrix', () => {
  // [[2, 1], [1, 2]] is 3 along (1, 1) and 1 along (1, -1).
  const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2);
  expect([...values].map((value) => Number(value.toFixed(12))).sort()).toEqual([1, 3]);
  for (const each of vectors) expect(Math.abs(each)).toBeCloseTo(Math.SQRT1_2, 12);
});

describe('cmaes', () => {
  const trial = (number: number, parameters: Trial['parameters'], value: number): Trial => ({
    number,
    parameters,
    state: 'finished',
    value,
  });

  it('comes closer than random draws', () => {
    const best = (method: Method) => bestValue('rosenbrock4', method, 120, { seed: 0 });
    expect(best('cmaes')).toBeLessThan(best('random') / 2);
  });

  it('goes by a generation once all of it has ended, whatever came of the next one', () => {
    const space: SearchSpace = { x: { distribution: 'uniform', min: 0, max: 1 } };
    const sampler = new CmaSampler(space, { seed: 1, goal: 'minimize' });
    const trials = [0, 1, 2, 3].map((number) => trial(number, { x: 0.2 + number / 20 }, number));
    const running = (number: number): Trial => ({ ...trials[0]!, number, state: 'running', value: null });
    const before = sampler.ask([...trials.slice(0, 3), running(3), running(4)]);
    const after = sampler.ask([...trials, running(4)]);
    expect(after).not.toEqual(before);
    expect(sampler.ask([...trials, trial(4, { x: 0.9 }, -9)])).toEqual(after);
  });

  it('still leaves a value when the distribution has become narrow', () => {
    const space: SearchSpace = {
      units: { distribution: 'int_uniform', min: 1, max: 9 },
      x: { distribution: 'uniform', min: 0, max: 1 },
    };
    const sampler = new CmaSampler(space, { seed: 1, goal: 'minimize' });
    const trials: Trial[] = [];
    while (trials.length < 100) {
      const parameters = sampler.ask(trials)!;
      const [units, x] = [parameters['units'] as number, parameters['x'] as number];
      trials.push(trial(trials.length, parameters, (units - 7) ** 2 + (x - 0.4) ** 2));
    }
    const last = trials.slice(-50).map(({ parameters }) => parameters['units']);
    expect(last.filter((units) => units === 7).length).toBeGreaterThan(25);
    expect(new Set(last).size).toBeGreaterThan(1);
  });
});

describe('auto', () => {
  const x = { distribution: 'uniform', min: 0, max: 1 } as const;
  const options = { seed: 1, goal: 'minimize', gp: { looks: 16 } } as const;
  const trials = (count: number, values: (i: number) => Trial['parameters']) =>
    Array.from({ length: count }, (_, number): Trial => ({
      number,
      parameters: values(number),
      state: 'finished',
      value: Math.sin(number),
    }));

  it('is bayes where a parameter is listed or depends on another', () => {
    const spaces: SearchSpace[] = [
      { x, kind: { values: ['a', 'b'] } },
      { n: { distribution: 'int_uniform', min: 1, max: 2 }, x: { ...x, when: { n: [1] } } },
    ];
    const points = [(i: number) => ({ x: i / 20, kind: 'a' }), (i: number) => ({ n: 1, x: i / 20 })];
    for (const [index, space] of spaces.entries()) {
      const known = trials(15, points[index]!);
      expect(new AutoSampler(space, options).ask(known)).toEqual(new TpeSampler(space, options).ask(known));
    }
  });

  it('is gp up to 250 finished trials, and then cmaes from the best of them', () => {
    const space: SearchSpace = { x, y: x, constant: { values: [3] } };
    const point = (i: number) => ({ x: (i % 17) / 17, y: (i % 19) / 19, constant: 3 });
    const auto = createSampler('auto', space, options);
    expect(auto.ask(trials(30, point))).toEqual(new GpSampler(space, options).ask(trials(30, point)));
    const many = trials(250, point).map((each) => ({
      ...each,
      value: Math.hypot((each.parameters['x'] as number) - 0.3, (each.parameters['y'] as number) - 0.8),
    }));
    const next = auto.ask(many)!;
    expect(next).toEqual(new CmaSampler(space, options).askAfter(many, many));
    expect(Math.hypot((next['x'] as number) - 0.3, (next['y'] as number) - 0.8)).toBeLessThan(0.4);
  });
});
