import { readFileSync } from 'node:fs';
import { median } from '@thaw/base';
import type { ParameterValues } from '@thaw/experiment';
import { describe, expect, it, test } from 'vitest';
import { optunaDefaults, type SearchSpace } from '../src/index.ts';
import { ParzenEstimator } from '../src/samplers/tpe/parzen-estimator.ts';
import { bestValue } from './best-values.ts';
import { functions, type FunctionName } from './functions.ts';
import { rankScore } from './rank-test.ts';

interface Density {
  space: string;
  observed: ParameterValues[];
  at: ParameterValues[];
  log_pdf: number[];
}

interface Searches {
  trials: number;
  best: Record<FunctionName, { tpe: number[]; random: number[] }>;
  points: Record<FunctionName, { parameters: ParameterValues; value: number }[]>;
}

function golden(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`./golden/${name}.json`, import.meta.url), 'utf8'));
}

const x = { distribution: 'uniform', min: -2, max: 3 } as const;
const y = { distribution: 'log_uniform_values', min: 1e-4, max: 1 } as const;
const z = { distribution: 'int_uniform', min: 2, max: 4000 } as const;
const spaces: Record<string, SearchSpace> = {
  uniform: { x },
  log: { x: y },
  int: { x: z },
  categorical: { x: { values: ['a', 'b', 'c', 'd'] } },
  joint: { x, y, z },
};

test.each((golden('optuna-parzen') as { cases: Density[] }).cases)(
  "has the density of Optuna's estimator: $space, $observed.length observations",
  ({ space, observed, at, log_pdf }) => {
    const estimator = new ParzenEstimator(spaces[space]!, observed, optunaDefaults);
    for (const [i, values] of at.entries()) expect(estimator.logDensity(values)).toBeCloseTo(log_pdf[i]!, 9);
  },
);

describe('beside Optuna, 100 trials', () => {
  const { best, points, trials } = golden('optuna-tpe') as Searches;

  it.each(Object.keys(functions) as FunctionName[])('%s is the same function', (name) => {
    for (const { parameters, value } of points[name]) {
      expect(functions[name].value(parameters)).toBeCloseTo(value, 10);
    }
  });

  // Ten seeds on one function of each kind; `bench/samplers.ts` takes fifty on all.
  it.each(['branin', 'styblinski_tang5', 'func2c', 'tree'] as const)(
    'finds as good values on %s as its TPE, and better ones than random draws',
    (name) => {
      const seeds = Array.from({ length: 10 }, (_, seed) => seed);
      const ours = seeds.map((seed) => bestValue(name, 'bayes', trials, { seed }));
      expect(rankScore(ours, best[name].tpe)).toBeLessThan(2.33);
      expect(median(ours)).toBeLessThan(median(best[name].random));
    },
  );
});
