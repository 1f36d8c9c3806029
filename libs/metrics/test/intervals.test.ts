import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { clusterInterval, difference, wilsonInterval, type GroupTotals } from '../src/index.ts';
import { studentQuantile } from '../src/intervals/student-t.ts';

/** SciPy 1.17: scipy.stats.t.ppf(probability, freedom). */
test.each([
  [0.975, 1, 12.706204736174694],
  [0.975, 2.5, 3.5746548420036817],
  [0.975, 13, 2.1603686564627913],
  [0.975, 70, 1.994437111771186],
  [0.975, 1000, 1.9623390808264083],
  [0.975, 1e6, 1.959966356814107],
  [0.95, 3, 2.3533634348018233],
  [0.9995, 1.2, 226.537567245918],
  [0.6, 7, 0.2631668613520229],
  [0.025, 13, -2.1603686564627913],
  [0.5, 4, 0],
])('Student’s quantile at %d with %d degrees of freedom', (probability, freedom, expected) => {
  const tolerance = 1e-9 * Math.max(1, Math.abs(expected));
  expect(Math.abs(studentQuantile(probability, freedom) - expected)).toBeLessThan(tolerance);
});

test.each([
  [0, 5],
  [1, 5],
  [0.9, 0],
  [NaN, 3],
])('no quantile at %d with %d degrees of freedom', (probability, freedom) => {
  expect(() => studentQuantile(probability, freedom)).toThrow(RangeError);
});

describe('intervals equal the published ones', () => {
  /** Newcombe (1998), Two-sided confidence intervals for the single proportion, Statistics in Medicine 17, table I. */
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('Wilson’s of %d of %d', (right, trials, lower, upper) => {
    const [low, high] = wilsonInterval(right / trials, trials)!;
    expect(low).toBeCloseTo(lower, 4);
    expect(high).toBeCloseTo(upper, 4);
  });

  /** Newcombe (1998), Interval estimation for the difference between independent proportions, ibid., table II. */
  test.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
  ])('Newcombe’s of %d of %d minus %d of %d', (a, ofA, b, ofB, lower, upper) => {
    const estimate = (right: number, trials: number) => ({
      value: right / trials,
      ci95: wilsonInterval(right / trials, trials),
    });
    const { ci95 } = difference(estimate(a, ofA), estimate(b, ofB));
    expect(ci95![0]).toBeCloseTo(lower, 4);
    expect(ci95![1]).toBeCloseTo(upper, 4);
  });
});

const group = fc
  .record({ size: fc.integer({ min: 1, max: 60 }), part: fc.double({ min: 0, max: 1, noNaN: true }) })
  .chain(({ size, part }) =>
    fc.record({
      size: fc.constant(size),
      sum: fc.constant(Math.round(size * part)),
      stratum: fc.integer({ min: 0, max: 2 }),
    }),
  )
  .map((one): GroupTotals => ({ ...one, squares: one.sum }));

describe('the interval of a fraction in groups', () => {
  it('holds the fraction and stays inside [0, 1]', () => {
    fc.assert(
      fc.property(fc.array(group, { minLength: 2, maxLength: 30 }), (groups) => {
        const images = groups.reduce((total, { size }) => total + size, 0);
        const fraction = groups.reduce((total, { sum }) => total + sum, 0) / images;
        const [low, high] = clusterInterval(groups)!;
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(fraction);
        expect(high).toBeGreaterThanOrEqual(fraction);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is mirrored when right and wrong change places', () => {
    fc.assert(
      fc.property(fc.array(group, { minLength: 2, maxLength: 30 }), (groups) => {
        const wrong = groups.map(({ sum, size, stratum }) => ({
          sum: size - sum,
          size,
          squares: size - sum,
          stratum,
        }));
        const [low, high] = clusterInterval(groups)!;
        const [mirroredLow, mirroredHigh] = clusterInterval(wrong)!;
        expect(mirroredLow).toBeCloseTo(1 - high, 9);
        expect(mirroredHigh).toBeCloseTo(1 - low, 9);
      }),
    );
  });

  it('does not depend on the order of the groups', () => {
    const groups = [
      { sum: 3, size: 10, squares: 3, stratum: 0 },
      { sum: 9, size: 10, squares: 9, stratum: 1 },
      { sum: 4, size: 20, squares: 4, stratum: 0 },
      { sum: 1, size: 5, squares: 1, stratum: 2 },
    ];
    const [low, high] = clusterInterval(groups)!;
    const [otherLow, otherHigh] = clusterInterval([...groups].reverse())!;
    expect(otherLow).toBeCloseTo(low, 12);
    expect(otherHigh).toBeCloseTo(high, 12);
  });

  it('is that of independent images where groups do not differ, and wider the more they do', () => {
    const widths = [0, 2, 5].map((apart) => {
      const groups = Array.from({ length: 20 }, (_, g) => {
        const sum = 5 + (g % 2 === 0 ? apart : -apart);
        return { sum, size: 10, squares: sum, stratum: 0 };
      });
      const [low, high] = clusterInterval(groups)!;
      return high - low;
    });
    const [low, high] = wilsonInterval(0.5, 200)!;
    // But for the correction for skewness, which is small for 200 images.
    expect(widths[0]! / (high - low)).toBeCloseTo(1, 2);
    expect(widths[1]).toBeGreaterThan(widths[0]!);
    expect(widths[2]).toBeGreaterThan(2 * widths[1]!);
  });

  it('takes strata for what they are: apart, they do not add to the variance', () => {
    const groups = (stratumOf: (g: number) => number) =>
      Array.from({ length: 20 }, (_, g) => {
        const sum = (g % 2 === 0 ? 9 : 2) + (g % 4 < 2 ? 1 : -1);
        return { sum, size: 10, squares: sum, stratum: stratumOf(g) };
      });
    const width = (all: readonly GroupTotals[]) => {
      const [low, high] = clusterInterval(all)!;
      return high - low;
    };
    expect(width(groups((g) => g % 2))).toBeLessThan(0.6 * width(groups(() => 0)));
    // A stratum a group says nothing of how groups of one differ: they are then one stratum.
    expect(width(groups((g) => g))).toBeCloseTo(width(groups(() => 0)), 12);
  });

  it('is null for one group of several images and for none, Wilson’s for one image', () => {
    expect(clusterInterval([{ sum: 3, size: 7, squares: 3, stratum: 0 }])).toBeNull();
    expect(clusterInterval([])).toBeNull();
    expect(clusterInterval([{ sum: 1, size: 1, squares: 1, stratum: 0 }])).toEqual(wilsonInterval(1, 1));
  });
});

it('a difference has no interval where one side has none', () => {
  expect(difference({ value: 0.5, ci95: null }, { value: 0.25, ci95: [0, 1] })).toEqual({
    value: 0.25,
    ci95: null,
  });
});
