import { z } from 'zod';
import { monitors } from './metrics.ts';

const fraction = z.number().gt(0).lt(1);
/** A count; the limit is far above any sensible value and catches slips of the finger before they fill the memory. */
const count = (limit: number) => z.number().int().min(1).max(limit);
const seed = z
  .number()
  .int()
  .min(0)
  .max(2 ** 32 - 1);

/**
 * An alternative of a union of sections. Of a union zod reports only the alternative that has nothing worse than unknown
 * keys, and so would take a folder with a wrong layout for a smear with an unknown key; ending both, it reports both.
 */
const whole = <T extends z.ZodObject>(section: T) =>
  section.check((payload) => {
    if (payload.issues.length > 0) payload.aborted = true;
  });

/** How image files become labelled images, whatever the source. */
const imageReading = {
  /** The first so many images of each class of TRAIN and of TEST, by name; all when absent. */
  limit_per_class: count(1_000_000).optional(),
  /** What to do with files that cannot be decoded: stop and name them all, or leave them out and record each. */
  on_bad_image: z.enum(['error', 'skip']).default('error'),
  /** How images are resized, as Pillow does it, all but `nearest` antialiased: `nearest` is Keras's and Pillow's default. */
  interpolation: z.enum(['nearest', 'bilinear', 'bicubic']).default('nearest'),
  /** How an image becomes a square: Keras's crop_to_aspect_ratio and pad_to_aspect_ratio. Stretched when absent. */
  resize: z.enum(['stretch', 'crop', 'pad']).optional(),
  /**
   * What becomes of more than eight bits a value: `uint8` takes the high byte of 16 bits and cuts other numbers off at 0 and 255,
   * as Pillow does; `auto` scales all by the range of the data set's own values, test images aside.
   */
  depth: z.enum(['uint8', 'auto']).default('uint8'),
};

/** Blood smears drawn by Thaw itself; the same options give the same images. */
export const syntheticDataset = z.strictObject({
  source: z.literal('synthetic-smear').default('synthetic-smear'),
  train_sources_per_class: count(10_000).default(6),
  test_sources_per_class: count(10_000).default(4),
  images_per_source: count(10_000).default(20),
  seed: seed.default(7),
  ...imageReading,
});

/** Image files on disk. */
export const filesDataset = z.strictObject({
  path: z.string().min(1),
  layout: z.enum(['train-test-folders', 'class-folders', 'csv']).default('train-test-folders'),
  /** For the csv layout: the table, relative to `path`, and its columns. Without a split column `split.test` cuts a test set. */
  csv: z
    .strictObject({
      file: z.string().min(1).default('labels.csv'),
      path_column: z.string().min(1).default('path'),
      label_column: z.string().min(1).default('label'),
      split_column: z.string().min(1).optional(),
    })
    .optional(),
  /**
   * `folders`: the class folders alone are classes, and what lies in folders below belongs to them, as Keras has it. `nested`:
   * every folder that holds images is a class, `animals/cat`.
   */
  classes: z.enum(['folders', 'nested']).default('folders'),
  ...imageReading,
});

const pattern = z
  .string()
  .min(1)
  .superRefine((source, context) => {
    try {
      new RegExp(source, 'u');
    } catch (error) {
      context.addIssue({ code: 'custom', message: `a regular expression (${(error as Error).message})` });
    }
  });

/**
 * Which images belong together: what Thaw finds by looking at them, a table's column, or what a regular expression matches
 * in the file name. `detect` finds copies of one photograph, as `{detect: photograph}` does; `{detect: scene}` also keeps together
 * photographs that show one scene. Absent, it is up to the data set to know them; the synthetic smear does.
 */
const groups = z
  .union([
    z.literal('detect'),
    whole(z.strictObject({ detect: z.enum(['photograph', 'scene']) })),
    whole(z.strictObject({ csv: z.string().min(1), column: z.string().min(1) })),
    whole(z.strictObject({ pattern })),
  ])
  .transform((value) => {
    if (typeof value === 'string' || !('detect' in value)) return value;
    return value.detect === 'photograph' ? ('detect' as const) : { detect: value.detect };
  })
  .optional();

const split = z.strictObject({
  /**
   * `given` takes the data set's own validation images (VAL beside TRAIN, or such rows of a table); the others draw them, from
   * TRAIN and such images together. Absent, it is `given` where there are such images, else `keras`.
   */
  strategy: z.enum(['keras', 'random', 'grouped', 'given']).optional(),
  /** Fraction of the training images of each class. */
  validation: fraction.default(0.2),
  /**
   * For data sets that bring no test set: the fraction of all images cut off as one, by the same strategy (beside given
   * validation images by `grouped` where there are `groups`, else by `keras`).
   */
  test: fraction.default(0.2),
  /**
   * Cross-validation in place of one validation part: a trial trains once a fold, and each training image is validated by the one
   * network that has not seen it. For `grouped` and `random`.
   */
  folds: z.number().int().min(2).max(100).optional(),
  /** How often the images are dealt into folds anew; once when absent. */
  repeats: count(100).optional(),
  seed: seed.default(42),
  /** The strategy `grouped` keeps them on one side; under the others they are noted with the images. */
  groups,
});

