import { expect, it } from 'vitest';
import { median, sum } from '../src/numbers.ts';

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
