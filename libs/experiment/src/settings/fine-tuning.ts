import * as z from 'zod';
import { count, means } from './forms.ts';

/** Settings of `training` for the scenarios that train pretrained layers. */
export const fineTuningSettings = {
  warm_head: z
    .union([
      z.literal(false),
      z.strictObject({
        epochs: z
          .number()
          .int()
          .min(0)
          .max(1_000_000)
          .meta(
            means(
              "So many of `training.epochs`. Early stopping does not look at them, as with Keras's `start_from_epoch`.",
              3,
            ),
          )
          .default(1),
        learning_rate: z
          .number()
          .positive()
          .meta(means('`training.learning_rate` when left out.', 0.001))
          .optional(),
      }),
    ])
    .meta(
      means(
        "The head trains alone first, with the backbone as it was and batch normalisation in inference. Then a new optimiser trains everything, and the schedule begins. Keras's guide to fine-tuning does it with two calls of `fit`.",
        { epochs: 5 },
      ),
    )
    .optional(),
  backbone_learning_rate_factor: z
    .number()
    .positive()
    .max(1_000)
    .meta(
      means(
        "The learning rate of the backbone's layers, times that of the head (discriminative fine-tuning, Howard and Ruder 2018). Weight decay goes by the same rate. Keras has none.",
        0.1,
      ),
    )
    .optional(),
  layer_decay: z
    .number()
    .positive()
    .max(1)
    .meta(
      means(
        "The learning rate of each block of the backbone, times that of the block above it; the layers behind the last block are the first. timm's word (Clark et al. 2020). Keras has none.",
        0.75,
      ),
    )
    .optional(),
  gradual_unfreezing: z
    .union([
      z.literal(false),
      z.strictObject({
        epochs: count(1_000_000).meta(means('Epochs until more blocks train.', 2)).default(1),
        blocks: count(1_000)
          .meta(means('How many more: MobileNetV2 has 19, its first and last layers included.', 3))
          .default(1),
      }),
    ])
    .meta(
      means(
        'The head trains from the beginning and blocks join one after the other, from the head down (Howard and Ruder 2018); each time by a new optimiser. The schedule goes on. Blocks that training has no epochs for stay as they were.',
        { blocks: 2 },
      ),
    )
    .optional(),
};

/** Setting of `training` for the scenarios that train from the first layer on. */
export const progressiveSize = z
  .union([
    z.literal(false),
    z.strictObject({
      from: z
        .number()
        .int()
        .min(32)
        .max(1024)
        .meta(means('The side in the first epoch. Half of `model.image_size` when left out.', 64))
        .optional(),
      epochs: count(1_000_000)
        .meta(means('In so many epochs images are smaller. Half of `training.epochs` when left out.', 4))
        .optional(),
    }),
  ])
  .meta(
    means(
      'The first epochs train on smaller images, which takes less time. The side grows from epoch to epoch, in multiples of 32 pixels, up to `model.image_size` (progressive resizing of fastai; Tan and Le 2021, EfficientNetV2). Validation and test see images of full size all the time. Keras has none.',
      { from: 96 },
    ),
  )
  .optional();
