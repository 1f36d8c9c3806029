import { expect, it, test } from 'vitest';
import { root } from '../src/intervals/root.ts';

test.each<[string, (x: number) => number, number, number, number]>([
  ['a line', (x) => x - 0.3, 0, 1, 0.3],
  ['the same from the other end', (x) => x - 0.3, 1, 0, 0.3],
  ['the cosine', Math.cos, 0, 3, Math.PI / 2],
  // Nearly flat, then steep: where a secant alone creeps.
  ['a high power', (x) => x ** 20 - 1e-9, 0, 1, 1e-9 ** (1 / 20)],
  ['a step', (x) => (x < 0.7 ? -1 : 1), 0, 1, 0.7],
])('finds where %s changes sign, in fewer steps than halving', (_, f, a, b, expected) => {
  let calls = 0;
  const found = root((x) => (calls++, f(x)), a, b, 1e-9);
  expect(Math.abs(found - expected)).toBeLessThan(2e-9);
  expect(calls).toBeLessThan(40);
});

it('is an end where the function is 0 there', () => {
  expect(root((x) => x, 0, 1, 1e-9)).toBe(0);
  expect(root((x) => x - 1, 0, 1, 1e-9)).toBe(1);
});
