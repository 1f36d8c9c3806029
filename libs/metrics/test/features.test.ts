import { readFileSync } from 'node:fs';
import { Random } from '@thaw/base';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  logisticRegression,
  logMe,
  nearestNeighbourProbe,
  rocAuc,
  sampleAcrossGroups,
} from '../src/index.ts';

interface Golden {
  auc: { name: string; labels: number[]; scores: number[]; auc: number }[];
  regressions: {
    name: string;
    c: number;
    features: number[][];
    labels: number[];
    coefficients: number[];
    intercept: number;
  }[];
  transferability: {
    name: string;
    features: number[][];
    labels: number[];
    score: number;
    evidence: number;
  }[];
  probes: {
    name: string;
    k: number;
    features: number[][];
    labels: number[];
    groups: string[];
    across_groups: number[];
    across_groups_balanced: number;
    across_samples: number[];
    across_samples_balanced: number;
  }[];
}

const golden = JSON.parse(readFileSync(new URL('golden/features.json', import.meta.url), 'utf8')) as Golden;

describe('rocAuc', () => {
  test.each(golden.auc)("is scikit-learn's: $name", ({ labels, scores, auc }) => {
    expect(rocAuc(labels, scores)).toBeCloseTo(auc, 12);
  });

  test.each([
    ['a perfect order', [0, 0, 1, 1], [1, 2, 3, 4], 1],
    ['the reverse', [0, 0, 1, 1], [4, 3, 2, 1], 0],
    ['one pair of four wrong', [0, 1, 0, 1], [1, 2, 3, 4], 0.75],
    ['a tie counts half', [0, 1], [5, 5], 0.5],
    ['infinities', [0, 1], [-Infinity, Infinity], 1],
  ])('of %s', (_, labels, scores, expected) => {
    expect(rocAuc(labels, scores)).toBe(expected);
  });

  it('has no value where one of the two is absent', () => {
    expect(rocAuc([1, 1], [1, 2])).toBeNaN();
    expect(rocAuc([], [])).toBeNaN();
  });

  it('refuses NaN scores and other labels', () => {
    expect(() => rocAuc([0, 1], [0, NaN])).toThrow(new RangeError('scores[1] is NaN'));
    expect(() => rocAuc([0, 2], [0, 1])).toThrow(new RangeError('labels[1] is 2, not 0 or 1'));
  });

  it('is the share of pairs that the positive wins', () => {
    const sample = fc.record({ label: fc.constantFrom(0, 1), score: fc.integer({ min: 0, max: 5 }) });
    fc.assert(
      fc.property(fc.array(sample), (samples) => {
        const scoresOf = (label: number) => samples.filter((each) => each.label === label);
        const pairs = scoresOf(1).flatMap((a) => scoresOf(0).map((b) => Math.sign(a.score - b.score)));
        fc.pre(pairs.length > 0);
        const share = pairs.reduce((sum, sign) => sum + (1 + sign) / 2, 0) / pairs.length;
        const auc = rocAuc(
          samples.map(({ label }) => label),
          samples.map(({ score }) => score),
        );
        expect(auc).toBeCloseTo(share, 12);
      }),
    );
  });
});

describe('logisticRegression', () => {
  test.each(golden.regressions)("is scikit-learn's solution: $name", (expected) => {
    const { features, labels, c } = expected;
    const { coefficients, intercept, decisions } = logisticRegression(features, labels, { c });
    const difference = (a: number, b: number) => Math.abs(a - b);
    coefficients.forEach((value, j) =>
      expect(difference(value, expected.coefficients[j]!)).toBeLessThan(1e-5),
    );
    expect(difference(intercept, expected.intercept)).toBeLessThan(1e-5);
    const first = features[0]!.reduce((sum, value, j) => sum + value * coefficients[j]!, intercept);
    expect(decisions(features)[0]).toBeCloseTo(first, 12);
  });

  it('gives the log-odds where features say nothing', () => {
    const { coefficients, intercept } = logisticRegression([[0], [0], [0], [0]], [1, 1, 1, 0]);
    expect(coefficients[0]).toBe(0);
    expect(intercept).toBeCloseTo(Math.log(3), 8);
  });

  it('ends for classes that a line parts, also where features are far apart', () => {
    const { decisions } = logisticRegression([[-1e4], [-9e3], [9e3], [1e4]], [0, 0, 1, 1]);
    expect(rocAuc([0, 0, 1, 1], decisions([[-1e4], [-9e3], [9e3], [1e4]]))).toBe(1);
  });

  it.each([
    ['one class', [[1], [2]], [1, 1], {}, 'logistic regression needs samples of both classes'],
    ['another label', [[1], [2]], [0, 2], {}, 'labels are 0 or 1, not 2'],
    ['rows of different lengths', [[1], [2, 3]], [0, 1], {}, 'features[1] has 2 values, features[0] has 1'],
    ['NaN', [[1], [NaN]], [0, 1], {}, 'features must be finite numbers'],
    ['no penalty', [[1], [2]], [0, 1], { c: 0 }, 'c is above 0, not 0'],
  ])('refuses %s', (_, features, labels, options, message) => {
    expect(() => logisticRegression(features, labels, options)).toThrow(new RangeError(message));
  });
});

