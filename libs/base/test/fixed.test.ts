import { describe, expect, it } from 'vitest';
import { fixed } from '../src/fixed.ts';

describe('a number with so many decimals', () => {
  it.each([
    [0.12345, 4, '0.1235'],
    [0.125, 2, '0.12'],
    [0.375, 2, '0.38'],
    [-0.125, 2, '-0.12'],
    [0.015, 2, '0.01'],
    [0.045, 2, '0.04'],
    [2.5, 0, '2'],
    [1.25, 1, '1.2'],
    [null, 4, '-'],
    [undefined, 2, '-'],
    [Number.NaN, 2, 'nan'],
  ])('prints %s with %s decimals as %s', (value, digits, text) => {
    expect(fixed(value, digits)).toBe(text);
  });
});
