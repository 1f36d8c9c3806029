import type { Parameter } from '@thaw/experiment';
import { describe, expect, it, test } from 'vitest';
import type { SearchSpace } from '../src/index.ts';
import { betaMass, betaQuantile } from '../src/unit/beta-distribution.ts';
import { normalQuantile } from '../src/unit/normal-quantile.ts';
import { unitAxisOf } from '../src/unit/unit-axis.ts';
import { UnitSpace } from '../src/unit/unit-space.ts';

// By SciPy's norm.ppf, beta.cdf and beta.ppf.
test.each([
  [1e-9, -5.997807015],
  [0.01, -2.326347874],
  [0.3, -0.5244005127],
  [0.9, 1.2815515655],
])('below the normal quantile of %d lies that share', (share, quantile) => {
  expect(normalQuantile(share)).toBeCloseTo(quantile, 9);
});

test.each([
  [0.3, 0.5, 2, 0.7394254526319747],
  [0.9, 0.5, 0.5, 0.7951672353008665],
  [0.2, 5, 3, 0.0046720000000000025],
  [0.01, 0.1, 0.1, 0.3203082503756264],
])('below %d lies a share of Beta(%d, %d)', (x, a, b, share) => {
  expect(betaMass(x, a, b)).toBeCloseTo(share, 12);
  expect(betaQuantile(share, a, b)).toBeCloseTo(x, 9);
});

describe('an axis', () => {
  test.each<[string, Parameter, at: number, value: unknown, middle: number]>([
    ['a range', { distribution: 'uniform', min: 2, max: 6 }, 0.25, 3, 0.25],
    ['a logarithm', { distribution: 'log_uniform_values', min: 1e-4, max: 1 }, 0.5, 0.01, 0.5],
    ['whole numbers', { distribution: 'int_uniform', min: 1, max: 4 }, 0.3, 2, 0.375],
    ['multiples', { distribution: 'q_uniform', min: 0, max: 1, q: 0.5 }, 0.9, 1, 0.875],
    ['a normal distribution', { distribution: 'normal', mu: 3, sigma: 2 }, 0.5, 3, 0.5],
    // Φ(0.5) - Φ(-0.5) lies around the middle.
    ['a rounded normal distribution', { distribution: 'q_normal', mu: 0, sigma: 1, q: 1 }, 0.6, 0, 0.6],
    ['listed values', { values: ['a', 'b', 'c', 'a'] }, 0.6, 'b', 0.625],
    ['likely values', { values: ['a', 'b', 'c'], probabilities: [0.75, 0, 0.25] }, 0.76, 'c', 0.875],
  ])('of %s', (_, parameter, at, value, middle) => {
    const axis = unitAxisOf(parameter);
    const found = axis.value(at);
    if (typeof value === 'number') expect(found).toBeCloseTo(value, 12);
    else expect(found).toBe(value);
    expect(axis.middle(at)).toBeCloseTo(middle, 12);
    if (axis.levels !== null) expect(axis.levels).toContain(axis.middle(at));
    expect(axis.value(axis.place(found)!)).toEqual(found);
  });

  it('knows what is none of its values', () => {
    expect(unitAxisOf({ values: [1, 2] }).place(3)).toBeNull();
    expect(unitAxisOf({ distribution: 'uniform', min: 0, max: 1 }).place('low')).toBeNull();
  });

  it('of thousands of millions of values is not listed', () => {
    expect(unitAxisOf({ distribution: 'int_uniform', min: 0, max: 4_294_967_295 }).levels).toBeNull();
  });
});

describe('a space', () => {
  const space: SearchSpace = {
    optimizer: { values: ['adam', 'sgd'] },
    seed: { values: [7] },
    momentum: { distribution: 'uniform', min: 0, max: 0.8, when: { optimizer: ['sgd'] } },
  };
  const unit = new UnitSpace(space);

  it('has a coordinate for each parameter that varies, and settings without those that do not matter', () => {
    expect(unit.axes).toHaveLength(2);
    expect(unit.values(Float64Array.of(0.9, 0.25))).toEqual({ optimizer: 'sgd', seed: 7, momentum: 0.2 });
    expect(unit.values(Float64Array.of(0.1, 0.25))).toEqual({ optimizer: 'adam', seed: 7 });
  });

  it('has one point for equal settings', () => {
    const point = unit.snapped(Float64Array.of(0.1, 0.25));
    expect([...point]).toEqual([0.25, 0.5]);
    expect(unit.point({ optimizer: 'adam', seed: 7 })).toEqual(point);
    expect(unit.snapped(Float64Array.of(0.1, 0.9))).toEqual(point);
    expect([...unit.snapped(Float64Array.of(0.9, 0.25))]).toEqual([0.75, 0.25]);
  });

  it('has no point for settings of another one', () => {
    expect(unit.point({ optimizer: 'rmsprop' })).toBeNull();
    expect(unit.point({ optimizer: 'sgd', seed: 7 })).toBeNull();
  });
});
