import { expect, it } from 'vitest';
import { classificationReport, reportDifference } from '../src/index.ts';

const classes = ['basophil', 'monocyte'];

it('puts two reports side by side, with validation minus test as the gap', () => {
  const validation = classificationReport([0, 0, 1, 1], [0, 0, 1, 1], classes);
  const test = classificationReport([0, 0, 0, 0, 1], [0, 0, 0, 1, 1], classes);
  const [basophil, monocyte] = reportDifference(validation, test);
  expect(basophil).toEqual({
    class: 'basophil',
    validation: { precision: 1, recall: 1, f1: 1, support: 2 },
    test: { precision: 1, recall: 0.75, f1: 6 / 7, support: 4 },
    gap: { precision: 0, recall: 0.25, f1: 1 - 6 / 7 },
  });
  expect(monocyte).toMatchObject({
    test: { precision: 0.5, recall: 1, f1: 2 / 3, support: 1 },
    gap: { precision: 0.5, recall: 0, f1: 1 - 2 / 3 },
  });
});

it('has a negative gap where test is better, and NaN where a score is undefined', () => {
  const validation = classificationReport([0, 0], [0, 1], classes, { zeroDivision: NaN });
  const test = classificationReport([0, 0], [0, 0], classes, { zeroDivision: NaN });
  const [basophil, monocyte] = reportDifference(validation, test);
  expect(basophil!.gap.recall).toBe(-0.5);
  expect(monocyte!.gap).toEqual({ precision: NaN, recall: NaN, f1: NaN });
});

it('refuses reports of different classes', () => {
  const validation = classificationReport([0], [0], classes);
  const other = classificationReport([0], [0], ['monocyte', 'basophil']);
  expect(() => reportDifference(validation, other)).toThrow(
    new RangeError(
      'reports of different classes cannot be compared: basophil, monocyte against monocyte, basophil',
    ),
  );
});