export const scenarios = [
  'feature_extraction',
  'partial_unfreeze',
  'from_scratch',
  'full_fine_tune',
] as const;

/** Those that train from the first layer on. */
export const wholeTraining: readonly (typeof scenarios)[number][] = ['from_scratch', 'full_fine_tune'];

/** Those that train pretrained layers. */
export const fineTuning: readonly (typeof scenarios)[number][] = ['partial_unfreeze', 'full_fine_tune'];

const model = z.strictObject({
  backbone: z.enum(['mobilenet_v2']).default('mobilenet_v2'),
  alpha: z.number().positive().default(1),
  /** Side of the square input in pixels; Keras's MobileNetV2 needs at least 32. */
  image_size: z.number().int().min(32).max(1024).default(224),
  /** `imagenet`, `bundled`, `random`, or the path of a `.h5` (Keras) or `.json` (TensorFlow.js) file. */
  weights: z
    .string()
    .min(1)
    .describe('imagenet, bundled, random, or the path of a .h5 (Keras) or .json (TensorFlow.js) file')
    .default('imagenet'),
  scenario: z.enum(scenarios).default('feature_extraction'),
  /** For partial_unfreeze: the first layer or block that trains; the other scenarios do not read it. */
  unfreeze_from: z.string().min(1).default('block_14'),
  /**
   * Batch normalisation of pretrained layers that train: `trainable` as Keras's fit does it, `frozen` in inference with fixed weights.
   * Absent, it is trainable, and frozen for weights that have it folded into their convolutions.
   */
  batch_norm: z.enum(['trainable', 'frozen']).optional(),
  /**
   * How slowly moving statistics follow the batches. Keras's 0.999 takes thousands of steps: with fewer, a network that
   * trains from scratch does well on its batches and no better than chance in inference; 0.9 then helps.
   */
  batch_norm_momentum: z.number().min(0).lt(1).default(0.999),
  /** Hidden layers of the head: the units of one, a list of several, or 0 for none. */
  head_units: z
    .union([z.number().int().min(0).max(65_536), z.array(count(65_536)).min(1).max(16)])
    .default(128),
  /** Behind each hidden layer, or behind the features where there is none. */
  head_dropout: z.number().min(0).lt(1).optional(),
  head_batch_norm: z.boolean().optional(),
  /** L2 penalty of the head's kernels. */
  head_l2: z.number().nonnegative().optional(),
});

const degrees = z.number().nonnegative();
/** Keras: below 1 a fraction of the side, from 1 on pixels. */
const shift = z.number().nonnegative();
const lowToHigh = (number: z.ZodNumber, allowed: string) =>
  z
    .tuple([number, number])
    .refine(([low, high]) => low <= high, `${allowed}, low not above high`)
    .describe(allowed);

const share = z.number().min(0).max(1);
/** A number, as the range `of` makes of it, or [low, high] within the limits. */
const range = (low: number, high: number, of: (factor: number) => [number, number]) =>
  z
    .union([
      z.number().min(0).max(high),
      lowToHigh(z.number().min(low).max(high), `[low, high] (two numbers from ${low} to ${high})`),
    ])
    .transform((value) => (typeof value === 'number' ? of(value) : value));
const fromZero = (factor: number): [number, number] => [0, factor];

/** Keras's RandomColorJitter, in its words. */
const colorJitter = z.strictObject({
  /** Added to the values, as a share of 255. */
  brightness_factor: range(-1, 1, (factor) => [-factor, factor]).optional(),
  /** What may be taken from and added to 1, the factor on the distance from a channel's mean. */
  contrast_factor: range(0, 1, (factor) => [factor, factor]).optional(),
  /** f makes the saturation f / (1 - f) times what it is: 0 is grey, 0.5 as it was. */
  saturation_factor: range(0, 1, fromZero).optional(),
  /** In half turns of the hue, either way. */
  hue_factor: range(0, 1, fromZero).optional(),
});

