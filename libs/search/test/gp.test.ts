import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { createSampler, GpSampler, type SearchSpace, type Trial } from '../src/index.ts';
import { fitKernel, kernelPosterior } from '../src/samplers/gp/fit-kernel.ts';
import type { Kernel } from '../src/samplers/gp/kernel.ts';
import { LogImprovement } from '../src/samplers/gp/log-improvement.ts';
import { minimiseInBox } from '../src/samplers/gp/minimise-in-box.ts';
import { logNormalImprovement } from '../src/samplers/gp/normal-improvement.ts';
import { standardised } from '../src/samplers/gp/standardised.ts';
import { scoreTrials } from '../src/score-trials.ts';
import { SobolSequence } from '../src/quasi/sobol-sequence.ts';
import { normalQuantile } from '../src/unit/normal-quantile.ts';
import { functions } from './functions.ts';

interface Process {
  categories: boolean[];
  x: number[][];
  y: number[];
  kernel: Kernel;
  objective: number;
  at: number[][];
  running: number[][];
  logImprovement: number[];
  logImprovementBesideRunning: number[];
}

const golden = new URL('./golden/optuna-gp.json', import.meta.url);
const { processes } = JSON.parse(readFileSync(golden, 'utf8')) as { processes: Process[] };
const pointsOf = (rows: number[][]) => rows.map((row) => Float64Array.from(row));

describe.each(processes)("beside Optuna's process of $x.length points", (process) => {
  const { categories: isListed, kernel } = process;
  const [points, at, scores] = [pointsOf(process.x), pointsOf(process.at), Float64Array.from(process.y)];
  const posterior = kernelPosterior(points, scores, isListed);
  const place = ({ inverseSquaredLengths, scale, noise }: Kernel) =>
    Float64Array.from([...inverseSquaredLengths, scale, noise - 1e-6], Math.log);

  it('a kernel has the same posterior', () => {
    expect(-posterior(place(kernel), new Float64Array(isListed.length + 2))).toBeCloseTo(
      process.objective,
      9,
    );
  });

  it('the slope of the posterior is that of its values', () => {
    const near = place(kernel).map((each, i) => each + Math.cos(i));
    const slope = new Float64Array(near.length);
    posterior(near, slope);
    expectSlope((each) => posterior(each, new Float64Array(near.length)), near, slope);
  });

  it('the fitted kernel is as likely', () => {
    const fitted = place(fitKernel(points, scores, isListed));
    const likelihood = -posterior(fitted, new Float64Array(fitted.length));
    expect(likelihood).toBeGreaterThan(process.objective - 1e-3);
  });

  it('a point promises the same', () => {
    const improvement = new LogImprovement({ points, scores, isListed, draws: [[]] }, kernel);
    for (const [i, point] of at.entries()) {
      expect(improvement.at(point)).toBeCloseTo(process.logImprovement[i]!, 6);
    }
  });

  it('beside running trials a point promises the same, but for the drawing', () => {
    const sequence = new SobolSequence(2, 1);
    const draws = Array.from({ length: 2048 }, (_, i) => [...sequence.at(i)].map(normalQuantile));
    const all = [...points, ...pointsOf(process.running)];
    const improvement = new LogImprovement({ points: all, scores, isListed, draws }, kernel);
    // Optuna's counts what the running trials promise by themselves, too.
    const theirs = process.logImprovementBesideRunning.map(Math.exp);
    const ours = at.map((point) => Math.exp(improvement.at(point)));
    for (const i of [1, 2, 3]) expect(ours[i]! - ours[0]!).toBeCloseTo(theirs[i]! - theirs[0]!, 3);

    const slope = new Float64Array(isListed.length);
    const few = new LogImprovement({ points: all, scores, isListed, draws: draws.slice(0, 8) }, kernel);
    few.at(at[1]!, slope);
    expectSlope((each) => few.at(each), at[1]!, slope, isListed);
  });
});

function expectSlope(
  value: (at: Float64Array) => number,
  at: Float64Array,
  slope: Float64Array,
  isFlat: readonly boolean[] = [],
): void {
  for (const [i, expected] of slope.entries()) {
    if (isFlat[i]) continue;
    const beside = (by: number) => value(at.map((each, j) => (i === j ? each + by : each)));
    const measured = (beside(1e-6) - beside(-1e-6)) / 2e-6;
    expect(Math.abs(measured - expected)).toBeLessThan(1e-4 * Math.max(1, Math.abs(expected)));
  }
}

