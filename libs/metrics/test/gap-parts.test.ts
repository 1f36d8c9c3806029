import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  accuracyInterval,
  combination,
  difference,
  sharesEffect,
  testTwins,
  type Estimate,
  type Interval,
  type Predictions,
} from '../src/index.ts';

interface Case {
  readonly name: string;
  readonly classes: number;
  readonly validation: number[];
  readonly test: number[];
  readonly predicted: number[];
  readonly recall: number[];
  readonly accuracy: number;
  readonly at_validation_shares: number;
}
const golden = JSON.parse(readFileSync(new URL('golden/shares-effect.json', import.meta.url), 'utf8')) as {
  readonly cases: Case[];
};

const predictions = (
  labels: number[],
  predicted: number[],
  classes: number,
  groups?: string[],
): Predictions => ({
  labels,
  probabilities: predicted.map((one) => Array.from({ length: classes }, (_, k) => Number(k === one))),
  groups: groups ?? null,
});

describe('sharesEffect', () => {
  test.each(golden.cases)("is scikit-learn's weighted accuracy: $name", (each) => {
    const tested = predictions(each.test, each.predicted, each.classes);
    const { testAtValidationShares: at, effect } = sharesEffect(each.validation, tested, each.classes);
    expect(at!.value).toBeCloseTo(each.at_validation_shares, 12);
    expect(effect!.value).toBeCloseTo(each.at_validation_shares - each.accuracy, 12);
    expect(at!.ci95![0]).toBeLessThan(at!.value);
    expect(at!.ci95![1]).toBeGreaterThan(at!.value);
  });

  it('by hand: 0.8 of 4/4 and 0.2 of 2/6 is 0.867, and 0.6 is what it was', () => {
    const { validation, test: labels, predicted } = golden.cases[0]!;
    const found = sharesEffect(validation, predictions(labels, predicted, 2), 2);
    expect(found.shares).toEqual([
      { validation: 0.8, test: 0.4 },
      { validation: 0.2, test: 0.6 },
    ]);
    expect(found.testAtValidationShares!.value).toBeCloseTo(0.8 + 0.2 / 3, 12);
    expect(found.effect!.value).toBeCloseTo(0.8 + 0.2 / 3 - 0.6, 12);
  });

  it('is nothing, for certain, where the classes are as frequent', () => {
    const { effect, testAtValidationShares } = sharesEffect(
      [0, 1],
      predictions([0, 0, 1, 1], [0, 1, 1, 1], 2),
      2,
    );
    expect(effect).toEqual({ value: 0, ci95: [0, 0] });
    expect(testAtValidationShares!.value).toBe(0.75);
  });

  it('is not known where a class of the validation images was not tested, and names it', () => {
    const found = sharesEffect([0, 1, 2], predictions([0, 0], [0, 0], 3), 3);
    expect(found).toMatchObject({ effect: null, testAtValidationShares: null, untested: [1, 2] });
  });

  it('is as sure as the accuracy where the recall of a class with one group has no interval', () => {
    const groups = ['a', 'a', 'b', 'b', 'c', 'c'];
    const tested = predictions([0, 0, 0, 0, 1, 1], [0, 0, 0, 1, 1, 1], 2, groups);
    const { testAtValidationShares: at, effect } = sharesEffect([0, 1], tested, 2);
    const whole = accuracyInterval(tested);
    expect(effect!.ci95).toBeNull();
    expect(at!.ci95![1] - at!.ci95![0]).toBeCloseTo(whole.ci95![1] - whole.ci95![0], 12);
  });
});

describe('testTwins', () => {
  /** Ten photographs of two images without a twin, 13 of 20 right; five of two with one, all right. */
  const names = [
    ...Array.from({ length: 10 }, (_, i) => `new ${i}`),
    ...Array.from({ length: 5 }, (_, i) => `old ${i}`),
  ];
  const groups = names.flatMap((name) => [name, name]);
  const labels = groups.map((_, i) => i % 2);
  const tested = predictions(
    labels,
    labels.map((label, i) => (i < 7 ? 1 - label : label)),
    2,
    groups,
  );
  const isTwin = groups.map((name) => name.startsWith('old'));

  it('gives the accuracy of the rest: 13 of 20, where all are 23 of 30', () => {
    const found = testTwins(tested, isTwin);
    expect(found).toMatchObject({ twins: 10, fraction: 1 / 3, images: 20, groups: 10 });
    expect(found.honest!.value).toBeCloseTo(13 / 20, 12);
    expect(found.honest!.ci95![0]).toBeLessThan(13 / 20);
    expect(found.effect!.value).toBeCloseTo(13 / 20 - 23 / 30, 12);
    const [low, high] = found.effect!.ci95!;
    expect([low < found.effect!.value, high > found.effect!.value]).toEqual([true, true]);
  });

  it('gives the test accuracy itself where there are none, however few groups there are', () => {
    const one = testTwins(predictions([0, 1], [0, 0], 2), [false, false]);
    expect(one.honest).toEqual(accuracyInterval(predictions([0, 1], [0, 0], 2)));
    expect(one.effect).toEqual({ value: 0, ci95: [0, 0] });
  });

  it.each([
    ['nine groups', groups.map((name) => name.startsWith('old') || name === 'new 0'), 18, 9],
    ['none', groups.map(() => true), 0, 0],
  ])('says nothing of the rest where %s are left', (_, twins, images, left) => {
    expect(testTwins(tested, twins)).toMatchObject({ honest: null, effect: null, images, groups: left });
  });
});

describe('combination', () => {
  const estimate = (value: number, low: number, high: number): Estimate => ({ value, ci95: [low, high] });

  it('adds squared distances to the ends, mirrored where a weight is below 0', () => {
    const { value, ci95 } = combination([
      { weight: 0.5, estimate: estimate(0.6, 0.4, 0.7) },
      { weight: -2, estimate: estimate(0.1, 0.05, 0.3) },
      { weight: 0, estimate: { value: 1, ci95: null } },
    ]);
    expect(value).toBeCloseTo(0.1, 12);
    expect(ci95![0]).toBeCloseTo(0.1 - Math.hypot(0.1, 0.4), 12);
    expect(ci95![1]).toBeCloseTo(0.1 + Math.hypot(0.05, 0.1), 12);
  });

  it('is not known where one of its intervals is not', () => {
    expect(combination([{ weight: 1, estimate: { value: 0.5, ci95: null } }]).ci95).toBeNull();
  });

  it('of 1 and -1 is the difference, whose intervals hold it and turn with it', () => {
    const any = fc
      .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([value, half]) => ({ value, ci95: [value - half, value + half / 2] as Interval }));
    fc.assert(
      fc.property(any, any, (a, b) => {
        const [there, back] = [difference(a, b), difference(b, a)];
        expect(there.value).toBeCloseTo(-back.value, 12);
        expect(there.ci95![0]).toBeCloseTo(-back.ci95![1], 12);
        expect(there.ci95![0]).toBeLessThanOrEqual(there.value);
      }),
    );
  });
});
