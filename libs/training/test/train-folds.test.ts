import type { EpochRecord } from '@thaw/experiment';
import { expect, it } from 'vitest';
import { trainFolds } from '../src/train-folds.ts';

const epoch = (number: number, accuracy: number): EpochRecord => ({
  ...{ epoch: number, loss: 0.5, accuracy, val_loss: 0.6, val_accuracy: accuracy },
  ...{ seconds: 1, images_per_second: 100 },
});

/** Training that goes on behind these folds, of which none is left to train. */
function goesOn(accuracies: readonly number[], prune: (record: EpochRecord) => Promise<boolean>) {
  const finished = accuracies.map((accuracy) => {
    return { epochs: [epoch(1, accuracy)], kept: epoch(1, accuracy), weights: new Map() };
  });
  const observer = { phase: () => undefined, batch: () => undefined, epoch: () => undefined };
  const checkpoints = { read: () => Promise.resolve({ finished }) };
  const folds = accuracies.map(() => ({ validation: [{}] }));
  return trainFolds({ checkpoints, observer, prune } as never, folds as never);
}

it('tells whoever prunes of each fold that a checkpoint has, without a verdict', async () => {
  const told: number[][] = [];
  const { pruned, finished } = await goesOn([0.5, 0.7], ({ epoch, fold, val_accuracy }) => {
    told.push([epoch, fold!, val_accuracy]);
    return Promise.resolve(true);
  });
  expect(told).toEqual([
    [1, 1, 0.5],
    [2, 2, 0.6],
  ]);
  expect([pruned, finished.length]).toEqual([false, 2]);
});