// By mpmath: log(npdf(z) + z ncdf(z)).
test.each([
  [3, 1.0987396653],
  [0, -0.9189385332],
  [-1, -2.4851210257],
  [-4.001, -11.8534945198],
  [-5, -16.7443011627],
  [-40, -808.2985683566],
  [-1e6, -500000000028.54996],
])('log E[max(0, x + %d)] is %d', (z, log) => {
  expect(logNormalImprovement(z).log).toBeCloseTo(log, 9);
});

describe('minimiseInBox', () => {
  const rosenbrock = ([x, y]: Float64Array, slope: Float64Array) => {
    slope.set([2 * (x! - 1) - 400 * x! * (y! - x! * x!), 200 * (y! - x! * x!)]);
    return (x! - 1) ** 2 + 100 * (y! - x! * x!) ** 2;
  };

  test.each([
    ['in the open', 2, [1, 1]],
    // Where x is at most 1/2, the least value lies at y = x².
    ['at an end', 0.5, [0.5, 0.25]],
  ])('finds a minimum %s', (_, most, expected) => {
    const { at } = minimiseInBox(rosenbrock, Float64Array.of(-1.2, 1), {
      low: Float64Array.of(-2, -2),
      high: Float64Array.of(most, 2),
      tolerance: 1e-6,
      mostSteps: 200,
    });
    expect(at[0]).toBeCloseTo(expected[0]!, 5);
    expect(at[1]).toBeCloseTo(expected[1]!, 5);
  });
});

describe('scoreTrials', () => {
  const trial = (number: number, state: Trial['state'], value: number | null, reports?: number[]): Trial => ({
    number,
    parameters: {},
    state,
    value,
    ...(reports && { reports }),
  });

  it('counts finished trials, infinite ones as the outermost, and pruned ones as no better than the middle', () => {
    const trials = [
      trial(0, 'finished', 4),
      trial(1, 'finished', 1),
      trial(2, 'finished', Infinity),
      trial(3, 'finished', NaN),
      trial(4, 'failed', 0),
      trial(5, 'running', null),
      trial(6, 'interrupted', 0),
      trial(7, 'pruned', null, [9, 2]),
      trial(8, 'pruned', null, [5]),
      trial(9, 'pruned', null),
    ];
    const scores = scoreTrials(trials, 'minimize').map(({ trial: { number }, score }) => [number, score]);
    // The middle of 4, 1 and the worst finite figure, 5, is 4.
    expect(scores).toEqual([
      [0, -4],
      [1, -1],
      [2, -5],
      [7, -4],
      [8, -5],
      [9, -5],
    ]);
  });

  it('gives equal scores a place of their own', () => {
    expect([...standardised([2, 2])]).toEqual([0, 0]);
    expect([...standardised([1, 3])]).toEqual([-1, 1]);
  });
});

describe('gp', () => {
  const search = (space: SearchSpace, value: (parameters: Trial['parameters']) => number, count: number) => {
    const sampler = createSampler('gp', space, { seed: 1, goal: 'minimize', gp: { looks: 256 } });
    const trials: Trial[] = [];
    while (trials.length < count) {
      const parameters = sampler.ask(trials)!;
      trials.push({ number: trials.length, parameters, state: 'finished', value: value(parameters) });
    }
    return trials;
  };
  const best = (trials: readonly Trial[]) => Math.min(...trials.map(({ value }) => value!));

  it('comes within 0.02 of the least value of Branin in 30 trials', () => {
    expect(best(search(functions.branin.space, functions.branin.value, 30))).toBeLessThan(0.4179);
  });

  it('finds the best branch where parameters depend on others', () => {
    expect(best(search(functions.tree.space, functions.tree.value, 30))).toBeLessThan(0.11);
  });

  it('keeps apart what runs at once', () => {
    const { space, value } = functions.branin;
    const known = search(space, value, 15);
    const sampler = new GpSampler(space, { seed: 1, goal: 'minimize', gp: { looks: 256 } });
    const trials = [...known];
    for (let i = 0; i < 4; i++)
      trials.push({ number: trials.length, parameters: sampler.ask(trials)!, state: 'running', value: null });
    const asked = trials.slice(15).map(({ parameters }) => [parameters['x1'], parameters['x2']] as number[]);
    const gaps = asked.flatMap((a, i) =>
      asked.slice(0, i).map((b) => Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!)),
    );
    expect(Math.min(...gaps)).toBeGreaterThan(0.5);
  });
});
