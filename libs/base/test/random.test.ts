import { describe, expect, it } from 'vitest';
import { Random } from '../src/random.ts';

const count = 20_000;

function momentsOf(draw: (random: Random) => number) {
  const random = new Random('moments');
  const values = Array.from({ length: count }, () => draw(random));
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count, values };
}

describe('random numbers', () => {
  // Four standard errors of the mean, and a variance that lies within a tenth of itself.
  it.each([0.05, 0.4, 1, 7.5])('of gamma(%d) have the shape as mean and variance', (shape) => {
    const { mean, variance } = momentsOf((random) => random.gamma(shape));
    expect(Math.abs(mean - shape)).toBeLessThan(4 * Math.sqrt(shape / count));
    expect(variance / shape).toBeGreaterThan(0.9);
    expect(variance / shape).toBeLessThan(1.1);
  });

  it.each([0.001, 0.2, 1, 5])('of beta(%d, the same) lie in 0 to 1 with their mean and variance', (shape) => {
    const { mean, variance, values } = momentsOf((random) => random.beta(shape, shape));
    const expected = 1 / (4 * (2 * shape + 1));
    expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(expected / count));
    expect(variance / expected).toBeGreaterThan(0.95);
    expect(variance / expected).toBeLessThan(1.05);
  });
});
