import { expect, it } from 'vitest';
import { median, percent, sum } from '../src/numbers.ts';

it.each([
  [[], 0, Number.NaN],
  [[3], 3, 3],
  [[4, 1], 5, 2.5],
  [[10, 9, 1], 20, 9],
  [[100, 1, 20, 3], 124, 11.5],
])('%j have the sum %d and the median %d', (values, total, middle) => {
  expect(sum(values)).toBe(total);
  expect(sum(Float64Array.from(values))).toBe(total);
  expect(median(values)).toBe(middle);
});

it.each([
  [0.96, '96.0 %'],
  [1, '100.0 %'],
  [0.12345, '12.3 %'],
  [0.5625, '56.2 %'],
])('%d is %s', (fraction, text) => {
  expect(percent(fraction)).toBe(text);
});
