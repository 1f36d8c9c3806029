import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { clusterInterval, wilsonInterval } from '../src/index.ts';
import { BetaBinomial } from '../src/intervals/beta-binomial.ts';

interface Case {
  readonly name: string;
  readonly sizes: number[];
  readonly right: number[];
  /** Mean and the likeliest correlation for it. */
  readonly correlations: [number, number][];
  readonly interval: [number, number];
}

const golden = JSON.parse(
  readFileSync(new URL('./golden/score-interval.json', import.meta.url), 'utf8'),
) as Case[];

function groupsOf(sizes: readonly number[], right: readonly number[], stratum = 0) {
  return sizes.map((size, g) => ({ sum: right[g]!, size, squares: right[g]!, stratum }));
}

describe.each(golden)('equals SciPy’s: $name', ({ sizes, right, correlations, interval }) => {
  test.each(correlations)('the likeliest correlation if %d were right', (mean, expected) => {
    expect(new BetaBinomial(groupsOf(sizes, right)).correlationAt(mean)).toBeCloseTo(expected, 5);
  });

  it('the interval', () => {
    const [low, high] = clusterInterval(groupsOf(sizes, right))!;
    expect(low).toBeCloseTo(interval[0], 5);
    expect(high).toBeCloseTo(interval[1], 5);
  });
});

it('is Wilson’s of as many trials as groups where all images of each group are alike', () => {
  const [low, high] = clusterInterval(groupsOf([10, 10, 10, 10, 10, 10], [10, 10, 0, 10, 0, 10]))!;
  const [lowest, highest] = wilsonInterval(4 / 6, 6)!;
  expect(low).toBeCloseTo(lowest, 7);
  expect(high).toBeCloseTo(highest, 7);
});

it('goes by groups, not by images, where all are right', () => {
  const [low, high] = clusterInterval(groupsOf([100, 100, 100, 100], [100, 100, 100, 100]))!;
  expect(high).toBe(1);
  expect(low).toBeCloseTo(wilsonInterval(1, 4)![0], 7);
});

it('is not narrow because few groups happen to be alike', () => {
  // Thirteen groups, two images wrong of 390: by images alone 98.2 to 99.9 %.
  const [low] = clusterInterval(
    groupsOf(new Array<number>(13).fill(30), [...new Array<number>(12).fill(30), 28]),
  )!;
  expect(low).toBeLessThan(0.8);
});

it('takes fractions of right images', () => {
  const [low, high] = clusterInterval(groupsOf([10, 10, 10], [2.5, 7.25, 9.5]))!;
  const mean = (2.5 + 7.25 + 9.5) / 30;
  expect(low).toBeLessThan(mean);
  expect(high).toBeGreaterThan(mean);
});
