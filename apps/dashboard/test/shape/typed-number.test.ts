import { expect, it } from 'vitest';
import { typedNumber } from '../../shape/typed-number.ts';

it.each([
  [60, 60],
  ['60', 60],
  [-5, 40],
  [900, 100],
  ['', 80],
  ['-', 80],
])('a field of 40 to 100 that held 80 and is left with %j holds %j', (typed, number) => {
  expect(typedNumber(typed, 80, [40, 100])).toBe(number);
});
