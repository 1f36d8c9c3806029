import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { accuracy, argmax, crossEntropy, evaluate, metrics } from '../src/index.ts';

describe('argmax', () => {
  test.each([
    ['the largest', [0.1, 0.7, 0.2], 1],
    ['the first of equals', [0.2, 0.4, 0.4], 1],
    ['the first when all are equal', [0, 0, 0], 0],
    ['the largest of negatives', [-3, -1, -2], 1],
    ['an infinity', [-Infinity, 1, Infinity], 2],
    ['the first when all are minus infinity', [-Infinity, -Infinity], 0],
    ['the first NaN, as NumPy does', [1, NaN, 3, NaN], 1],
    ['the only value', [5], 0],
  ])('finds %s', (_, values, index) => {
    expect(argmax(values)).toBe(index);
    expect(argmax(Float32Array.from(values))).toBe(index);
  });

  it('refuses an empty row', () => {
    expect(() => argmax([])).toThrow(new RangeError('argmax needs at least one value'));
  });
});

describe('accuracy', () => {
  test.each([
    [[0, 1, 2], [0, 1, 2], 1],
    [[0, 1, 2], [1, 2, 0], 0],
    [[0, 1, 2, 2], [0, 1, 1, 1], 0.5],
  ])('of labels %j and predictions %j is %d', (labels, predictions, expected) => {
    expect(accuracy(labels, predictions)).toBe(expected);
  });

  it('refuses lengths that differ and no samples', () => {
    expect(() => accuracy([0], [])).toThrow(new RangeError('1 labels do not go with 0 predictions'));
    expect(() => accuracy([], [])).toThrow(new RangeError('metrics need at least one sample'));
  });
});

describe('crossEntropy', () => {
  const { cases } = JSON.parse(
    readFileSync(new URL('golden/cross-entropy.json', import.meta.url), 'utf8'),
  ) as { cases: { name: string; labels: number[]; probabilities: number[][]; loss: number }[] };

  test.each(cases)("is the loss that Keras's evaluate reports: $name", ({ labels, probabilities, loss }) => {
    expect(Math.abs(crossEntropy(labels, probabilities) - loss)).toBeLessThan(1e-6 * Math.max(loss, 1));
  });

  it('has a case that a clip at 1e-7 would change', () => {
    expect(Math.max(...cases.map(({ loss }) => loss))).toBeGreaterThan(-Math.log(1e-7));
  });

  test.each([
    ['certain and right', [1], [[0, 1]], 0],
    ['even odds', [0], [[0.5, 0.5]], Math.LN2],
    [
      'a mean over samples',
      [0, 1],
      [
        [1, 0],
        [0.75, 0.25],
      ],
      Math.log(4) / 2,
    ],
    ['an underflown probability counts as 2^-149', [0], [[0, 1]], 149 * Math.LN2],
  ])('%s', (_, labels, probabilities, expected) => {
    expect(crossEntropy(labels, probabilities)).toBeCloseTo(expected, 12);
  });

  it('keeps NaN', () => {
    const probabilities = [Float32Array.of(NaN, 0.5), Float32Array.of(1, 0)];
    expect(crossEntropy([0, 0], probabilities)).toBeNaN();
  });

  it('takes rows of float32', () => {
    expect(crossEntropy([1], [Float32Array.of(0.75, 0.25)])).toBeCloseTo(Math.log(4), 12);
  });

  test.each([
    ['no samples', [], [], 'metrics need at least one sample'],
    ['lengths that differ', [0, 1], [[1]], '2 labels do not go with 1 rows of probabilities'],
    ['a label outside its row', [2], [[0.5, 0.5]], 'labels[0] is 2, not an index of one of 2 classes'],
  ])('refuses %s', (_, labels, probabilities, message) => {
    expect(() => crossEntropy(labels, probabilities)).toThrow(new RangeError(message));
  });
});

describe('the registry of metrics', () => {
  it('evaluates every metric', () => {
    const values = evaluate(
      [0, 1],
      [
        [0.5, 0.5],
        [0.75, 0.25],
      ],
    );
    expect(Object.keys(values)).toEqual(Object.keys(metrics));
    expect(values.accuracy).toBe(0.5);
    expect(values.loss).toBeCloseTo(Math.log(8) / 2, 12);
  });

  const golden = <Case>(name: string) =>
    JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8')) as { cases: Case[] };
  interface GoldenCase {
    name: string;
    labels: number[];
    probabilities: number[][];
    values: Record<string, number | null>;
  }

  test.each(golden<GoldenCase>('metrics').cases)(
    "has scikit-learn's values: $name",
    ({ labels, probabilities, values }) => {
      const found = evaluate(labels, probabilities);
      for (const [name, value] of Object.entries(values)) {
        const own = found[name as keyof typeof found];
        if (value === null) expect(own, name).toBeNaN();
        else expect(own, name).toBeCloseTo(value, 12);
      }
    },
  );

  test.each(golden<GoldenCase & { ece: number }>('calibration').cases)(
    'has the calibration error: $name',
    ({ labels, probabilities, ece }) => {
      expect(evaluate(labels, probabilities).calibration_error).toBeCloseTo(ece, 12);
    },
  );

  it('gives NaN for probabilities that are NaN where they count, and throws nothing', () => {
    const values = evaluate([0, 1, 1], [Float32Array.of(NaN, NaN), [0.6, 0.4], [0.2, 0.8]]);
    expect(values.loss).toBeNaN();
    expect(values.auc).toBeNaN();
    expect(values.calibration_error).toBeNaN();
    expect(values.accuracy).toBeCloseTo(2 / 3, 12);
  });

  test.each([
    ['no samples', [], [], 'metrics need at least one sample'],
    ['a label outside its row', [2], [[0.5, 0.5]], 'labels[0] is 2, not an index of one of 2 classes'],
  ])('refuses %s', (_, labels, probabilities, message) => {
    expect(() => evaluate(labels, probabilities)).toThrow(new RangeError(message));
  });
});
