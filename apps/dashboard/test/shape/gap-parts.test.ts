import { expect, it } from 'vitest';
import { gapPartBars, gapPartTable } from '../../shape/plots/gap-parts.ts';

const parts = [
  { part: 'shares', value: -0.006, ci95: [-0.01, 0], missing: null },
  { part: 'selection', value: null, ci95: null, missing: 'the sweep is gone' },
  { part: 'test_leakage', value: 0.006, ci95: null, missing: null },
] as const;

it('names the parts of a gap as its figures do, and draws no interval where none is known', () => {
  expect(gapPartBars(parts)).toEqual({
    names: ['Copies in test +0.6', 'Class shares -0.6'],
    values: [0.6, -0.6],
    above: [NaN, 0.6],
    below: [NaN, expect.closeTo(0.4, 12)],
  });
  expect(gapPartTable(parts).rows()).toEqual([
    ['Class shares', '-0.6', '-1.0 to 0.0', ''],
    ['Selection', '-', '-', 'the sweep is gone'],
    ['Copies in test', '+0.6', 'not known', ''],
  ]);
});
