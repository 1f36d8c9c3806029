import { Random } from '@thaw/base';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { pairedComparisons, holmCorrection, signFlipTest, type Predictions } from '../src/index.ts';
import { rademacherTail } from '../src/significance/rademacher-tail.ts';
import { typicalInterval } from '../src/significance/typical-interval.ts';
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

describe('the interval of a difference', () => {
  const differences = (most: number) =>
    fc.array(
      fc.record({
        size: fc.integer({ min: 1, max: 30 }),
        share: fc.double({ min: -1, max: 1, noNaN: true }),
      }),
      { minLength: 2, maxLength: most },
    );

  it('holds 0 where, and only where, the p-value is 0.05 or more', () => {
    fc.assert(
      fc.property(differences(30), fc.constantFrom(0, 0.2, 0.4), (drawn, lead) => {
        const groups = drawn.map(({ size, share }) => {
          return { size, sum: Math.round(size * Math.max(-1, Math.min(1, 0.5 * share + lead))) };
        });
        const [low, high] = typicalInterval(groups)!;
        expect(low <= 0 && 0 <= high).toBe(signFlipTest(groups.map(({ sum }) => sum)) >= 0.05);
        const mean =
          groups.reduce((all, { sum }) => all + sum, 0) / groups.reduce((all, { size }) => all + size, 0);
        expect(low).toBeLessThanOrEqual(mean + 1e-6);
        expect(high).toBeGreaterThanOrEqual(mean - 1e-6);
      }),
    );
  });

  // Of 2^6 halves 2.5 % are 1.6: the ends are the second smallest and the second largest, the empty half counted.
  it('ends at the means of halves of the groups', () => {
    const groups = [8, 7, 6, 5, 4, 3].map((sum) => ({ sum, size: 10 }));
    expect(typicalInterval(groups)).toEqual([0.3, 0.8]);
    expect(typicalInterval(groups.slice(1))).toEqual([-1, 1]);
  });

  it('of many groups is that of all halves, nearly', () => {
    const random = new Random('halves');
    const groups = Array.from({ length: 18 }, () => {
      const size = 5 + random.int(20);
      return { size, sum: random.int(size + 1) - Math.floor(size / 3) };
    });
    const means: number[] = [];
    for (let half = 1; half < 2 ** 18; half++) {
      let [sum, size] = [0, 0];
      for (const [g, group] of groups.entries())
        if ((half >> g) & 1) [sum, size] = [sum + group.sum, size + group.size];
      means.push(sum / size);
    }
    const [low, high] = typicalInterval(groups)!;
    const sorted = Float64Array.from(means).sort();
    expect(Math.abs(low - sorted[Math.floor(0.025 * sorted.length)]!)).toBeLessThan(0.01);
    expect(Math.abs(high - sorted[Math.floor(0.975 * sorted.length)]!)).toBeLessThan(0.01);
  });

  const singles = (better: number, worse: number, images: number) =>
    Array.from({ length: images }, (_, i) => ({
      size: 1,
      sum: i < better ? 1 : i < better + worse ? -1 : 0,
    }));

  it.each([
    ['3 of 200 images', singles(3, 0, 200), -0.001, 0.001],
    ['8 of 200', singles(8, 0, 200), 0.005, 0.03],
    ['8 of 2,000', singles(8, 0, 2000), 0.0005, 0.003],
    ['4,500 of 10,000 and worse on 500', singles(4500, 500, 10_000), 0.38, 0.4],
  ])('begins near 0, and above it where it leaves 0 out, for a run better on %s', (_, groups, from, to) => {
    const low = typicalInterval(groups)![0];
    expect(low).toBeGreaterThan(from);
    expect(low).toBeLessThan(to);
  });

  // Exact chances by listing all flips of 1 to 20: of 2^20, sums of 82, 110 and 150 and more.
  it.each([82, 110, 150])('goes by the chance of flips that add up to %d', (sum) => {
    const numbers = Array.from({ length: 20 }, (_, i) => i + 1);
    let chances = new Map([[0, 1]]);
    for (const number of numbers) {
      const next = new Map<number, number>();
      for (const [reached, chance] of chances)
        for (const now of [reached + number, reached - number])
          next.set(now, (next.get(now) ?? 0) + chance / 2);
      chances = next;
    }
    const exact = [...chances].reduce((all, [reached, chance]) => all + (reached >= sum ? chance : 0), 0);
    // As many numbers turned round as leave this sum.
    const turned = new Set<number>();
    let left = (210 - sum) / 2;
    for (const number of numbers.toReversed()) {
      if (number > left) continue;
      turned.add(number);
      left -= number;
    }
    const sizes = numbers.map((number) => ({ size: turned.has(number) ? -number : number, count: 1 }));
    expect(Math.abs(rademacherTail(sizes) / exact - 1)).toBeLessThan(0.1);
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

  it('claims nothing from few images that differ, or from differences that cancel within groups', () => {
    const one = pairedComparisons([
      runOf('a', new Array<boolean>(200).fill(true), null),
      runOf('b', [false, ...new Array<boolean>(199).fill(true)], null),
    ])[0]!;
    expect(one.ci95![0]).toBeLessThan(-0.004);
    const names = Array.from({ length: 16 }, (_, i) => `g${i >> 1}`);
    const even = names.map((_, i) => i % 2 === 0);
    const [cancelled] = pairedComparisons([
      runOf('a', even, names),
      runOf(
        'b',
        even.map((right) => !right),
        names,
      ),
    ]);
    expect(cancelled).toMatchObject({ difference: 0, p: 1 });
    expect(cancelled!.ci95![1]).toBeGreaterThan(0);
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
