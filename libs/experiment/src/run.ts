import type { Figures } from './metrics.ts';

/**
 * What a trial reports after each epoch, metrics of libs/metrics. Losses are in nats a sample, the others fractions, and NaN where
 * they are not defined. Training figures are of what the network said of each batch before it learned from it: loss and accuracy are
 * means over the batches, as Keras reports them, and the others of all of the epoch's images together.
 */
export interface EpochRecord extends Figures<''>, Figures<'val_'> {
  /** From 1. */
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly val_loss: number;
  readonly val_accuracy: number;
  /** Training and validation together. */
  readonly seconds: number;
  /** Images trained on per second of training. */
  readonly images_per_second: number;
  /** That of the epoch's last step, as Keras's callbacks log it: of the head, where the backbone has a factor of its own. Absent in records of before. */
  readonly learning_rate?: number;
  /** Of a trial with folds: the training (from 1) that the epoch is of, and its number in it; `epoch` counts through all. */
  readonly fold?: number;
  readonly fold_epoch?: number;
}

/** What training comes to: the figures of the weights that it keeps. */
interface Kept extends Figures<'train_'>, Figures<'val_'> {
  /** Epochs that were trained, of all folds together. */
  readonly epochs: number;
  /** The epoch (from 1) whose weights were kept: the best monitored one with `restore_best_weights`, else the last. */
  readonly best_epoch: number;
  readonly train_accuracy: number;
  readonly train_loss: number;
  readonly val_accuracy: number;
  readonly val_loss: number;
}

/** What one of a trial's folds came to. */
export interface FoldSummary extends Kept {
  /** Those that it validated. */
  readonly images: number;
}

/**
 * What a finished trial comes to: the figures of the weights that it keeps. With folds, validation figures are those of all
 * out-of-fold predictions, training figures the folds' means, `best_epoch` the median of the folds' (the upper one of two), and
 * test figures those of the mean of the folds' probabilities. Where the test images were not looked at, theirs are NaN.
 */
export interface Summary extends Kept, Figures<'test_'> {
  readonly test_accuracy: number;
  readonly test_loss: number;
  /** val_accuracy minus test_accuracy. */
  readonly gap: number;
  /** Of a trial with folds, those of the first repeat first; fewer than were asked for where it was pruned. */
  readonly folds?: readonly FoldSummary[] | undefined;
}

/** What the model says of one image. */
export interface PredictionRow {
  /** Relative to the data set's folder. */
  readonly file: string;
  /** True class. */
  readonly label: string;
  /** Most probable class, the first of equals. */
  readonly predicted: string;
  /** In the order of the data set's classes. */
  readonly probabilities: number[];
}

/** What may become of a trial: `running` until its process says how it ended. */
export const trialStates = ['running', 'finished', 'pruned', 'failed', 'interrupted'] as const;
export type TrialState = (typeof trialStates)[number];

/** Whether a trial in this state has come to results; one that was pruned has those of the weights that it had until then. */
export function isComplete(state: string): state is 'finished' | 'pruned' {
  return state === 'finished' || state === 'pruned';
}
