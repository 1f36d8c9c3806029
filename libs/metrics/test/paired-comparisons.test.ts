import { Random } from '@thaw/base';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { pairedComparisons, holmCorrection, signFlipTest, type Predictions } from '../src/index.ts';
import { drawRate } from './clustered-images.ts';

/** Predictions that are right where told; all labels 0. */
function runOf(id: string, right: readonly boolean[], groups: readonly string[] | null) {
  const predictions: Predictions = {
    labels: right.map(() => 0),
    probabilities: right.map((one) => (one ? [0.9, 0.1] : [0.1, 0.9])),
    groups,
  };
  return { id, predictions };
}

describe('sign flips of groups', () => {
  test.each<[string, number[], number]>([
    ['three groups one way: 2 of 8 flips reach as far', [5, 2, 1], 2 / 8],
    ['4 - 1: of ±4 ±1 the sums ±3 and ±5 do', [4, -1], 1],
    ['5 + 3 - 1 = 7: 9, 7, -7 and -9 do', [5, 3, -1], 4 / 8],
    ['a sum of 0', [3, -3], 1],
    ['no difference', [0, 0, 0], 1],
    ['no groups', [], 1],
    ['one group', [20], 1],
    ['groups without a difference do not count', [5, 0, 2, 0, 1], 2 / 8],
  ])('%s', (_, differences, p) => {
    expect(signFlipTest(differences)).toBeCloseTo(p, 12);
  });

  it('count what listing every flip counts', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -12, max: 12 }), { maxLength: 9 }), (differences) => {
        const seen = Math.abs(differences.reduce((sum, value) => sum + value, 0));
        let extreme = 0;
        for (let flips = 0; flips < 2 ** differences.length; flips++) {
          const sum = differences.reduce((all, value, g) => all + ((flips >> g) & 1 ? value : -value), 0);
          if (Math.abs(sum) >= seen) extreme++;
        }
        expect(signFlipTest(differences)).toBeCloseTo(extreme / 2 ** differences.length, 12);
      }),
    );
  });

  /** SciPy 1.17: binomtest(onlyA, onlyA + onlyB).pvalue. */
  test.each([
    [10, 2, 0.03857421875],
    [25, 10, 0.016673847800120711],
    [6, 0, 0.03125],
    [5, 5, 1],
  ])('are McNemar’s exact test for images on their own: %d against %d', (onlyA, onlyB, p) => {
    const differences = [...new Array<number>(onlyA).fill(1), ...new Array<number>(onlyB).fill(-1)];
    expect(signFlipTest(differences)).toBeCloseTo(p, 9);
  });

  it('refuse what is not a whole number', () => {
    expect(() => signFlipTest([1, 0.5])).toThrow(/differences\[1\] is 0.5/);
  });
});

describe('Holm’s correction', () => {
  test.each<[number[], number[]]>([
    [[], []],
    [[0.04], [0.04]],
    [
      [0.01, 0.04, 0.03],
      [0.03, 0.06, 0.06],
    ],
    [
      [0.5, 0.4],
      [0.8, 0.8],
    ],
    [
      [0.9, 0.6],
      [1, 1],
    ],
  ])('of %j is %j', (pValues, expected) => {
    const corrected = holmCorrection(pValues);
    expect(corrected).toHaveLength(expected.length);
    corrected.forEach((p, i) => {
      expect(p).toBeCloseTo(expected[i]!, 12);
    });
  });
});

