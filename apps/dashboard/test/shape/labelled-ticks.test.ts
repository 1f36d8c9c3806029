import { expect, it } from 'vitest';
import { axisOf } from '../../shape/plots/axis.ts';
import { labelledTicks } from '../../shape/plots/labelled-ticks.ts';

it('no label of a slice is hidden at the edge, and long ones are slanted so that none lies on another', () => {
  const scenarios = ['feature_extraction', 'partial_unfreeze', 'from_scratch', 'full_fine_tune'];
  expect(labelledTicks(axisOf(scenarios))).toMatchObject({
    ticktext: scenarios,
    ticklabeloverflow: 'allow',
    tickangle: -30,
  });
  expect(labelledTicks(axisOf([true, false]))).not.toHaveProperty('tickangle');
  expect(labelledTicks(axisOf([1, 2, 3, 4, 5, 6, 7]))).toEqual({});
});