/** Keras's ImageDataGenerator, in its words, and what newer Keras has as layers: `factor` is the share of images that get it. */
export const augmentationOptions = z.strictObject({
  rotation_range: degrees.default(0),
  width_shift_range: shift.default(0),
  height_shift_range: shift.default(0),
  shear_range: degrees.default(0),
  /** One number z for [1 - z, 1 + z], or [low, high]. */
  zoom_range: z
    .union([z.number().min(0).lt(1), lowToHigh(z.number().positive(), '[low, high] (two numbers above 0)')])
    .default(0),
  horizontal_flip: z.boolean().default(false),
  vertical_flip: z.boolean().default(false),
  brightness_range: lowToHigh(z.number().min(0), '[low, high] (two numbers from 0)').optional(),
  fill_mode: z.enum(['nearest', 'constant', 'reflect', 'wrap']).default('nearest'),
  /** What lies beyond the border with `fill_mode: constant`. */
  cval: z.number().min(0).max(255).optional(),
  channel_shift_range: z.number().min(0).max(255).optional(),
  color_jitter: colorJitter.optional(),
  gaussian_blur: z
    .strictObject({
      factor: share.default(1),
      kernel_size: z
        .number()
        .int()
        .min(1)
        .max(101)
        .refine((size) => size % 2 === 1, 'an odd number of pixels, 1 to 101')
        .default(3),
      sigma: range(0.01, 100, (sigma) => [0.01, sigma]).default([0.01, 1]),
    })
    .optional(),
  random_erasing: z
    .strictObject({
      factor: share.default(1),
      scale: lowToHigh(share, '[low, high] (two numbers from 0 to 1)').default([0.02, 0.33]),
      /** Noise when absent. */
      fill_value: z.number().min(0).max(255).optional(),
    })
    .optional(),
  /** So many operations one after the other on each image, each drawn of eleven, of a strength drawn up to `factor`. */
  rand_augment: z
    .strictObject({ num_ops: z.number().int().min(0).max(16).default(2), factor: share.default(0.5) })
    .optional(),
  /** One operation on each image, drawn of fourteen, of any strength. */
  trivial_augment: z.boolean().optional(),
  /** Beta(alpha, alpha) of mixup (Zhang et al. 2018) and cutmix (Yun et al. 2019); 0 for none. */
  mixup_alpha: z.number().min(0).max(100).optional(),
  cutmix_alpha: z.number().min(0).max(100).optional(),
});

/** What `augmentation: true` means: the notebook's own choice. */
export const usualAugmentation = {
  rotation_range: 20,
  width_shift_range: 0.1,
  height_shift_range: 0.1,
  horizontal_flip: true,
};

const augmentation = z
  .union([z.boolean(), augmentationOptions])
  .default(false)
  .transform((value) => {
    if (value === false) return null;
    return value === true ? augmentationOptions.parse(usualAugmentation) : value;
  });

const optimizer = z.enum(['adam', 'sgd', 'rmsprop', 'adamw', 'lion']);

const earlyStopping = z.strictObject({
  monitor: z.enum(monitors).default('val_loss'),
  patience: z.number().int().min(0).max(1_000_000).default(0),
  min_delta: z.number().nonnegative().default(0),
  restore_best_weights: z.boolean().default(false),
});

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
const learningRateSchedule = z.strictObject({
  type: z.enum(scheduleTypes).default('constant'),
  /** cosine: from `initial_learning_rate` to `training.learning_rate` by a straight line. */
  warmup_epochs: span.default(0),
  initial_learning_rate: z.number().nonnegative().default(0),
  /** cosine: how long it falls, all that is left of training when absent. step, exponential: how long until `decay_rate` is reached. */
  decay_epochs: span.gt(0).optional(),
  /** cosine: where it ends, as a fraction of the learning rate. */
  alpha: z.number().min(0).max(1).default(0),
  /** step, exponential: what is left of the rate after `decay_epochs`. */
  decay_rate: z.number().positive().lt(1).optional(),
  /** exponential: falls in steps. */
  staircase: z.boolean().default(false),
  /** one_cycle: the fraction of training in which the rate rises. */
  pct_start: fraction.default(0.3),
  /** one_cycle: begins with the learning rate over this, and ends with that over `final_div_factor`. */
  div_factor: z.number().min(1).default(25),
  final_div_factor: z.number().min(1).default(10_000),
  /** reduce_on_plateau. */
  monitor: z.enum(monitors).default('val_loss'),
  factor: fraction.default(0.1),
  patience: z.number().int().min(0).max(1_000_000).default(10),
  min_delta: z.number().nonnegative().default(0.0001),
  cooldown: z.number().int().min(0).max(1_000_000).default(0),
  min_lr: z.number().nonnegative().default(0),
});