describe('comparing runs', () => {
  const groups = ['a', 'a', 'b', 'b', 'c', 'c', 'd', 'd'];
  const good = runOf('good', [true, true, true, true, true, true, true, false], groups);
  const bad = runOf('bad', [false, true, false, true, false, true, false, false], groups);

  it('pairs them image by image, and tests by group', () => {
    const [comparison] = pairedComparisons([good, bad]);
    expect(comparison).toMatchObject({
      a: 'good',
      b: 'bad',
      difference: 0.5,
      onlyA: 4,
      onlyB: 0,
      test: 'sign flips of groups, exact',
      p: 2 / 2 ** 4,
    });
    const [low, high] = comparison!.ci95!;
    expect(low).toBeLessThanOrEqual(0.5);
    expect(high).toBeGreaterThanOrEqual(0.5);
    expect(high).toBeLessThanOrEqual(1);
  });

  it('turns round when the runs do', () => {
    const [there] = pairedComparisons([good, bad]);
    const [back] = pairedComparisons([bad, good]);
    expect(back!.difference).toBeCloseTo(-there!.difference, 12);
    expect(back!.ci95![0]).toBeCloseTo(-there!.ci95![1], 12);
    expect(back!.p).toBe(there!.p);
  });

  it('takes every pair once and corrects for all of them', () => {
    const other = runOf('other', [true, false, true, false, true, false, true, false], groups);
    const comparisons = pairedComparisons([good, bad, other]);
    expect(comparisons.map(({ a, b }) => [a, b])).toEqual([
      ['good', 'bad'],
      ['good', 'other'],
      ['bad', 'other'],
    ]);
    expect(comparisons.map(({ pCorrected }) => pCorrected)).toEqual(
      holmCorrection(comparisons.map(({ p }) => p)),
    );
    expect(comparisons[0]!.pCorrected).toBe(3 * comparisons[0]!.p);
  });

  it('is McNemar’s where every image is its own group', () => {
    const [comparison] = pairedComparisons([
      runOf('good', [true, true, true, true, true, true, false], null),
      runOf('bad', new Array<boolean>(7).fill(false), null),
    ]);
    expect(comparison).toMatchObject({ test: 'McNemar, exact', onlyA: 6, onlyB: 0, p: 0.03125 });
  });

  it('says of runs that are alike that the difference is 0, and how little is known', () => {
    const [comparison] = pairedComparisons([good, { ...good, id: 'again' }]);
    expect(comparison).toMatchObject({ difference: 0, p: 1 });
    const [low, high] = comparison!.ci95!;
    expect(low).toBe(-high);
    expect(high).toBeGreaterThan(0.3);
  });

  it('has no interval from one group, and no pair from one run', () => {
    const [comparison] = pairedComparisons([
      runOf('a', [true, true], ['g', 'g']),
      runOf('b', [true, false], ['g', 'g']),
    ]);
    expect(comparison).toMatchObject({ difference: 0.5, ci95: null, p: 1 });
    expect(pairedComparisons([good])).toEqual([]);
    expect(pairedComparisons([])).toEqual([]);
  });

  test.each<[string, Partial<Predictions>, RegExp]>([
    ['other labels', { labels: [0, 0, 0, 0, 0, 0, 0, 1] }, /labels differ at image 7/],
    ['other groups', { groups: ['a', 'a', 'b', 'b', 'c', 'c', 'd', 'e'] }, /groups differ at image 7/],
    ['no groups', { groups: null }, /only one of them has groups/],
    ['fewer images', { labels: [0], probabilities: [[1, 0]], groups: ['a'] }, /8 and 1 of them/],
  ])('refuses runs on other images: %s', (_, change, message) => {
    const changed = { id: 'changed', predictions: { ...good.predictions, ...change } };
    expect(() => pairedComparisons([good, changed])).toThrow(message);
  });

  it('finds a difference between runs that are equally good in at most 5 % of cases, unlike a test by images', () => {
    const repetitions = 300;
    const size = 15;
    let [byGroup, byImage, covered] = [0, 0, 0];
    for (let r = 0; r < repetitions; r++) {
      const random = new Random('equally good', r);
      const right: [boolean[], boolean[]] = [[], []];
      const names: string[] = [];
      for (let g = 0; g < 13; g++) {
        const rates = [drawRate(random, 0.7, 0.4), drawRate(random, 0.7, 0.4)];
        for (let i = 0; i < size; i++) {
          names.push(`g${g}`);
          right[0].push(random.uniform() < rates[0]!);
          right[1].push(random.uniform() < rates[1]!);
        }
      }
      const [grouped] = pairedComparisons([runOf('a', right[0], names), runOf('b', right[1], names)]);
      const [alone] = pairedComparisons([runOf('a', right[0], null), runOf('b', right[1], null)]);
      byGroup += Number(grouped!.p <= 0.05);
      byImage += Number(alone!.p <= 0.05);
      covered += Number(grouped!.ci95![0] <= 0 && grouped!.ci95![1] >= 0);
    }
    // Of 300 at 5 %, 99.9 % of the time at most 27.
    expect(byGroup).toBeLessThanOrEqual(27);
    expect(byGroup).toBeGreaterThan(0);
    expect(byImage / repetitions).toBeGreaterThan(0.3);
    expect(covered / repetitions).toBeGreaterThan(0.91);
    expect(covered / repetitions).toBeLessThan(0.99);
  });
});
