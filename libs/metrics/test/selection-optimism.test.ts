import { Random } from '@thaw/base';
import { describe, expect, it } from 'vitest';
import { selectionOptimism, type Predictions } from '../src/index.ts';
import { drawRate } from './clustered-images.ts';

/** Trials on the same groups of images, each right with its own chance in each group on its own. */
function drawTrials(random: Random, { groups, size, accuracies, correlation }: Setup): Predictions[] {
  const labels = new Array<number>(groups * size).fill(0);
  const names = labels.map((_, i) => `group ${Math.floor(i / size)}`);
  return accuracies.map((accuracy) => {
    const rates = Array.from({ length: groups }, () => drawRate(random, accuracy, correlation));
    return {
      labels,
      groups: size === 1 ? null : names,
      probabilities: labels.map((_, i) =>
        random.uniform() < rates[Math.floor(i / size)]! ? [0.9, 0.1] : [0.1, 0.9],
      ),
    };
  });
}

interface Setup {
  readonly groups: number;
  readonly size: number;
  readonly accuracies: readonly number[];
  readonly correlation: number;
}

/** Means over sweeps of the same setup, whose truth is known. */
function simulate(name: string, setup: Setup, repetitions: number) {
  const all = Array.from({ length: repetitions }, (_, r) => {
    const random = new Random(name, r);
    const result = selectionOptimism(drawTrials(random, setup), { by: 'accuracy', random });
    return { ...result, truth: result.apparent.value - setup.accuracies[result.best]! };
  });
  const mean = (value: (one: (typeof all)[number]) => number) =>
    all.reduce((sum, one) => sum + value(one), 0) / repetitions;
  const truth = mean((one) => one.truth);
  const within = (ci95: readonly [number, number] | null, value: number) =>
    Number(ci95![0] <= value && value <= ci95![1]);
  return {
    optimism: mean((one) => one.optimism),
    truth,
    covered: mean((one) => within(one.ci95, truth)),
    correctedCovered: mean((one) => within(one.corrected.ci95, setup.accuracies[one.best]!)),
  };
}

describe('trials that are all alike', () => {
  it.each<[string, Setup]>([
    [
      'images in groups',
      { groups: 30, size: 8, accuracies: new Array<number>(12).fill(0.6), correlation: 0.3 },
    ],
    [
      'images on their own',
      { groups: 200, size: 1, accuracies: new Array<number>(20).fill(0.7), correlation: 0 },
    ],
  ])('the optimism is what the best of their noise is above the truth: %s', (name, setup) => {
    const { optimism, truth, covered, correctedCovered } = simulate(name, setup, 60);
    expect(truth).toBeGreaterThan(0.04);
    expect(Math.abs(optimism - truth)).toBeLessThan(0.15 * truth);
    expect(covered).toBeGreaterThan(0.85);
    expect(correctedCovered).toBeGreaterThan(0.85);
  });
});

it('one trial far ahead of the rest is hardly chosen by chance', () => {
  const setup = { groups: 40, size: 8, accuracies: [0.5, 0.5, 0.85, 0.5], correlation: 0.2 };
  const random = new Random('ahead');
  const result = selectionOptimism(drawTrials(random, setup), { by: 'accuracy', random });
  expect(result).toMatchObject({ best: 2, trials: 4 });
  expect(Math.abs(result.optimism)).toBeLessThan(0.005);
  expect(result.corrected.value).toBeCloseTo(result.apparent.value - result.optimism, 12);
});

it('more trials, or fewer groups, are more optimistic', () => {
  const optimism = (groups: number, trials: number) =>
    simulate(
      `${groups} ${trials}`,
      { groups, size: 5, accuracies: new Array<number>(trials).fill(0.6), correlation: 0.3 },
      20,
    ).optimism;
  const usual = optimism(40, 8);
  expect(optimism(40, 40)).toBeGreaterThan(usual);
  expect(optimism(10, 8)).toBeGreaterThan(usual);
});

describe('what needs no estimate', () => {
  const [trial] = drawTrials(new Random('one'), { groups: 5, size: 3, accuracies: [0.6], correlation: 0.2 });

  it('one trial was not chosen: 0', () => {
    const result = selectionOptimism([trial!], { by: 'accuracy', random: new Random(1) });
    expect(result).toMatchObject({ optimism: 0, ci95: [0, 0], best: 0, trials: 1 });
    expect(result.corrected).toEqual(result.apparent);
  });

  it('trials that say the same are as good as one', () => {
    const result = selectionOptimism([trial!, trial!, trial!], { by: 'accuracy', random: new Random(1) });
    expect(result).toMatchObject({ optimism: 0, ci95: [0, 0], best: 0, trials: 3 });
  });

  it('one group says nothing of other groups: no intervals', () => {
    const alone = [trial!, { ...trial!, probabilities: trial!.probabilities.map(() => [1, 0]) }].map(
      (one) => ({
        ...one,
        groups: one.groups!.map(() => 'only'),
      }),
    );
    const result = selectionOptimism(alone, { by: 'accuracy', random: new Random(1) });
    expect(result).toMatchObject({ best: 1, ci95: null });
    expect(result.corrected.ci95).toBeNull();
  });

  it('no trials, and trials of other images, are refused', () => {
    const other = { ...trial!, groups: null };
    expect(() => selectionOptimism([], { by: 'accuracy', random: new Random(1) })).toThrow(
      /at least one trial/,
    );
    expect(() => selectionOptimism([trial!, other], { by: 'accuracy', random: new Random(1) })).toThrow(
      /not of the same images/,
    );
  });
});

it('is the same for the same seed', () => {
  const setup = { groups: 12, size: 4, accuracies: [0.6, 0.6, 0.6], correlation: 0.2 };
  const trials = drawTrials(new Random('seed'), setup);
  const run = (seed: number) => selectionOptimism(trials, { by: 'accuracy', random: new Random(seed) });
  expect(run(1)).toEqual(run(1));
});
