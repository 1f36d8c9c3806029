import { gridSize, type Method } from '@thaw/experiment';
import { describe, expect, it, test } from 'vitest';
import {
  AutoSampler,
  CmaSampler,
  createSampler,
  GpSampler,
  GridSampler,
  HaltonSampler,
  RandomSampler,
  samplers,
  SobolSampler,
  TpeSampler,
  type SearchSpace,
  type Trial,
} from '../src/index.ts';
import { exhaustiveSamplerContract, samplerContract } from './support/sampler-contract.ts';
import { listedSpaces, spaces } from './support/simulation.ts';

const quick = { looks: 16, climbs: 2, draws: 4 };

for (const method of Object.keys(samplers) as Method[]) {
  samplerContract(
    method,
    // A process that looks around less keeps the same promises in a fraction of the time.
    (space, options) => createSampler(method, space, { ...options, gp: quick }),
    method === 'grid' ? listedSpaces : spaces,
  );
}
// So that the estimate, too, is held to the contract, and not only the random trials before it.
samplerContract('bayes from the first trial on', (space, options) =>
  createSampler('bayes', space, { ...options, tpe: { startupTrials: 0, group: true } }),
);
samplerContract('gp from the second trial on', (space, options) =>
  createSampler('gp', space, { ...options, gp: { ...quick, startupTrials: 1 } }),
);
exhaustiveSamplerContract('grid', (space) => new GridSampler(space));
exhaustiveSamplerContract('random', (space, options) => new RandomSampler(space, options));
exhaustiveSamplerContract(
  'bayes',
  (space, options) => new TpeSampler(space, { ...options, tpe: { startupTrials: 1 } }),
);
exhaustiveSamplerContract(
  'gp',
  (space, options) => new GpSampler(space, { ...options, gp: { ...quick, startupTrials: 1 } }),
);
exhaustiveSamplerContract('sobol', (space, options) => new SobolSampler(space, options));
exhaustiveSamplerContract('cmaes', (space, options) => new CmaSampler(space, options));

test.each([
  ['grid', GridSampler],
  ['random', RandomSampler],
  ['bayes', TpeSampler],
  ['gp', GpSampler],
  ['cmaes', CmaSampler],
  ['sobol', SobolSampler],
  ['halton', HaltonSampler],
  ['auto', AutoSampler],
] as const)('the sampler of method %s', (method, expected) => {
  expect(createSampler(method, {}, { seed: 1, goal: 'maximize' })).toBeInstanceOf(expected);
});

const space: SearchSpace = {
  rate: { distribution: 'log_uniform_values', min: 1e-4, max: 1 },
  units: { distribution: 'int_uniform', min: 1, max: 1000 },
};

const trial = (number: number, parameters: Trial['parameters'], value: number): Trial => ({
  number,
  parameters,
  state: 'finished',
  value,
});

/** The trials of a sweep that finds 0.01 best. */
function search(method: Method, seed: number, count: number): Trial[] {
  const sampler = createSampler(method, space, { seed, goal: 'minimize' });
  const trials: Trial[] = [];
  while (trials.length < count) {
    const parameters = sampler.ask(trials)!;
    trials.push(trial(trials.length, parameters, Math.abs(Math.log10(parameters['rate'] as number) + 2)));
  }
  return trials;
}

describe.each(['random', 'bayes'] as const)('method %s', (method) => {
  it('proposes the same for the same seed, and something else for another', () => {
    expect(search(method, 1, 20)).toEqual(search(method, 1, 20));
    expect(search(method, 2, 20)).not.toEqual(search(method, 1, 20));
  });
});

it('random does not depend on when other trials end', () => {
  const sampler = new RandomSampler(space, { seed: 1 });
  const trials = search('random', 1, 5);
  const running = trials.map((each): Trial => ({ ...each, state: 'running', value: null }));
  expect(sampler.ask(running.toReversed())).toEqual(sampler.ask(trials));
});

describe('bayes', () => {
  it('comes closer than random draws', () => {
    const best = (method: Method, seed: number) =>
      Math.min(...search(method, seed, 40).map(({ value }) => value!));
    const seeds = [1, 2, 3, 4, 5];
    const median = (method: Method) => seeds.map((seed) => best(method, seed)).sort((a, b) => a - b)[2]!;
    expect(median('bayes')).toBeLessThan(median('random'));
  });

  it('keeps away from what is running', () => {
    const sampler = new TpeSampler(space, { seed: 1, goal: 'minimize' });
    const known = search('bayes', 1, 30);
    const asked: Trial[] = [...known];
    for (let i = 0; i < 8; i++) {
      asked.push({ number: asked.length, parameters: sampler.ask(asked)!, state: 'running', value: null });
    }
    const proposals = asked.slice(known.length).map(({ parameters }) => JSON.stringify(parameters));
    expect(new Set(proposals).size).toBe(proposals.length);
  });

  it.each([
    ['failed', -1e9],
    ['finished', Number.NaN],
    ['interrupted', -1e9],
  ] as const)('takes no notice of trials that are %s with %d', (state, value) => {
    const known = search('bayes', 1, 15);
    const odd = { ...known[0]!, state, value, number: 5.5 };
    const sampler = new TpeSampler(space, { seed: 1, goal: 'minimize' });
    const fresh = { ...odd, parameters: { rate: 0.5, units: 3 } };
    const again = sampler.ask([...known, fresh]);
    expect(state === 'interrupted' ? again : sampler.ask(known)).toEqual(
      state === 'interrupted' ? fresh.parameters : again,
    );
  });
});

describe('a range of thousands of millions of values', () => {
  const seeds: SearchSpace = {
    seed: { distribution: 'int_uniform', min: 0, max: 4_294_967_295 },
    // Matters beside one of them alone.
    extra: { values: [1, 2], when: { seed: [7] } },
  };

  it.each(['random', 'bayes'] as const)('is drawn from by %s without being listed', (method) => {
    const sampler = createSampler(method, seeds, { seed: 1, goal: 'maximize' });
    const trials: Trial[] = [];
    while (trials.length < 20)
      trials.push(trial(trials.length, sampler.ask(trials)!, Math.sin(trials.length)));
    expect(new Set(trials.map(({ parameters }) => parameters['seed'])).size).toBe(20);
  });

  it('is counted, and begun by a grid at its first value', () => {
    // 4,294,967,295 seeds beside which the other does not matter, and one beside which it has two values.
    expect(gridSize(seeds)).toBe(4_294_967_297);
    const sampler = new GridSampler(seeds);
    expect(sampler.ask([])).toEqual({ seed: 0 });
    expect(sampler.ask([trial(0, { seed: 0 }, 1)])).toEqual({ seed: 1 });
  });
});
