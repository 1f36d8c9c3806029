import { expect, it } from 'vitest';
import { normalTail } from '../src/normal-tail.ts';

// By scipy.stats.norm.sf.
it.each([
  [0, 0.5],
  [-1, 0.8413447460685429],
  [1.959963984540054, 0.025],
  [10, 7.619853024160527e-24],
  [Infinity, 0],
])('above %d lies %d of the standard normal distribution', (x, mass) => {
  expect(Math.abs(normalTail(x) - mass)).toBeLessThanOrEqual(1e-12 * mass);
});
