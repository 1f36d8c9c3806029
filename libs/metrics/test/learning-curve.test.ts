import { Random } from '@thaw/base';
import { describe, expect, it } from 'vitest';
import { errorAt, fitPowerLaw, learningCurve, winShares, type Predictions } from '../src/index.ts';

describe('fitPowerLaw', () => {
  it('finds the law that errors follow', () => {
    const sizes = [10, 20, 40, 80];
    const { scale, exponent } = fitPowerLaw(
      sizes,
      sizes.map((size) => 1.5 * size ** -0.4),
    );
    expect(scale).toBeCloseTo(1.5, 10);
    expect(exponent).toBeCloseTo(0.4, 10);
  });

  it('goes by least squares of logarithms', () => {
    // ln sizes 0, 1, 2 and ln errors -1, -1, -2: slope -1/2, mean -4/3.
    const e = Math.E;
    const { scale, exponent } = fitPowerLaw([1, e, e * e], [1 / e, 1 / e, 1 / (e * e)]);
    expect(exponent).toBeCloseTo(1 / 2, 12);
    expect(Math.log(scale)).toBeCloseTo(-4 / 3 + 1 / 2, 12);
  });

  it('says no error above 1, and fits no single size', () => {
    expect(errorAt({ scale: 3, exponent: 0.5 }, 4)).toBe(1);
    expect(() => fitPowerLaw([5, 5], [0.1, 0.2])).toThrow(RangeError);
  });
});

const [groups, size, folds] = [60, 4, 5];

/** What networks say of images of two classes when so many of each group's `size` images are wrong. */
function said(wrongOf: (group: number) => number): Predictions {
  const labels: number[] = [];
  const names: string[] = [];
  const probabilities: number[][] = [];
  for (let g = 0; g < groups; g++) {
    for (let i = 0; i < size; i++) {
      const label = g % 2;
      const right = i >= wrongOf(g);
      labels.push(label);
      names.push(`group ${g}`);
      probabilities.push(right === (label === 0) ? [0.9, 0.1] : [0.1, 0.9]);
    }
  }
  return { labels, groups: names, probabilities };
}
const foldOf = Array.from({ length: groups * size }, (_, i) => Math.floor(Math.floor(i / size) / 2) % folds);

describe('learningCurve', () => {
  it('expects of twice as many groups what the law says', () => {
    // Errors 1/2, 1/4, 1/8 at 10, 20, 40 groups: exponent 1, so 1/10 at 50 and 1/20 at 100.
    const points = [2, 1, 0.5].map((wrong, k) => ({
      groups: 10 * 2 ** k,
      predictions: said((g) => (wrong < 1 ? Number(g % 4 < 2) : wrong)),
    }));
    const curve = learningCurve(points, { foldOf, size: 50, random: new Random('curve') });
    expect(curve.law.exponent).toBeCloseTo(1, 6);
    expect(curve.now.value).toBeCloseTo(0.9, 6);
    expect(curve.doubled.value).toBeCloseTo(0.95, 6);
    expect(curve.gain.value).toBeCloseTo(0.05, 6);
    expect(curve.gain.ci95![0]).toBeGreaterThan(0);
    expect(curve.gain.ci95![1]).toBeGreaterThan(0.05);
    expect(curve.accuracies.map(({ value }) => value)).toEqual([0.5, 0.75, 0.875]);
  });

  it('does not tell where networks that learn from more are as good by chance', () => {
    const random = new Random('flat');
    const points = [10, 20, 40].map((count) => ({
      groups: count,
      predictions: said(() => random.int(size + 1)),
    }));
    const { gain } = learningCurve(points, { foldOf, size: 50, random });
    expect(gain.ci95![0]).toBeLessThan(0);
    expect(gain.ci95![1]).toBeGreaterThan(0);
  });

  it('needs three points', () => {
    const points = [10, 20].map((count) => ({ groups: count, predictions: said(() => 1) }));
    expect(() => learningCurve(points, { foldOf, size: 50, random: new Random() })).toThrow(/three points/);
  });
});

describe('winShares', () => {
  it('is 1 of a trial that is best on every group, and even of two that swap groups', () => {
    const good = said(() => 0);
    const bad = said(() => 1);
    const [won, lost] = winShares([good, bad], new Random());
    expect(won).toBeCloseTo(1, 12);
    expect(lost).toBe(0);
    expect(winShares([good, good], new Random())[1]).toBeCloseTo(0.5, 12);
    const [a, b] = winShares([said((g) => g % 2), said((g) => 1 - (g % 2))], new Random());
    expect(a! + b!).toBeCloseTo(1, 12);
    expect(a).toBeGreaterThan(0.4);
    expect(a).toBeLessThan(0.65);
  });
});
