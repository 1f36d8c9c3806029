import { expect, test } from 'vitest';
import { metricPart } from '../src/index.ts';

test.each([
  ['loss', 'train', 'loss', false],
  ['acc', 'train', 'accuracy', false],
  ['val_acc', 'val', 'accuracy', true],
  ['train/loss', 'train', 'loss', true],
  ['validation.top_5', 'val', 'top_5', true],
  ['test_auc', 'test', 'auc', true],
  ['Loss/train', 'train', 'loss', true],
  ['Accuracy/Val', 'val', 'accuracy', true],
  ['Acc', 'train', 'accuracy', false],
  // No part begins within a word.
  ['value', 'train', 'value', false],
  ['testing', 'train', 'testing', false],
  ['latest', 'train', 'latest', false],
])('%s is of %s: %s', (name, part, metric, named) => {
  expect(metricPart(name)).toEqual({ part, metric, named });
});
