import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { clusterInterval } from '../src/index.ts';
import { BetaBinomial, likeliestCorrelations } from '../src/intervals/beta-binomial.ts';

interface Case {
  readonly name: string;
  readonly strata: { readonly sizes: number[]; readonly right: number[] }[];
  /** A mean of all strata, half of it fitted, and the likeliest correlation of each for it. */
  readonly correlations: [number, ...number[]][];
  readonly interval: [number, number];
}

const golden = JSON.parse(
  readFileSync(new URL('./golden/score-interval.json', import.meta.url), 'utf8'),
) as Case[];

function groupsOf(sizes: readonly number[], right: readonly number[], stratum = 0) {
  return sizes.map((size, g) => ({ sum: right[g]!, size, squares: right[g]!, stratum }));
}

describe.each(golden)('equals SciPy’s: $name', ({ strata, correlations, interval }) => {
  const groups = strata.flatMap(({ sizes, right }, h) => groupsOf(sizes, right, h));

  test.each(correlations)('the likeliest correlations if %d were right', (mean, ...expected) => {
    const models = strata.map(({ sizes, right }) => new BetaBinomial(groupsOf(sizes, right)));
    const found = likeliestCorrelations(
      models,
      models.map(() => mean),
      models.map(() => 0.5),
    );
    for (const [h, correlation] of found.entries()) expect(correlation).toBeCloseTo(expected[h]!, 5);
  });

  it('the interval', () => {
    const [low, high] = clusterInterval(groups)!;
    expect(low).toBeCloseTo(interval[0], 5);
    expect(high).toBeCloseTo(interval[1], 5);
  });
});

/** How far a fraction found lies from an end, and should, in deviations of that many trials; skewed as `all` trials are. */
function deviations(found: number, end: number, trials: number, all = trials): [is: number, should: number] {
  const deviation = Math.sqrt((end * (1 - end)) / trials);
  const skewness = (end * (1 - end) * (1 - 2 * end)) / all ** 2 / deviation ** 3;
  const normal = 1.959964;
  const correction = (Math.sign(found - end) * skewness * (normal ** 2 - 1)) / 6;
  return [Math.abs(found - end) / deviation, normal + (correction > 0 ? correction / 2 : correction)];
}

it('is Wilson’s, corrected for skewness, of as many trials as groups where all images of each group are alike', () => {
  const ends = clusterInterval(groupsOf([10, 10, 10, 10, 10, 10], [10, 10, 0, 10, 0, 10]))!;
  for (const end of ends) {
    const [is, should] = deviations(4 / 6, end, 6);
    expect(is).toBeCloseTo(should, 5);
  }
});

it('goes by groups, not by images, where all are right', () => {
  const [low, high] = clusterInterval(groupsOf([100, 100, 100, 100], [100, 100, 100, 100]))!;
  expect(high).toBe(1);
  const [is, should] = deviations(1, low, 4);
  expect(is).toBeCloseTo(should, 5);
});

it('goes by groups in several strata, less by what a stratum’s own mean takes from them', () => {
  // Two strata of three groups, each half of the variance: half a trial less for each.
  const [low, high] = clusterInterval([
    ...groupsOf([100, 100, 100], [100, 100, 100]),
    ...groupsOf([100, 100, 100], [100, 100, 100], 1),
  ])!;
  expect(high).toBe(1);
  const [is, should] = deviations(1, low, 5, 6);
  expect(is).toBeCloseTo(should, 5);
});

it('is Student’s where the means of groups spread evenly around a half and images add little', () => {
  const size = 20_000;
  const means = [0.46, 0.49, 0.5, 0.51, 0.54];
  const [low, high] = clusterInterval(
    groupsOf(
      means.map(() => size),
      means.map((mean) => mean * size),
    ),
  )!;
  // 2.776 is Student's quantile with four degrees of freedom; 1.96 by Wilson's reckoning would be 3.64.
  const half = 2.776 * Math.sqrt(means.reduce((sum, mean) => sum + (mean - 0.5) ** 2, 0) / (5 * 4));
  expect((high - 0.5) / half).toBeCloseTo(1, 1);
  expect((0.5 - low) / half).toBeCloseTo(1, 1);
});

it('is not narrow because few groups happen to be alike', () => {
  // Thirteen groups, two images wrong of 390: by images alone 98.2 to 99.9 %.
  const [low] = clusterInterval(
    groupsOf(new Array<number>(13).fill(30), [...new Array<number>(12).fill(30), 28]),
  )!;
  expect(low).toBeLessThan(0.85);
});

it('takes fractions of right images', () => {
  const [low, high] = clusterInterval(groupsOf([10, 10, 10], [2.5, 7.25, 9.5]))!;
  const mean = (2.5 + 7.25 + 9.5) / 30;
  expect(low).toBeLessThan(mean);
  expect(high).toBeGreaterThan(mean);
});
