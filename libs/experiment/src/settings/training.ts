import * as z from 'zod';
import { monitors } from '../metrics.ts';
import { fineTuningSettings, progressiveSize } from './fine-tuning.ts';
import { count, means, pattern, seed } from './forms.ts';
import { learningRateSchedule, scheduleTypes } from './learning-rate-schedule.ts';

const optimizer = z.enum(['adam', 'sgd', 'rmsprop', 'adamw', 'lion']);

export const earlyStopping = z.strictObject({
  monitor: z.enum(monitors).meta(means('The metric that must improve.', 'val_accuracy')).default('val_loss'),
  patience: z
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .meta(means('Epochs without improvement after which training stops.', 10))
    .default(0),
  min_delta: z
    .number()
    .nonnegative()
    .meta(means('An epoch is better only where it improves by more than this.', 0.001))
    .default(0),
  restore_best_weights: z
    .boolean()
    .meta(means('The network is then that of the best epoch, not of the last.', true))
    .default(false),
});

/** Limits of gradients; one of the three. */
const clipping = {
  clipnorm: z
    .number()
    .nonnegative()
    .meta(
      means(
        'No gradient of a weight is longer than this. 0 for no limit. Of this and the next two one at most.',
        1,
      ),
    )
    .optional(),
  global_clipnorm: z
    .number()
    .nonnegative()
    .meta(means('All gradients together are no longer than this.', 1))
    .optional(),
  clipvalue: z
    .number()
    .nonnegative()
    .meta(means('No value of a gradient is larger than this.', 0.5))
    .optional(),
};

export const training = z.strictObject({
  epochs: count(1_000_000).meta(means('At most so many passes over the training images.')).default(100),
  batch_size: count(65_536).meta(means('Images in a step.')).default(32),
  optimizer: optimizer
    .meta(means('`adamw` is `adam` with a weight decay of its own.', 'adamw'))
    .default('adam'),
  learning_rate: z.number().positive().meta(means('Of each step.', 0.0003)).default(0.001),
  learning_rate_schedule: z
    .union([z.enum(scheduleTypes), learningRateSchedule])
    .transform((value) => (typeof value === 'string' ? learningRateSchedule.parse({ type: value }) : value))
    .meta(means('A type alone stands for it with its usual settings. Constant when left out.', 'cosine'))
    .optional(),
  momentum: z.number().min(0).lt(1).meta(means('Of the optimiser.', 0.9)).default(0),
  nesterov: z.boolean().meta(means("Nesterov's momentum.", true)).default(false),
  weight_decay: z
    .number()
    .nonnegative()
    .meta(
      means(
        'Decoupled, for every optimiser: before each step a weight loses this share of itself times the learning rate. When left out: 0.004 for `adamw`, none for the others. All that trains decays, biases and batch normalisation included.',
        0.01,
      ),
    )
    .optional(),
  weight_decay_exclude: z
    .array(pattern)
    .describe('a list of regular expressions, such as [bias, gamma, beta]')
    .meta(
      means(
        'Weights in whose `layer/weight` one is found do not decay. The example is what most published recipes do.',
        ['bias', 'gamma', 'beta'],
      ),
    )
    .optional(),
  ...clipping,
  label_smoothing: z
    .number()
    .min(0)
    .lt(1)
    .meta(means('The share of every label that goes to all classes alike.', 0.1))
    .optional(),
  class_weight: z
    .union([z.literal('balanced'), z.record(z.string(), z.number().nonnegative())])
    .describe('balanced, or a weight for each class, such as {NEUTROPHIL: 0.5}')
    .meta(
      means(
        "What an image's loss counts for, by class. Classes that are not named count 1. `balanced` is scikit-learn's: the number of images over the number of classes times the class's images.",
        'balanced',
      ),
    )
    .optional(),
  use_ema: z
    .boolean()
    .meta(
      means(
        'What is validated, kept and exported are exponential moving averages of the weights, renewed whenever these move. They begin as what the first step makes of the weights. Moving statistics of batch normalisation stay as they are.',
        true,
      ),
    )
    .optional(),
  ema_momentum: z
    .number()
    .min(0)
    .lt(1)
    .meta(
      means(
        '0.99, about the last hundred steps, when left out. In fewer than some 300 steps the averages do not forget their first weights, as in Keras: take a smaller one.',
        0.9,
      ),
    )
    .optional(),
  gradient_accumulation_steps: count(10_000)
    .meta(
      means(
        'Weights move once in so many batches, by the mean of their gradients and at the rate of the last of them. What an epoch leaves over goes on in the next, unless more of the network begins to train there.',
        4,
      ),
    )
    .optional(),
  ...fineTuningSettings,
  progressive_size: progressiveSize,
  early_stopping: z
    .union([z.literal(false), earlyStopping])
    .meta(means("Keras's `EarlyStopping`; `false` trains all epochs.", false))
    .default({
      monitor: 'val_loss',
      patience: 4,
      min_delta: 0,
      restore_best_weights: true,
    }),
  seed: seed.meta(means('Of first weights, shuffling, augmentation and dropout.')).default(42),
});
