import { Random } from '@thaw/base';
import { describe, expect, it, test } from 'vitest';
import { axisOf, finiteValues, type Distribution } from '../src/index.ts';

const { exp, log } = Math;

function listed(distribution: Distribution): unknown[] {
  const values = finiteValues(distribution)!;
  return Array.from({ length: values.length }, (_, index) => values.at(index));
}

/** Φ^-1(0.9). */
const z = 1.2815515655446004;

/** W&B's quantile functions at 0.1, 0.5 and 0.9, worked by hand; those of the beta distribution are SciPy's. */
const quantiles: [Distribution, number[]][] = [
  [{ distribution: 'uniform', min: -1, max: 3 }, [-0.6, 1, 2.6]],
  [{ distribution: 'int_uniform', min: 1, max: 10 }, [1, 5, 9]],
  [{ distribution: 'q_uniform', min: 0, max: 1, q: 0.2 }, [0.2, 0.4, 1]],
  [{ distribution: 'log_uniform', min: -4, max: 2 }, [exp(-3.4), exp(-1), exp(1.4)]],
  [{ distribution: 'log_uniform_values', min: 0.01, max: 1 }, [0.01 * 100 ** 0.1, 0.1, 100 ** -0.1]],
  [{ distribution: 'q_log_uniform', min: 0, max: 5, q: 10 }, [10, 10, 90]],
  [{ distribution: 'q_log_uniform_values', min: 8, max: 128, q: 8 }, [8, 32, 96]],
  [{ distribution: 'inv_log_uniform', min: 1, max: 5 }, [exp(-4.6), exp(-3), exp(-1.4)]],
  [{ distribution: 'inv_log_uniform_values', min: 0.01, max: 1 }, [0.01 * 100 ** 0.1, 0.1, 100 ** -0.1]],
  [{ distribution: 'normal', mu: 2, sigma: 3 }, [2 - 3 * z, 2, 2 + 3 * z]],
  [{ distribution: 'q_normal', mu: 20, sigma: 8, q: 4 }, [8, 20, 32]],
  [{ distribution: 'log_normal', mu: 1, sigma: 0.5 }, [exp(1 - 0.5 * z), exp(1), exp(1 + 0.5 * z)]],
  [{ distribution: 'q_log_normal', mu: 3, sigma: 0.5, q: 10 }, [10, 20, 40]],
  [{ distribution: 'beta', a: 2, b: 5 }, [0.09259525891, 0.26444998329, 0.51031630655]],
  [{ distribution: 'beta', a: 0.5, b: 0.5 }, [0.02447174185, 0.5, 0.97552825815]],
  [{ distribution: 'q_beta', a: 2, b: 5, q: 0.25 }, [0, 0.25, 0.5]],
];

describe('the axis of a distribution', () => {
  test.each(quantiles)('draws values as W&B does: %j', (distribution, expected) => {
    const axis = axisOf(distribution);
    const random = new Random(1);
    const values = Array.from({ length: 20_000 }, () => axis.value(axis.draw(random))).sort((a, b) => a - b);
    for (const [i, at] of [0.1, 0.5, 0.9].entries()) {
      // Within the sampling error of the quantile's probability, 4 standard errors of 0.0035.
      const [low, high] = [at - 0.015, at + 0.015].map((p) => values[Math.round(20_000 * p)]!);
      expect(expected[i]).toBeGreaterThanOrEqual(low!);
      expect(expected[i]).toBeLessThanOrEqual(high!);
    }
  });

  test.each(quantiles)('gives back the value of a position: %j', (distribution) => {
    const axis = axisOf(distribution);
    const random = new Random(2);
    for (let i = 0; i < 200; i++) {
      const value = axis.value(axis.draw(random));
      expect(axis.value(axis.position(value))).toBeCloseTo(value, 9);
      const cell = axis.cell(value);
      if (cell !== null)
        expect(axis.value((Math.max(cell[0], -1e3) + Math.min(cell[1], 1e3)) / 2)).toBe(value);
    }
  });

  it('writes multiples as they are, not as floating point adds them up', () => {
    expect(listed({ distribution: 'q_uniform', min: 0, max: 0.5, q: 0.1 })).toEqual([
      0, 0.1, 0.2, 0.3, 0.4, 0.5,
    ]);
    expect(listed({ distribution: 'q_uniform', min: 0.05, max: 0.4, q: 0.1 })).toEqual([0.1, 0.2, 0.3, 0.4]);
    expect(finiteValues({ distribution: 'uniform', min: 0, max: 1 })).toBeNull();
  });

  it('counts values without listing them, and knows which are among them', () => {
    const seeds = finiteValues({ distribution: 'int_uniform', min: 0, max: 4_294_967_295 })!;
    expect([seeds.length, seeds.at(0), seeds.at(4_294_967_295), seeds.at(4_294_967_296)]).toEqual([
      4_294_967_296,
      0,
      4_294_967_295,
      undefined,
    ]);
    expect([7, 0, 4_294_967_295].every((value) => seeds.includes(value))).toBe(true);
    expect([-1, 0.5, 4_294_967_296, '7', null].some((value) => seeds.includes(value))).toBe(false);
    const tenths = finiteValues({ distribution: 'q_uniform', min: 0, max: 1, q: 0.1 })!;
    expect([tenths.includes(0.3), tenths.includes(0.35)]).toEqual([true, false]);
  });

  it('keeps within the ends, and says where nothing lies between them', () => {
    const { value } = axisOf({ distribution: 'log_uniform_values', min: 0.1, max: 0.3 });
    expect(value(-99)).toBeCloseTo(0.1, 12);
    expect(value(log(0.3) + 1e-3)).toBeCloseTo(0.3, 12);
    expect(() => axisOf({ distribution: 'q_uniform', min: 1.2, max: 1.4, q: 1 })).toThrow(RangeError);
  });
});