const training = z.strictObject({
  epochs: count(1_000_000).default(100),
  batch_size: count(65_536).default(32),
  optimizer: optimizer.default('adam'),
  learning_rate: z.number().positive().default(0.001),
  /** A type alone stands for it with its usual settings. Absent, the rate is constant. */
  learning_rate_schedule: z
    .union([z.enum(scheduleTypes), learningRateSchedule])
    .transform((value) => (typeof value === 'string' ? learningRateSchedule.parse({ type: value }) : value))
    .optional(),
  /** For sgd and rmsprop. */
  momentum: z.number().min(0).lt(1).default(0),
  /** For sgd. */
  nesterov: z.boolean().default(false),
  /** Decoupled, whatever the optimiser. Absent, it is Keras's 0.004 for adamw, and none for the others. */
  weight_decay: z.number().nonnegative().optional(),
  /** Regular expressions: weights in whose `layer/weight` one is found do not decay. */
  weight_decay_exclude: z
    .array(pattern)
    .describe('a list of regular expressions, such as [bias, gamma, beta]')
    .optional(),
  /** Limits of each weight's gradient, of all together, or of each value; one of the three, and 0 for none. */
  clipnorm: z.number().nonnegative().optional(),
  global_clipnorm: z.number().nonnegative().optional(),
  clipvalue: z.number().nonnegative().optional(),
  /** What the learning rate of pretrained layers is, times that of the head. */
  backbone_learning_rate_factor: z.number().positive().max(1_000).optional(),
  /** What it is times for each block (timm's `layer_decay`): the deeper below the head, the slower. */
  layer_decay: z.number().positive().max(1).optional(),
  /** So many more blocks train every so many epochs, from the head down. */
  gradual_unfreezing: z
    .union([
      z.literal(false),
      z.strictObject({ epochs: count(1_000_000).default(1), blocks: count(1_000).default(1) }),
    ])
    .optional(),
  /** The head alone trains first, for so many of the epochs, as in Keras's guide to fine-tuning; at `learning_rate` when that is absent. */
  warm_head: z
    .union([
      z.literal(false),
      z.strictObject({
        epochs: z.number().int().min(0).max(1_000_000).default(1),
        learning_rate: z.number().positive().optional(),
      }),
    ])
    .optional(),
  /** Smaller images in the first epochs: `from` half of their side, in half of the epochs, when absent. */
  progressive_size: z
    .union([
      z.literal(false),
      z.strictObject({
        from: z.number().int().min(32).max(1024).optional(),
        epochs: count(1_000_000).optional(),
      }),
    ])
    .optional(),
  /** Validated and kept are exponential moving averages of the weights. */
  use_ema: z.boolean().optional(),
  /** Keras's 0.99 when absent. */
  ema_momentum: z.number().min(0).lt(1).optional(),
  /** Batches whose mean gradient moves the weights once. */
  gradient_accumulation_steps: count(10_000).optional(),
  /** The share of every label that goes to all classes alike. */
  label_smoothing: z.number().min(0).lt(1).optional(),
  /** How much an image's loss counts; `balanced` makes up for classes of different sizes, and classes that are left out weigh 1. */
  class_weight: z
    .union([z.literal('balanced'), z.record(z.string(), z.number().nonnegative())])
    .describe('balanced, or a weight for each class, such as {NEUTROPHIL: 0.5}')
    .optional(),
  early_stopping: z.union([z.literal(false), earlyStopping]).default({
    monitor: 'val_loss',
    patience: 4,
    min_delta: 0,
    restore_best_weights: true,
  }),
  seed: seed.default(42),
});

/** Which views of an image a network's probabilities are the mean of, wherever it is evaluated or predicts. */
export const testTimeAugmentations = ['none', 'horizontal_flip', 'flips', 'dihedral'] as const;

const evaluation = z.strictObject({
  /** `flips`: both, and each alone; `dihedral`: quarter turns, too. None when absent. */
  test_time_augmentation: z.enum(testTimeAugmentations).optional(),
});

/** Everything that one trial needs to know; every default is filled in. */
export const settingsSchema = z.strictObject({
  dataset: z.union([whole(filesDataset), whole(syntheticDataset)]).default(syntheticDataset.parse({})),
  split: split.prefault({}),
  model: model.prefault({}),
  augmentation,
  training: training.prefault({}),
  evaluation: evaluation.optional(),
});

export type Settings = z.output<typeof settingsSchema>;
export type DatasetSettings = Settings['dataset'];
export type FilesDataset = z.output<typeof filesDataset>;
export type SyntheticDataset = z.output<typeof syntheticDataset>;
export type SplitSettings = Settings['split'];
export type ModelSettings = Settings['model'];
export type Scenario = ModelSettings['scenario'];
export type Augmentation = z.output<typeof augmentationOptions>;
export type TrainingSettings = Settings['training'];
export type TestTimeAugmentation = (typeof testTimeAugmentations)[number];
/** How many of a trial's epochs, the first ones, train its head alone. */
export function headEpochs({
  model: { scenario },
  training: { warm_head },
}: Pick<Settings, 'model' | 'training'>): number {
  return warm_head && fineTuning.includes(scenario) ? warm_head.epochs : 0;
}

export type EarlyStopping = z.output<typeof earlyStopping>;
export type LearningRateSchedule = z.output<typeof learningRateSchedule>;
