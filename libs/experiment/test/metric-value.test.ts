import { expect, it } from 'vitest';
import { metricValue, type Summary } from '../src/index.ts';

const own = { val_accuracy: 0.5, train_loss: 2, test_accuracy: 0.25, gap: 0.25 } as unknown as Summary;
const ofProgram = { ...own, loss: 3, 'val/score': 7 } as unknown as Summary;

it.each<[name: string, summary: Summary | null, value: number | null]>([
  ['val_accuracy', own, 0.5],
  ['loss', own, 2],
  ['loss', ofProgram, 3],
  ['val/score', ofProgram, 7],
  ['val/score', own, null],
  ['val_accuracy', null, null],
])('the value of %s', (name, summary, value) => {
  expect(metricValue(name, summary)).toBe(value);
});
