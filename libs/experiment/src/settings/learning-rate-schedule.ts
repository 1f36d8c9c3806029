import * as z from 'zod';
import { monitors } from '../metrics.ts';
import { fraction, means } from './forms.ts';

export const scheduleTypes = [
  'constant',
  'cosine',
  'step',
  'exponential',
  'one_cycle',
  'reduce_on_plateau',
] as const;

/** Epochs, also parts of one, of training. */
const span = z.number().nonnegative().max(1_000_000);

/**
 * How the learning rate changes: Keras's CosineDecay, ExponentialDecay and ReduceLROnPlateau in their words, with epochs for
 * steps, and PyTorch's OneCycleLR. Each type reads its own settings alone.
 */
export const learningRateSchedule = z.strictObject({
  type: z.enum(scheduleTypes).meta(means('See the table of types.', 'one_cycle')).default('constant'),
  warmup_epochs: span
    .meta(
      means(
        'How long the rate rises, by a straight line, from `initial_learning_rate` to `training.learning_rate`.',
        2,
      ),
    )
    .default(0),
  initial_learning_rate: z
    .number()
    .nonnegative()
    .meta(means('With warm-up: the rate of the first batch.', 0.00001))
    .default(0),
  decay_epochs: span
    .gt(0)
    .meta(
      means(
        'How long it falls: for `cosine` all that is left of training when left out; `step` and `exponential` need it, and have fallen to `decay_rate` after it.',
        3,
      ),
    )
    .optional(),
  alpha: z
    .number()
    .min(0)
    .max(1)
    .meta(means('Where it ends, as a fraction of the learning rate.', 0.01))
    .default(0),
  decay_rate: z
    .number()
    .positive()
    .lt(1)
    .meta(means('What is left of the rate after `decay_epochs`. Needed.', 0.5))
    .optional(),
  staircase: z.boolean().meta(means('Falls in steps.', true)).default(false),
  pct_start: fraction.meta(means('The fraction of training in which the rate rises.', 0.25)).default(0.3),
  div_factor: z.number().min(1).meta(means('The first rate is the largest over this.', 10)).default(25),
  final_div_factor: z
    .number()
    .min(1)
    .meta(means('The last rate is the first over this.', 1000))
    .default(10_000),
  monitor: z.enum(monitors).meta(means('The metric that must improve.', 'val_accuracy')).default('val_loss'),
  factor: fraction.meta(means('What the rate is multiplied by.', 0.5)).default(0.1),
  patience: z
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .meta(
      means(
        'Epochs without improvement; less than early stopping waits for the same monitor, which otherwise ends training first.',
        2,
      ),
    )
    .default(10),
  min_delta: z
    .number()
    .nonnegative()
    .meta(means('An improvement by just so much is none.', 0.001))
    .default(0.0001),
  cooldown: z
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .meta(
      means('Epochs after a reduction. As in Keras the first of them does nothing, so that 1 is as 0.', 2),
    )
    .default(0),
  min_lr: z.number().nonnegative().meta(means('No smaller rate than this.', 0.00001)).default(0),
});