describe('logMe', () => {
  test.each(golden.transferability)('is the published formula: $name', (expected) => {
    const { score, evidence } = logMe(expected.features, expected.labels);
    expect(Math.abs(score - expected.score)).toBeLessThan(1e-9);
    expect(Math.abs(evidence - expected.evidence)).toBeLessThan(1e-9);
  });

  it('is higher for features that tell the classes than for noise', () => {
    const random = new Random('log me');
    const labels = Array.from({ length: 60 }, (_, i) => i % 3);
    const noise = labels.map(() => Array.from({ length: 10 }, () => random.normal()));
    const telling = noise.map((row, i) => row.map((value, j) => value + (j === labels[i] ? 3 : 0)));
    expect(logMe(telling, labels).evidence).toBeGreaterThan(logMe(noise, labels).evidence + 0.3);
  });

  it('has the same evidence with features that are always 0 added', () => {
    const { features, labels } = golden.transferability[0]!;
    const padded = features.map((row) => [...row, 0, 0, 0]);
    expect(logMe(padded, labels).evidence).toBeCloseTo(logMe(features, labels).evidence, 9);
  });

  it('refuses labels that are no indices and no samples', () => {
    expect(() => logMe([[1], [2]], [0, -1])).toThrow(RangeError);
    expect(() => logMe([], [])).toThrow(RangeError);
  });
});

describe('nearestNeighbourProbe', () => {
  test.each(golden.probes)("predicts as scikit-learn's KNeighborsClassifier: $name", (expected) => {
    const { features, labels, groups, k } = expected;
    const { acrossGroups, acrossSamples, chance } = nearestNeighbourProbe(features, labels, groups, { k });
    expect(acrossGroups.predictions).toEqual(expected.across_groups);
    expect(acrossGroups.balancedAccuracy).toBeCloseTo(expected.across_groups_balanced, 12);
    expect(acrossSamples.predictions).toEqual(expected.across_samples);
    expect(acrossSamples.balancedAccuracy).toBeCloseTo(expected.across_samples_balanced, 12);
    expect(chance).toBe(0.5);
  });

  it('sees through copies: features that name the photograph alone are right only when copies may be neighbours', () => {
    const random = new Random('copies');
    const photographs = Array.from({ length: 40 }, (_, i) => ({
      label: i % 2,
      group: `photograph ${i}`,
      features: Array.from({ length: 20 }, () => random.normal()),
    }));
    const images = photographs.flatMap((each) => Array.from({ length: 6 }, () => each));
    const { acrossGroups, acrossSamples } = nearestNeighbourProbe(
      images.map(({ features }) => features.map((value) => value + 0.01 * random.normal())),
      images.map(({ label }) => label),
      images.map(({ group }) => group),
    );
    expect(acrossSamples.accuracy).toBe(1);
    expect(acrossGroups.accuracy).toBeLessThan(0.75);
  });

  test.each([
    [
      'of equally many votes the nearest wins',
      [
        [1, 0],
        [1, 0.1],
        [1, 0.5],
      ],
      [0, 1, 0],
      2,
      [1, 0, 1],
    ],
    [
      'all vote when there are fewer than k',
      [
        [1, 0],
        [1, 0.1],
        [1, 0.2],
      ],
      [0, 0, 0],
      9,
      [0, 0, 0],
    ],
    [
      'the length of a row does not matter',
      [
        [1, 0],
        [9, 0.1],
        [0, 3],
        [0.1, 1],
      ],
      [0, 0, 1, 1],
      1,
      [0, 0, 1, 1],
    ],
    ['a sample without any other has no class', [[1, 0]], [0], 1, [-1]],
  ])('%s', (_, features, labels, k, predictions) => {
    expect(nearestNeighbourProbe(features, labels, null, { k }).acrossGroups.predictions).toEqual(
      predictions,
    );
  });

  it('refuses lengths that differ and k below 1', () => {
    expect(() => nearestNeighbourProbe([[1]], [0, 1], null)).toThrow(RangeError);
    expect(() => nearestNeighbourProbe([[1]], [0], null, { k: 0 })).toThrow(RangeError);
  });
});

describe('sampleAcrossGroups', () => {
  it('takes from every group before it takes more from one', () => {
    const group = fc.integer({ min: 0, max: 6 });
    fc.assert(
      fc.property(fc.array(group), fc.nat(40), fc.integer(), (groups, limit, seed) => {
        const taken = sampleAcrossGroups(groups, limit, new Random(seed));
        expect(taken).toEqual([...new Set(taken)].sort((a, b) => a - b));
        expect(taken).toHaveLength(Math.min(limit, groups.length));
        const size = (list: readonly number[], group: number) => list.filter((each) => each === group).length;
        const chosen = taken.map((i) => groups[i]!);
        const most = Math.max(0, ...chosen.map((each) => size(chosen, each)));
        for (const each of new Set(groups)) {
          expect(size(chosen, each)).toBeGreaterThanOrEqual(Math.min(size(groups, each), most - 1));
        }
      }),
    );
  });
});
