import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { classificationReport, confusionMatrix, type Scores } from '../src/index.ts';

/** [precision, recall, f1, support]; null is NaN. */
type Row = (number | null)[];

interface Case {
  name: string;
  classes: number;
  labels: number[];
  predictions: number[];
  confusion: number[][];
  reports: Record<string, { per_class: Row[]; accuracy: number; macro: Row; weighted: Row }>;
}

const { cases } = JSON.parse(
  readFileSync(new URL('golden/classification-report.json', import.meta.url), 'utf8'),
) as { cases: Case[] };

const namesOf = (count: number) => Array.from({ length: count }, (_, index) => `class ${index}`);

function expectScores(where: string, actual: Scores, expected: Row): void {
  const row = [actual.precision, actual.recall, actual.f1, actual.support];
  expect(expected).toHaveLength(row.length);
  row.forEach((value, i) => {
    expectClose(`${where}, ${['precision', 'recall', 'f1', 'support'][i]}`, value, expected[i] ?? NaN);
  });
}

function expectClose(where: string, actual: number, expected: number): void {
  if (Number.isNaN(expected)) expect(actual, where).toBeNaN();
  else expect(Math.abs(actual - expected), `${where}: ${actual}, not ${expected}`).toBeLessThanOrEqual(1e-9);
}

describe('scikit-learn reports the same', () => {
  const rowsOf = (one: Case) => one.reports['nan']!.per_class;

  test.each([0, 1, 2])('some case leaves score %i undefined', (column) => {
    expect(cases.some((one) => rowsOf(one).some((row) => row[column] === null))).toBe(true);
  });

  test('some case has no samples in any class whose precision is defined', () => {
    const defined = cases.map((one) => rowsOf(one).filter(([precision]) => precision !== null));
    expect(defined.some((rows) => rows.every(([, , , support]) => support === 0))).toBe(true);
  });

  describe.each(cases)('$name', ({ classes, labels, predictions, confusion, reports }) => {
    test('confusion matrix', () => {
      expect(confusionMatrix(labels, predictions, classes)).toEqual(confusion);
    });

    test.each([
      ['0', 0],
      ['1', 1],
      ['nan', NaN],
    ])('report with zero division %s', (key, zeroDivision) => {
      const expected = reports[key]!;
      const actual = classificationReport(labels, predictions, namesOf(classes), { zeroDivision });
      expect(actual.perClass.map((scores) => scores.class)).toEqual(namesOf(classes));
      actual.perClass.forEach((scores, i) => {
        expectScores(scores.class, scores, expected.per_class[i]!);
      });
      expectClose('accuracy', actual.accuracy, expected.accuracy);
      expectScores('macro', actual.macro, expected.macro);
      expectScores('weighted', actual.weighted, expected.weighted);
    });
  });
});

describe('classificationReport', () => {
  it('is 0 where a score is undefined when nothing else is asked for', () => {
    const { perClass } = classificationReport([0], [1], ['a', 'b', 'c']);
    expect(perClass[2]).toEqual({ class: 'c', precision: 0, recall: 0, f1: 0, support: 0 });
  });

  it('takes typed arrays', () => {
    const report = classificationReport(Uint8Array.of(0, 1, 1), Int32Array.of(0, 1, 0), ['a', 'b']);
    expect(report.perClass[1]).toEqual({ class: 'b', precision: 1, recall: 0.5, f1: 2 / 3, support: 2 });
  });

  test.each([
    ['no samples', [], [], undefined, 'metrics need at least one sample'],
    ['lengths that differ', [0, 1], [0], undefined, '2 labels do not go with 1 predictions'],
    [
      'a label that is no class',
      [0, 2],
      [0, 1],
      undefined,
      'labels[1] is 2, not an index of one of 2 classes',
    ],
    ['a negative prediction', [0], [-1], undefined, 'predictions[0] is -1, not an index of one of 2 classes'],
    ['a fractional label', [0.5], [0], undefined, 'labels[0] is 0.5, not an index of one of 2 classes'],
    ['another zero division', [0], [0], 0.5, 'zeroDivision is 0, 1 or NaN, not 0.5'],
  ])('refuses %s', (_, labels, predictions, zeroDivision, message) => {
    expect(() => classificationReport(labels, predictions, ['a', 'b'], { zeroDivision })).toThrow(
      new RangeError(message),
    );
  });

  const samples = fc.integer({ min: 1, max: 6 }).chain((classes) =>
    fc.record({
      classes: fc.constant(classes),
      pairs: fc.array(fc.tuple(fc.nat(classes - 1), fc.nat(classes - 1)), { minLength: 1, maxLength: 60 }),
    }),
  );
  const reportOf = (classes: number, pairs: [number, number][]) =>
    classificationReport(
      pairs.map(([label]) => label),
      pairs.map(([, prediction]) => prediction),
      namesOf(classes),
    );

  it('has an accuracy that is the recall weighted by support', () => {
    fc.assert(
      fc.property(samples, ({ classes, pairs }) => {
        const report = reportOf(classes, pairs);
        expect(report.weighted.recall).toBeCloseTo(report.accuracy, 12);
      }),
    );
  });

  it('swaps precision and recall when labels and predictions change places', () => {
    fc.assert(
      fc.property(samples, ({ classes, pairs }) => {
        const report = reportOf(classes, pairs);
        const swapped = reportOf(
          classes,
          pairs.map(([label, prediction]) => [prediction, label]),
        );
        expect(swapped.accuracy).toBe(report.accuracy);
        for (const [i, scores] of report.perClass.entries()) {
          expect(swapped.perClass[i]).toMatchObject({
            precision: scores.recall,
            recall: scores.precision,
            f1: scores.f1,
          });
        }
      }),
    );
  });
});

describe('confusionMatrix', () => {
  it('has true classes in rows and predicted ones in columns', () => {
    expect(confusionMatrix([0, 0, 0, 1], [0, 1, 1, 1], 2)).toEqual([
      [1, 2],
      [0, 1],
    ]);
  });

  it('is all zeros for no samples', () => {
    expect(confusionMatrix([], [], 2)).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });
});
