import { expect, it } from 'vitest';
import { formatValue } from '../../shape/format-value.ts';
import { figureAxis } from '../../shape/plots/figure-axis.ts';

it.each([
  ['val_accuracy', 0.95833, '95.8 %'],
  ['test_balanced_accuracy', 1, '100.0 %'],
  ['gap', 0.3396, '+34.0'],
  ['gap', -0.0004, '0.0'],
  ['val_loss', 0.12345, '0.1235'],
  // What a program calls so may be in per cent already, and a gap of its own anything.
  ['accuracy', 93.5, '93.5'],
  ['gap', 12, '12'],
  ['training.learning_rate', 0.00123456, '0.001235'],
  ['seconds', 61, '1 min 01 s'],
  ['val_accuracy', null, '-'],
])('%s of %s is read as %s', (column, value, text) => {
  expect(formatValue(column, value)).toBe(text);
});

it('axes write accuracies as tables do', () => {
  expect([figureAxis('val_accuracy'), figureAxis('val_loss')]).toEqual([{ tickformat: '.0%' }, {}]);
});
