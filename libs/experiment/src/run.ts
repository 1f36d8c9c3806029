/** What a trial reports after each epoch. Losses in nats a sample, accuracies as fractions; training figures are means over the epoch's batches, as Keras reports them. */
export interface EpochRecord {
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
}

/** What a finished trial comes to: the figures of the weights that it keeps. */
export interface Summary {
  /** Epochs that were trained. */
  readonly epochs: number;
  /** The epoch (from 1) whose weights were kept: the best monitored one with `restore_best_weights`, else the last. */
  readonly best_epoch: number;
  readonly train_accuracy: number;
  readonly train_loss: number;
  readonly val_accuracy: number;
  readonly val_loss: number;
  readonly test_accuracy: number;
  readonly test_loss: number;
  /** val_accuracy minus test_accuracy. */
  readonly gap: number;
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
