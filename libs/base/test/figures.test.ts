import { expect, it } from 'vitest';
import { percent, percentInterval, points, pointsInterval, pValue } from '../src/words/figures.ts';

it.each([
  [0.96, '96.0 %'],
  [1, '100.0 %'],
  [0.12345, '12.3 %'],
  [0.5625, '56.2 %'],
  [null, '-'],
  [undefined, '-'],
  [Number.NaN, 'nan'],
])('the fraction %d is %s', (fraction, text) => {
  expect(percent(fraction)).toBe(text);
});

it.each([
  [0.34, '+34.0'],
  [-0.34, '-34.0'],
  [-0.0001, '0.0'],
  [null, '-'],
  [Number.NaN, 'nan'],
])('the difference %d is %s points', (difference, text) => {
  expect(points(difference)).toBe(text);
});

it('writes both ends of an interval, or that it is not known', () => {
  expect(percentInterval([0.902, 0.951])).toBe('90.2 to 95.1 %');
  expect(pointsInterval([-0.1, 0.25])).toBe('-10.0 to +25.0');
  expect([percentInterval(null), pointsInterval(undefined)]).toEqual(['not known', 'not known']);
});

it.each([
  [1, '1.000'],
  [0.0305, '0.030'],
  [0.001, '0.001'],
  [0.00099, '< 0.001'],
])('the p-value %d is %s', (p, text) => {
  expect(pValue(p)).toBe(text);
});
