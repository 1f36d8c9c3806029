import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pedAnova, type MeasuredTrial, type ParameterDomain } from '../src/index.ts';

interface Golden {
  readonly cases: readonly {
    readonly name: string;
    readonly goal: 'maximize' | 'minimize';
    readonly targetQuantile: number;
    readonly space: Record<string, ParameterDomain>;
    readonly trials: readonly MeasuredTrial[];
    readonly importance: Record<string, number>;
  }[];
}

const golden = JSON.parse(readFileSync(join(import.meta.dirname, 'golden/ped-anova.json'), 'utf8')) as Golden;

describe('PED-ANOVA', () => {
  it.each(golden.cases)(
    'agrees with Optuna: $name',
    ({ trials, space, goal, targetQuantile, importance }) => {
      const ours = pedAnova(trials, space, { goal, targetQuantile });
      expect(ours.map(({ parameter }) => parameter).sort()).toEqual(Object.keys(importance).sort());
      for (const { parameter, importance: value } of ours) {
        const theirs = importance[parameter]!;
        expect(Math.abs(value - theirs)).toBeLessThanOrEqual(1e-9 * Math.max(theirs, 1e-3));
      }
      expect(ours.map((each) => each.importance)).toEqual(
        ours.map((each) => each.importance).sort((a, b) => b - a),
      );
    },
  );

  const space = { a: { values: [1, 2] }, b: { values: ['x', 'y'] } };
  const options = { goal: 'maximize', targetQuantile: 0.25 } as const;
  const zero = [
    { parameter: 'a', importance: 0 },
    { parameter: 'b', importance: 0 },
  ];

  it('is 0 for everything without two values to compare, and where all trials are equal', () => {
    expect(pedAnova([], space, options)).toEqual(zero);
    expect(pedAnova([{ parameters: { a: 1, b: 'x' }, value: 1 }], space, options)).toEqual(zero);
    const equal = [1, 2, 1, 2].map((a) => ({ parameters: { a, b: 'x' }, value: 0.5 }));
    expect(pedAnova(equal, space, options)).toEqual(zero);
  });

  it('leaves out trials whose value is not finite', () => {
    const trials = [1, 1, 2, 2].map((a) => ({ parameters: { a, b: 'x' }, value: a }));
    const diverged = { parameters: { a: 1, b: 'y' }, value: Number.NaN };
    expect(pedAnova([...trials, diverged], space, options)).toEqual(pedAnova(trials, space, options));
    expect(pedAnova(trials, space, options)[0]).toMatchObject({ parameter: 'a' });
  });

  it('takes values for equal that are equal as JSON', () => {
    const on = { rotation_range: 20, horizontal_flip: true };
    const domain = { augmentation: { values: [false, { horizontal_flip: true, rotation_range: 20 }] } };
    const trials = [false, false, on, on].map((augmentation, i) => ({
      parameters: { augmentation },
      value: i,
    }));
    expect(
      pedAnova(trials, domain, { goal: 'maximize', targetQuantile: 0.5 })[0]!.importance,
    ).toBeGreaterThan(0);
  });

  it('refuses a quantile outside (0, 1)', () => {
    expect(() => pedAnova([], space, { goal: 'maximize', targetQuantile: 1 })).toThrow(RangeError);
  });
});
