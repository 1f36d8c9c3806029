import { expect, it } from 'vitest';
import { placesIn, zoomedTo } from '../../shape/plots/points-view.ts';

const size = { width: 100, height: 50 };

it('points stand where their places lie between the ends of the axes, upwards, and those beyond are not drawn', () => {
  const { xs, ys } = placesIn({ x: [0, 10], y: [1, 2] }, size, [0, 5, 10, 11, 5], [1, 1.5, 2, 1, 0.9]);
  expect([...xs]).toEqual([0, 50, 100, NaN, NaN]);
  expect([...ys]).toEqual([50, 25, 0, NaN, NaN]);
});

it('a box of what is seen becomes its ranges', () => {
  const box = { x: 25, y: 10, width: 50, height: 20 };
  expect(zoomedTo({ x: [0, 8], y: [10, 20] }, size, box)).toEqual({ x: [2, 6], y: [14, 18] });
});
