import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '@thaw/base';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem, Settings } from '../src/index.ts';
import { loadExperiment, monitors } from '../src/index.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-experiment-'));
  await mkdir(join(folder, 'images'));
  await mkdir(join(folder, 'experiments'));
  await writeFile(join(folder, 'labels.txt'), 'not a folder');
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** As the model room checks: an alpha without weights, and a layer that matters in one scenario only. */
function modelChecks({ model }: Settings): Problem[] {
  const problems: Problem[] = [];
  if (![0.35, 1].includes(model.alpha)) {
    problems.push({ path: ['model', 'alpha'], message: `found ${String(model.alpha)}; allowed: 0.35, 1` });
  }
  if (model.scenario === 'partial_unfreeze' && model.unfreeze_from !== 'block_14') {
    const message = `found "${model.unfreeze_from}"; allowed: block_14; did you mean block_14?`;
    problems.push({ path: ['model', 'unfreeze_from'], message });
  }
  return problems;
}

async function messageOf(text: string | Uint8Array, set: string[] = []): Promise<string> {
  const file = join(folder, 'e.yaml');
  await writeFile(file, typeof text === 'string' ? text.replaceAll('$DIR', folder) : text);
  const error = await loadExperiment(file, { set, checks: modelChecks }).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message.replaceAll(folder, '$DIR');
}

/** A file, and for each mistake its line and what the message says. */
type Case = [name: string, yaml: string, ...mistakes: [line: number, ...says: string[]][]];

const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]']
  .concat(
    Array.from({ length: 9 }, (_, level) => {
      const [name, below] = ['bcdefghij'[level]!, 'abcdefghi'[level]!];
      return `${name}: &${name} [${`*${below}, `.repeat(9)}*${below}]`;
    }),
  )
  .join('\n');

const cases: Case[] = [
  // Keys
  [
    'a misspelt section',
    'name: x\nmodle:\n  alpha: 1\n',
    [2, 'modle: found an unknown key', 'allowed: dataset, split, model,', 'did you mean model?'],
  ],
  [
    'a misspelt nested key',
    'model:\n  alpah: 1\n',
    [2, 'model.alpah: found an unknown key', 'allowed: backbone, alpha,', 'did you mean alpha?'],
  ],
  [
    'a misspelt key three levels down',
    'training:\n  early_stopping:\n    monitor: val_loss\n    pacience: 3\n',
    [4, 'training.early_stopping.pacience', 'did you mean patience?'],
  ],
  [
    'a misspelt key in flow style',
    'augmentation: {rotation_rang: 20}\n',
    [1, 'augmentation.rotation_rang', 'did you mean rotation_range?'],
  ],
  [
    'a key in the wrong section',
    'epochs: 3\n',
    [1, 'epochs: found an unknown key', 'did you mean training.epochs?'],
  ],
  [
    'a path as a key',
    'model.alpha: 1\n',
    [1, 'model.alpha: found an unknown key', 'did you mean model: {alpha: ...}?'],
  ],
  [
    'a misspelt dataset.path',
    'dataset: {pth: images}\n',
    [1, 'dataset.pth: found an unknown key', 'path', 'did you mean path?'],
  ],
  [
    'a key twice',
    'model: {alpha: 1}\nname: x\nmodel: {head_units: 3}\n',
    [3, 'model: found this key a second time', 'e.yaml:1', 'allowed: each key once'],
  ],
  [
    'a key twice in a section',
    'model:\n  alpha: 1\n  alpha: 0.35\n',
    [3, 'model.alpha: found this key a second time', 'e.yaml:2'],
  ],
  [
    'a key __proto__',
    '__proto__: {polluted: true}\nmodel:\n  __proto__: 1\n',
    [1, '__proto__: found an unknown key'],
    [3, 'model.__proto__: found an unknown key'],
  ],
  ['a key that is a list', '? [a, b]\n: 3\n', [1, 'found a key that is not a word']],
  // Values
  [
    'a wrong type',
    'training:\n  epochs: many\n',
    [2, 'training.epochs: found "many"', 'allowed: a whole number from 1'],
  ],
  [
    'a list for a section',
    'model: [1]\n',
    [1, 'model: found [1]', 'allowed: a section with any of backbone,'],
  ],
  [
    'a number for a switch',
    'augmentation: 5\n',
    [1, 'augmentation: found 5', 'allowed: true or false or a section with any of rotation_range'],
  ],
  [
    'true where only false or a section goes',
    'training: {early_stopping: true}\n',
    [1, 'training.early_stopping: found true', 'allowed: false or a section with any of monitor'],
  ],
  [
    'an optimiser in capitals',
    'training:\n  optimizer: AdamW\n',
    [
      2,
      'training.optimizer: found "AdamW"',
      'allowed: adam, sgd, rmsprop, adamw, lion',
      'did you mean adamw?',
    ],
  ],
  [
    'a weight that grows',
    'training: {optimizer: adamw, weight_decay: -0.01}\n',
    [1, 'training.weight_decay: found -0.01', 'allowed: a number from 0'],
  ],
  [
    'no number of a decay',
    'training:\n  weight_decay: null\n',
    [2, 'training.weight_decay: found nothing (null)', 'allowed: a number from 0'],
  ],
  [
    'a word where a list goes',
    'training: {weight_decay: 0.1, weight_decay_exclude: bias}\n',
    [
      1,
      'training.weight_decay_exclude: found "bias"',
      'allowed: a list of regular expressions, such as [bias,',
    ],
  ],
  [
    'a regular expression in a list that is none',
    'training:\n  weight_decay_exclude:\n    - bias\n    - (gamma\n',
    [4, 'training.weight_decay_exclude.1: found "(gamma"', 'allowed: a regular expression'],
  ],
  [
    'a misspelt schedule',
    'training:\n  learning_rate_schedule: cosin\n',
    [
      2,
      'training.learning_rate_schedule: found "cosin"',
      'allowed: constant, cosine, step,',
      'did you mean cosine?',
    ],
  ],
  [
    'a misspelt type of a schedule',
    'training:\n  learning_rate_schedule:\n    type: one-cycle\n',
    [3, 'training.learning_rate_schedule.type: found "one-cycle"', 'did you mean one_cycle?'],
  ],
  [
    "Keras's steps in a schedule that counts epochs",
    'training:\n  learning_rate_schedule: {type: cosine, warmup_steps: 100}\n',
    [
      2,
      'training.learning_rate_schedule.warmup_steps: found an unknown key',
      'allowed: type, warmup_epochs,',
    ],
  ],
  [
    'a warm-up as long as training',
    'training:\n  epochs: 5\n  learning_rate_schedule:\n    type: cosine\n    warmup_epochs: 5\n',
    [5, 'warmup_epochs: found 5, and training has 5 epochs', 'allowed: below 5'],
  ],
  [
    'a schedule longer than what warm-up leaves of training',
    'training:\n  epochs: 5\n  learning_rate_schedule: {type: cosine, warmup_epochs: 2, decay_epochs: 4}\n',
    [3, 'decay_epochs: found 4, and training has 5 epochs', 'allowed: up to 3, behind the warm-up'],
  ],
  [
    'a warm-up that cools down',
    'training:\n  learning_rate_schedule: {type: cosine, warmup_epochs: 2, initial_learning_rate: 0.1}\n',
    [2, 'initial_learning_rate: found 0.1', 'allowed: up to training.learning_rate, which is 0.001'],
  ],
  [
    'a schedule in steps that does not say which',
    'training:\n  learning_rate_schedule: step\n',
    [2, 'learning_rate_schedule.decay_epochs: found nothing', 'a number above 0, which step needs'],
  ],
  [
    'a decay that does not say to what',
    'training:\n  learning_rate_schedule: {type: exponential, decay_epochs: 2}\n',
    [2, 'learning_rate_schedule.decay_rate: found nothing', 'below 1, which exponential needs'],
  ],
  [
    'a rate that grows by steps',
    'training:\n  learning_rate_schedule: {type: step, decay_epochs: 2, decay_rate: 1.5}\n',
    [2, 'learning_rate_schedule.decay_rate: found 1.5', 'allowed: a number above 0 and below 1'],
  ],
  [
    'a first step that training does not reach',
    'training:\n  epochs: 30\n  learning_rate_schedule: {type: step, decay_epochs: 30, decay_rate: 0.1}\n',
    [3, 'decay_epochs: found 30, and training has 30 epochs', 'allowed: below 30'],
  ],
  [
    'a factor that reduces nothing',
    'training:\n  learning_rate_schedule: {type: reduce_on_plateau, factor: 1, patience: 2}\n',
    [2, 'learning_rate_schedule.factor: found 1', 'allowed: a number above 0 and below 1'],
  ],
  [
    'a plateau that early stopping does not wait for',
    'training:\n  learning_rate_schedule: {type: reduce_on_plateau, min_delta: 0}\n',
    [
      2,
      'patience: found 10, while early_stopping ends training after 4 epochs',
      'less than training.early_stopping',
    ],
  ],
  [
    'a plateau longer than training',
    'training:\n  epochs: 6\n  early_stopping: false\n  learning_rate_schedule: {type: reduce_on_plateau, patience: 5}\n',
    [4, 'patience: found 5, and training has 6 epochs', 'allowed: below 5'],
  ],
  [
    'a smallest rate above the first',
    'training:\n  learning_rate_schedule: {type: reduce_on_plateau, patience: 2, min_lr: 0.01}\n',
    [2, 'min_lr: found 0.01', 'allowed: below training.learning_rate, which is 0.001'],
  ],
  [
    'a schedule that some trials of a sweep are too short for',
    'training:\n  learning_rate_schedule: {type: cosine, warmup_epochs: 3}\nparameters:\n  training.epochs: {values: [10, 2]}\n',
    [2, 'warmup_epochs: found 3, and training has 2 epochs', 'allowed: below 2'],
  ],
  [
    'a parameter that no schedule of the sweep reads',
    'training: {learning_rate_schedule: cosine}\nparameters:\n  training.learning_rate_schedule.patience: {values: [1, 2]}\n',
    [
      3,
      'found a parameter that no trial reads',
      'where training.learning_rate_schedule.type is reduce_on_plateau',
    ],
  ],
  [
    'two ways to clip at once',
    'training:\n  clipnorm: 1\n  clipvalue: 0.5\n',
    [3, 'training.clipvalue: found 0.5 beside training.clipnorm, which is 1', 'allowed: one of clipnorm,'],
  ],
  [
    'a second way to clip in a sweep',
    'training: {clipnorm: 1}\nparameters:\n  training.global_clipnorm: {values: [0, 2]}\n',
    [3, 'parameters.training.global_clipnorm: found 2 beside training.clipnorm, which is 1'],
  ],
  [
    'a norm below 0',
    'training: {global_clipnorm: -1}\n',
    [1, 'training.global_clipnorm: found -1', 'allowed: a number from 0'],
  ],
  [
    'labels that are all smooth',
    'training: {label_smoothing: 1}\n',
    [1, 'training.label_smoothing: found 1', 'allowed: a number from 0 and below 1'],
  ],
  [
    'a misspelt way to weigh classes',
    'training: {class_weight: balance}\n',
    [
      1,
      'training.class_weight: found "balance"',
      'allowed: balanced, or a weight for each class',
      'did you mean balanced?',
    ],
  ],
  [
    'a class that counts less than nothing',
    'training:\n  class_weight:\n    NEUTROPHIL: 2\n    MONOCYTE: -1\n',
    [4, 'training.class_weight.MONOCYTE: found -1', 'allowed: a number from 0'],
  ],
  [
    'a hidden layer of nothing among others',
    'model:\n  head_units:\n    - 64\n    - 0\n',
    [4, 'model.head_units.1: found 0', 'allowed: a whole number from 1'],
  ],
  [
    'no hidden layers as an empty list',
    'model: {head_units: []}\n',
    [
      1,
      'model.head_units: found []',
      'allowed: a whole number from 0 to 65536 or a list, each a whole number',
    ],
  ],
  [
    'layers that speed up with depth',
    'training: {layer_decay: 1.5}\n',
    [1, 'training.layer_decay: found 1.5', 'allowed: a number above 0 to 1'],
  ],
  [
    'unfreezing without a pace',
    'training: {gradual_unfreezing: true}\n',
    [1, 'training.gradual_unfreezing: found true', 'allowed: false or a section with any of epochs, blocks'],
  ],
  [
    'unfreezing nothing, again and again',
    'training:\n  gradual_unfreezing: {blocks: 0}\n',
    [2, 'training.gradual_unfreezing.blocks: found 0', 'allowed: a whole number from 1 to 1000'],
  ],
  [
    'erasing more images than all',
    'augmentation:\n  random_erasing: {factor: 1.5}\n',
    [2, 'augmentation.random_erasing.factor: found 1.5', 'allowed: a number from 0 to 1'],
  ],
  [
    'erasing without its section',
    'augmentation: {random_erasing: 0.5}\n',
    [1, 'augmentation.random_erasing: found 0.5', 'a section with any of factor, scale, fill_value'],
  ],
  [
    'an erased share from more to less',
    'augmentation: {random_erasing: {scale: [0.5, 0.1]}}\n',
    [1, 'augmentation.random_erasing.scale: found [0.5,0.1]', 'low not above high'],
  ],
  [
    'a colour that is none',
    'augmentation: {random_erasing: {fill_value: -3}}\n',
    [1, 'augmentation.random_erasing.fill_value: found -3', 'allowed: a number from 0 to 255'],
  ],
  [
    'a kernel without a centre',
    'augmentation: {gaussian_blur: {kernel_size: 4}}\n',
    [1, 'augmentation.gaussian_blur.kernel_size: found 4', 'allowed: an odd number of pixels, 1 to 101'],
  ],
  [
    'a blur from more to less',
    'augmentation: {gaussian_blur: {sigma: [2, 1]}}\n',
    [1, 'augmentation.gaussian_blur.sigma: found [2,1]', 'low not above high'],
  ],
  [
    'more than half the colour wheel',
    'augmentation: {color_jitter: {hue_factor: 2}}\n',
    [1, 'augmentation.color_jitter.hue_factor: found 2', 'allowed: a number from 0 to 1 or [low, high]'],
  ],
  [
    "another program's word for the hue",
    'augmentation: {color_jitter: {hue: 0.2}}\n',
    [1, 'augmentation.color_jitter.hue: found an unknown key', 'did you mean hue_factor?'],
  ],
  [
    'a mixup of less than nothing, among others',
    'parameters:\n  augmentation.mixup_alpha: {values: [0.2, -1]}\n',
    [2, 'parameters.augmentation.mixup_alpha: found -1', 'allowed: a number from 0 to 100'],
  ],
  [
    'a cutmix of batches of one',
    'augmentation: {cutmix_alpha: 1}\ntraining: {batch_size: 1}\n',
    [1, 'augmentation.cutmix_alpha: found 1, which mixes images of one batch, and training.batch_size is 1'],
  ],
  [
    'a shift by more pixels than there are',
    'model: {image_size: 96}\naugmentation: {width_shift_range: 100}\n',
    [2, 'augmentation.width_shift_range: found 100 pixels, and images have 96 a side', 'a fraction below 1'],
  ],
  [
    'a shift by more pixels than there are in the first epochs',
    'model: {image_size: 96, scenario: from_scratch}\naugmentation: {height_shift_range: 50}\ntraining: {progressive_size: {from: 48}}\n',
    [2, 'augmentation.height_shift_range: found 50 pixels, and images have 48 a side at first'],
  ],
  [
    'a shift by no pixel',
    'augmentation: {width_shift_range: 2, height_shift_range: 1}\n',
    [
      1,
      'augmentation.height_shift_range: found 1, which moves nothing',
      'allowed: 0, a fraction below 1, or 2',
    ],
  ],
  [
    'a brightness of nothing',
    'augmentation: {brightness_range: [0, 0]}\n',
    [1, 'augmentation.brightness_range', 'allowed: [low, high] (two numbers from 0, the second above 0)'],
  ],
  [
    'a colour beyond the border that is never seen',
    'augmentation: {cval: 20}\n',
    [1, 'augmentation.cval: found 20, and fill_mode is nearest', 'allowed: beside fill_mode: constant'],
  ],
  [
    'a shift beyond white',
    'augmentation: {channel_shift_range: 300}\n',
    [1, 'augmentation.channel_shift_range: found 300', 'allowed: a number from 0 to 255'],
  ],
  [
    'images that begin larger than they are in the end',
    'model: {image_size: 96, scenario: from_scratch}\ntraining:\n  progressive_size: {from: 128}\n',
    [3, 'training.progressive_size.from: found 128', 'allowed: below model.image_size, which is 96'],
  ],
  [
    'images that are smaller until the end',
    'model: {scenario: full_fine_tune}\ntraining: {epochs: 3, progressive_size: {epochs: 3}}\n',
    [2, 'training.progressive_size.epochs: found 3, and training has 3 epochs', 'allowed: below 3'],
  ],
  [
    'images that begin too small',
    'training: {progressive_size: {from: 16}}\n',
    [1, 'training.progressive_size.from: found 16', 'allowed: a whole number from 32 to 1024'],
  ],
  [
    'images whose growth is a number',
    'training: {progressive_size: 96}\n',
    [1, 'training.progressive_size: found 96', 'a section with any of from, epochs'],
  ],
  [
    "a way to resize in Keras's words",
    'dataset: {resize: crop_to_aspect_ratio}\n',
    [1, 'dataset.resize: found "crop_to_aspect_ratio"', 'allowed: stretch, crop, pad'],
  ],
  [
    'a table beside folders',
    'dataset:\n  path: $DIR/images\n  csv: {label_column: cell}\n',
    [
      3,
      'dataset.csv: found a table beside dataset.layout: train-test-folders',
      'allowed: beside layout: csv',
    ],
  ],
  [
    'an unknown interpolation',
    'dataset:\n  interpolation: lanczos\n',
    [2, 'dataset.interpolation: found "lanczos"', 'allowed: nearest, bilinear, bicubic'],
  ],
  [
    'an unknown way to resize among others',
    'parameters:\n  dataset.resize: {values: [crop, letterbox]}\n',
    [2, 'parameters.dataset.resize: found "letterbox"', 'allowed: stretch, crop, pad'],
  ],
  [
    'a size of its own for resizing',
    'dataset: {resize: {size: 96}}\n',
    [1, 'dataset.resize: found {"size":96}', 'allowed: stretch, crop, pad'],
  ],
  [
    'test-time augmentation of another kind',
    'evaluation: {test_time_augmentation: flip}\n',
    [1, 'evaluation.test_time_augmentation: found "flip"', 'none, horizontal_flip, flips, dihedral'],
  ],
  [
    'test-time augmentation by a number',
    'evaluation:\n  test_time_augmentation: 4\n',
    [2, 'evaluation.test_time_augmentation: found 4', 'none, horizontal_flip, flips, dihedral'],
  ],
  [
    'test-time augmentation by a short name',
    'evaluation: {tta: flips}\n',
    [1, 'evaluation.tta: found an unknown key', 'allowed: test_time_augmentation'],
  ],
  [
    'test-time augmentation in another section',
    'augmentation: {test_time_augmentation: flips}\n',
    [1, 'augmentation.test_time_augmentation: found an unknown key', 'evaluation.test_time_augmentation'],
  ],
  [
    "the first line of most of Keras's notebooks",
    'augmentation: {rescale: 0.00392, rotation_range: 20}\n',
    [
      1,
      "augmentation.rescale: found a word of Keras's ImageDataGenerator",
      'not needed: each backbone prepares its own pixels; allowed: rotation_range,',
    ],
  ],
  [
    "what else Keras's generator does to pixels",
    'augmentation:\n  preprocessing_function: preprocess_input\n  samplewise_center: true\n  zca_whitening: true\n  dtype: float32\n',
    [2, 'augmentation.preprocessing_function', 'each backbone prepares its own pixels'],
    [3, 'augmentation.samplewise_center', 'each backbone prepares its own pixels'],
    [4, 'augmentation.zca_whitening', 'which no pretrained backbone knows'],
    [5, 'augmentation.dtype', 'images are numbers of 32 bits'],
  ],
  [
    "Keras's name for the share that is validated, where notebooks have it",
    'augmentation: {validation_split: 0.2}\n',
    [1, 'augmentation.validation_split', 'which has another name here', 'did you mean split.validation?'],
  ],
  [
    'a sweep over the scale of pixels',
    'parameters:\n  augmentation.rescale: {values: [1, 0.00392]}\n',
    [2, 'parameters.augmentation.rescale', 'each backbone prepares its own pixels'],
  ],
  [
    'RandAugment stronger than it can be',
    'augmentation: {rand_augment: {factor: 9}}\n',
    [1, 'augmentation.rand_augment.factor: found 9', 'allowed: a number from 0 to 1'],
  ],
  [
    "RandAugment in other programs' words",
    'augmentation:\n  rand_augment: {num_ops: 2, magnitude: 9}\n',
    [2, 'augmentation.rand_augment.magnitude: found an unknown key', 'allowed: num_ops, factor'],
  ],
  [
    'RandAugment of half an operation',
    'parameters:\n  augmentation.rand_augment.num_ops: {values: [2, 1.5]}\n',
    [2, 'parameters.augmentation.rand_augment.num_ops: found 1.5', 'allowed: a whole number from 0 to 16'],
  ],
  [
    'RandAugment as a switch',
    'augmentation: {rand_augment: true}\n',
    [1, 'augmentation.rand_augment: found true', 'a section with any of num_ops, factor'],
  ],
  [
    'TrivialAugment with a strength',
    'augmentation: {trivial_augment: 0.5}\n',
    [1, 'augmentation.trivial_augment: found 0.5', 'allowed: true or false'],
  ],
  [
    'TrivialAugment beside RandAugment',
    'augmentation:\n  rand_augment: {factor: 0.3}\n  trivial_augment: true\n',
    [3, 'augmentation.trivial_augment: found true beside augmentation.rand_augment', 'one of the two'],
  ],
  [
    'dropout of everything',
    'model:\n  head_dropout: 1\n',
    [2, 'model.head_dropout: found 1', 'allowed: a number from 0 and below 1'],
  ],
  [
    "the backbone's word for the head's batch norm",
    'model: {head_batch_norm: trainable}\n',
    [1, 'model.head_batch_norm: found "trainable"', 'allowed: true or false'],
  ],
  [
    'a penalty below 0',
    'model: {head_l2: -0.1}\n',
    [1, 'model.head_l2: found -0.1', 'allowed: a number from 0'],
  ],
  [
    'an average that never moves',
    'training: {use_ema: true, ema_momentum: 1}\n',
    [1, 'training.ema_momentum: found 1', 'allowed: a number from 0 and below 1'],
  ],
  [
    'a momentum for a switch',
    'training:\n  use_ema: 0.99\n',
    [2, 'training.use_ema: found 0.99', 'allowed: true or false'],
  ],
  [
    'a sweep over the momentum of averages that are off',
    'parameters:\n  training.ema_momentum: {values: [0.9, 0.99]}\n',
    [2, 'found a parameter that no trial reads', 'allowed: where training.use_ema is true'],
  ],
  [
    'gradients of no batch',
    'training: {gradient_accumulation_steps: 0}\n',
    [1, 'training.gradient_accumulation_steps: found 0', 'allowed: a whole number from 1 to 10000'],
  ],
  [
    'a head that trains as long as everything',
    'model: {scenario: full_fine_tune}\ntraining:\n  epochs: 5\n  warm_head: {epochs: 5}\n',
    [4, 'training.warm_head.epochs: found 5, and training has 5 epochs', 'allowed: below 5'],
  ],
  [
    'a schedule longer than what the head leaves of training',
    'model: {scenario: full_fine_tune}\ntraining:\n  epochs: 5\n  warm_head: {epochs: 3}\n  learning_rate_schedule: {type: cosine, decay_epochs: 3}\n',
    [5, 'decay_epochs: found 3, and training has 2 epochs', 'allowed: up to 2'],
  ],
  [
    'blocks that would join behind the end of training',
    'model: {scenario: full_fine_tune}\ntraining:\n  epochs: 4\n  gradual_unfreezing: {epochs: 4}\n',
    [4, 'training.gradual_unfreezing.epochs: found 4, and training has 4 epochs', 'allowed: below 4'],
  ],
  [
    'a head that would train first in a sweep of frozen features',
    'parameters:\n  training.warm_head: {values: [false, {epochs: 1}]}\n',
    [
      2,
      'found a parameter that no trial reads',
      'where model.scenario is partial_unfreeze or full_fine_tune',
    ],
  ],
  [
    "a sweep over Nesterov's momentum without momentum",
    'training: {optimizer: sgd}\nparameters:\n  training.nesterov: {values: [false, true]}\n',
    [3, 'found a parameter that no trial reads', 'allowed: where training.momentum is above 0'],
  ],
  [
    'a decay that turns the sign of weights',
    'training: {optimizer: adamw, learning_rate: 0.01, weight_decay: 300}\n',
    [1, 'training.weight_decay: found 300, which times training.learning_rate, 0.01,', 'allowed: below 100'],
  ],
  [
    'a decay that turns the sign of the head while it trains alone',
    'model: {scenario: full_fine_tune}\ntraining: {weight_decay: 5, warm_head: {learning_rate: 0.5}}\n',
    [2, 'found 5, which times training.warm_head.learning_rate, 0.5,', 'allowed: below 2'],
  ],
  [
    'a decay that turns the sign of a backbone that moves faster than the head',
    'model: {scenario: full_fine_tune}\ntraining: {weight_decay: 5, learning_rate: 0.1, backbone_learning_rate_factor: 3}\n',
    [
      2,
      'found 5, which times training.learning_rate times backbone_learning_rate_factor, 0.3, takes',
      'allowed: below 3.33333',
    ],
  ],
  [
    'batch normalisation of the features of one image',
    'model: {head_batch_norm: true}\ntraining: {batch_size: 1}\n',
    [1, 'model.head_batch_norm: found true, and training.batch_size is 1', 'allowed: false, or batches of 2'],
  ],
  [
    'a rate of nothing for the head',
    'training:\n  warm_head:\n    learning_rate: 0\n',
    [3, 'training.warm_head.learning_rate: found 0', 'allowed: a number above 0'],
  ],
  [
    'true for the head that trains first',
    'training: {warm_head: true}\n',
    [1, 'training.warm_head: found true', 'allowed: false or a section with any of epochs, learning_rate'],
  ],
  [
    'a backbone that does not move',
    'training: {backbone_learning_rate_factor: 0}\n',
    [1, 'training.backbone_learning_rate_factor: found 0', 'allowed: a number above 0 to 1000'],
  ],
  [
    'a sweep over a backbone that no trial trains',
    'parameters:\n  training.backbone_learning_rate_factor: {values: [0.1, 1]}\n',
    [2, 'found a parameter that no trial reads', 'model.scenario is partial_unfreeze or full_fine_tune'],
  ],
  [
    'a misspelt choice',
    'model:\n  scenario: feature_extracton\n',
    [
      2,
      'model.scenario: found "feature_extracton"',
      'allowed: feature_extraction, partial_unfreeze, from_scratch, full_fine_tune',
      'did you mean feature_extraction?',
    ],
  ],
  ['negative epochs', 'training: {epochs: -1}\n', [1, 'training.epochs: found -1', 'a whole number from 1']],
  ['half an epoch', 'training:\n  epochs: 1.5\n', [2, 'training.epochs: found 1.5', 'a whole number']],
  [
    'validation 1.5',
    'split:\n  validation: 1.5\n',
    [2, 'split.validation: found 1.5', 'allowed: a number above 0 and below 1'],
  ],
  ['a number in quotes', 'training: {epochs: "10"}\n', [1, 'found "10"', 'write it without quotes']],
  ['text without quotes that is a number', 'name: 5\n', [1, 'name: found 5', 'write it in quotes']],
  ['yes for true', 'augmentation: yes\n', [1, 'augmentation: found "yes"', 'did you mean true?']],
  [
    'not a number',
    'training: {learning_rate: .nan}\n',
    [1, 'training.learning_rate: found .nan', 'a number above 0'],
  ],
  [
    'infinity',
    'training: {learning_rate: .inf}\n',
    [1, 'training.learning_rate: found .inf', 'a number above 0'],
  ],
  [
    'a huge whole number',
    'training: {seed: 99999999999999999999}\n',
    [1, 'training.seed: found 100000000000000000000', 'from 0 to 4294967295'],
  ],
  [
    'a key without a value',
    'training:\n  epochs:\n  seed: 1\n',
    [2, 'training.epochs: found nothing (null)', 'a whole number'],
  ],
  ['a section without a value', 'model:\n', [1, 'model: found nothing (null)', 'allowed: a section']],
  [
    'ranges from high to low',
    'augmentation:\n  brightness_range: [1.1, 0.9]\n  zoom_range: [1.2, 0.8]\n',
    [2, 'augmentation.brightness_range: found [1.1,0.9]', 'low not above high'],
    [3, 'augmentation.zoom_range: found [1.2,0.8]', 'low not above high'],
  ],
  [
    'a range of one number',
    'augmentation: {zoom_range: [1]}\n',
    [1, 'augmentation.zoom_range: found [1]', 'allowed: a number from 0 and below 1 or [low, high]'],
  ],
  ['a name of two lines', 'name: "a\\nb"\n', [1, 'name: found "a\\nb"', 'text of one line']],
  ['run_cap 0', 'run_cap: 0\n', [1, 'run_cap: found 0', 'allowed: a whole number from 1']],
  // Files on disk
  [
    'a dataset path that is a file',
    'dataset:\n  path: $DIR/labels.txt\n',
    [2, 'dataset.path: found "$DIR/labels.txt", which is a file', 'allowed: a folder with TRAIN/<class>/*'],
  ],
  [
    'a dataset path that does not exist',
    'dataset:\n  layout: class-folders\n  path: $DIR/image\n',
    [
      3,
      'dataset.path: found "$DIR/image", which does not exist',
      'allowed: a folder with <class>/*',
      'did you mean $DIR/images?',
    ],
  ],
  [
    'a csv layout without its table',
    'dataset: {path: $DIR/images, layout: csv}\n',
    [1, 'dataset.csv.file: found "$DIR/images/labels.csv", which does not exist'],
  ],
  [
    'groups in a table that does not exist',
    'split:\n  groups: {csv: $DIR/groups.csv, column: source}\n',
    [2, 'split.groups.csv: found "$DIR/groups.csv", which does not exist'],
  ],
  [
    'a path and a source',
    'dataset:\n  path: $DIR/images\n  source: synthetic-smear\n',
    [3, 'dataset.source: found a key that does not go with path'],
  ],
  [
    'a folder with a wrong layout',
    'dataset:\n  path: $DIR/images\n  layout: cvs\n',
    [
      3,
      'dataset.layout: found "cvs"',
      'allowed: train-test-folders, class-folders, csv',
      'did you mean csv?',
    ],
  ],
  // Groups
  [
    'grouped images without groups',
    'dataset: {path: $DIR/images}\nsplit:\n  strategy: grouped\n',
    [
      3,
      'split.strategy: found "grouped", but nothing that names the groups',
      'allowed: with split.groups: detect, {detect: scene}, {csv: FILE, column: NAME} or {pattern: REGEX}',
    ],
  ],
  // Folds
  ['a single fold', 'split: {strategy: random, folds: 1}\n', [1, 'split.folds: found 1', 'from 2 to 100']],
  [
    'folds that no strategy deals',
    'split:\n  folds: 5\n',
    [
      2,
      'split.folds: found 5 beside no split.strategy',
      'split.strategy: grouped (with split.groups) or random',
    ],
  ],
  [
    'folds of the first images by name',
    'split:\n  strategy: keras\n  folds: 5\n',
    [3, 'split.folds: found 5 beside split.strategy: keras', 'grouped (with split.groups) or random'],
  ],
  [
    'folds beside a validation part',
    'split:\n  strategy: random\n  folds: 5\n  validation: 0.2\n',
    [4, 'split.validation: found 0.2 beside split.folds: 5', 'allowed: one of the two'],
  ],
  [
    'folds of groups that nothing names',
    'dataset: {path: $DIR/images}\nsplit: {strategy: grouped, folds: 5}\n',
    [2, 'split.strategy: found "grouped", but nothing that names the groups'],
  ],
  [
    'repeats of no folds',
    'split: {strategy: random, repeats: 3}\n',
    [1, 'split.repeats: found 3, but no split.folds', 'allowed: with split.folds: 2 or more'],
  ],
  [
    'early termination behind the last fold',
    'split: {strategy: random, folds: 3}\nparameters: {model.head_units: {values: [1, 2, 3]}}\nearly_terminate: {type: asha, min_iter: 3}\n',
    [3, 'no trial is compared before its last fold, 3 (split.folds)'],
  ],
  [
    'a pattern that is no regular expression',
    'split: {groups: {pattern: "("}}\n',
    [1, 'split.groups.pattern: found "("', 'allowed: a regular expression', 'Unterminated group'],
  ],
  [
    'groups without their column',
    'split: {groups: {csv: a.csv}}\n',
    [1, 'split.groups.column: found nothing', 'allowed: text'],
  ],
  [
    'groups of an unknown kind',
    'split: {groups: {detect: scenes}}\n',
    [1, 'split.groups.detect: found "scenes"; allowed: photograph, scene; did you mean scene?'],
  ],
  [
    'groups that are found and named',
    'split: {groups: {detect: scene, column: source}}\n',
    [1, 'split.groups.column: '],
  ],
  [
    'groups of nothing',
    'split: {groups: {}}\n',
    [
      1,
      'split.groups: found {}',
      'detect or {detect: photograph or scene} or {csv: text, column: text} or {pattern: text}',
    ],
  ],
  // Checks of other rooms
  ['alpha 0.33', 'model:\n  alpha: 0.33\n', [2, 'model.alpha: found 0.33', 'allowed: 0.35, 1']],
  [
    'an unknown layer to unfreeze from',
    'model:\n  scenario: partial_unfreeze\n  unfreeze_from: blok_14\n',
    [3, 'model.unfreeze_from: found "blok_14"', 'did you mean block_14?'],
  ],
  [
    'an unknown layer that one scenario of several uses',
    'model:\n  unfreeze_from: blok_14\nparameters:\n  model.scenario: {values: [feature_extraction, partial_unfreeze]}\n  model.head_units: {values: [8, 16]}\n',
    [2, 'model.unfreeze_from: found "blok_14"'],
  ],
  [
    'an alpha without weights among the values',
    'parameters:\n  model.alpha:\n    values:\n      - 0.35\n      - 0.33\n',
    [5, 'parameters.model.alpha: found 0.33', 'allowed: 0.35, 1'],
  ],
  // Search
  [
    'an unknown method',
    'method: gird\n',
    [1, 'method: found "gird"', 'allowed: grid, random, bayes', 'did you mean grid?'],
  ],
  ['a method that is not built', 'method: custom\n', [1, 'method: found "custom"', 'allowed: grid']],
  [
    'a metric that nothing reports',
    'metric:\n  name: val_acuracy\n',
    [2, 'metric.name: found "val_acuracy"', `allowed: ${monitors.join(', ')}`, 'did you mean val_accuracy?'],
  ],
  [
    'a misspelt metric of all classes alike',
    'metric:\n  name: val_balanced_acuracy\n',
    [2, 'metric.name: found "val_balanced_acuracy"', 'did you mean val_balanced_accuracy?'],
  ],
  [
    'early stopping by a metric that nothing reports',
    'training:\n  early_stopping: {monitor: val_macrof1}\n',
    [
      2,
      'training.early_stopping.monitor: found "val_macrof1"',
      `allowed: ${monitors.join(', ')}`,
      'did you mean val_macro_f1?',
    ],
  ],
  [
    'a schedule by a metric that nothing reports',
    'training:\n  learning_rate_schedule:\n    type: reduce_on_plateau\n    monitor: val_calibration_eror\n',
    [
      4,
      'training.learning_rate_schedule.monitor: found "val_calibration_eror"',
      'did you mean val_calibration_error?',
    ],
  ],
  [
    'an AUC of the test set',
    'metric: {name: test_auc}\n',
    [1, 'metric.name: found "test_auc"', 'self-deception', 'val_auc'],
  ],
  [
    'a metric of the test set',
    'metric: {name: test_accuracy, goal: maximize}\n',
    [1, 'metric.name: found "test_accuracy"', 'self-deception', `allowed: ${monitors.join(', ')}`],
  ],
  [
    'an unknown goal',
    'metric: {name: val_loss, goal: min}\n',
    [1, 'metric.goal: found "min"', 'allowed: maximize, minimize', 'did you mean minimize?'],
  ],
  // Parameters
  [
    'a misspelt parameter',
    'parameters:\n  model.scenaro: {values: [a]}\n',
    [
      2,
      'parameters.model.scenaro: found an unknown setting',
      'allowed: model.backbone, model.alpha,',
      'did you mean model.scenario?',
    ],
  ],
  [
    'a parameter without its section, which several have',
    'parameters:\n  seed: {values: [1, 2]}\n',
    [2, 'parameters.seed: found an unknown setting'],
  ],
  [
    'a misspelt parameter, nested',
    'parameters:\n  model:\n    parameters:\n      alhpa: {values: [1]}\n',
    [4, 'parameters.model.alhpa: found an unknown setting', 'did you mean model.alpha?'],
  ],
  [
    'a parameter without values',
    'parameters:\n  model.scenario:\n  model.alpha: {}\n',
    [
      2,
      'parameters.model.scenario: found nothing (null)',
      'allowed: {values: [...]}, {value: ...}, {min: ..., max: ...}',
    ],
    [
      3,
      'parameters.model.alpha: found no values',
      'allowed: {values: [...]}, {value: ...}, {min: ..., max: ...}',
    ],
  ],
  [
    'a misspelt values',
    'parameters:\n  model.alpha:\n    vales: [1]\n',
    [3, 'parameters.model.alpha.vales: found an unknown key', 'did you mean values?'],
  ],
  [
    'an empty list of values',
    'parameters:\n  model.alpha:\n    values: []\n',
    [3, 'parameters.model.alpha.values: found []', 'allowed: a list of at least one value'],
  ],
  [
    'one value that is no list',
    'parameters:\n  model.alpha: {values: 1}\n',
    [2, 'parameters.model.alpha.values: found 1', 'allowed: a list'],
  ],
  [
    'values and value',
    'parameters:\n  model.alpha: {values: [1], value: 1}\n',
    [2, 'found both values and value'],
  ],
  [
    'a list for a parameter',
    'parameters:\n  model.alpha: [0.35, 1]\n',
    [
      2,
      'parameters.model.alpha: found [0.35,1]',
      'allowed: {values: [...]}, {value: ...}, {min: ..., max: ...}',
    ],
  ],
  [
    'parameters that are a list',
    'parameters: [model.alpha]\n',
    [1, 'parameters: found ["model.alpha"]', 'allowed: settings by their paths'],
  ],
  [
    'a value that its setting does not allow',
    'parameters:\n  model.head_units:\n    values:\n      - 64\n      - -8\n  model.scenario:\n    values: [feature_extraction, finetune]\n',
    [5, 'parameters.model.head_units: found -8', 'allowed: a whole number from 0'],
    [7, 'parameters.model.scenario: found "finetune"', 'allowed: feature_extraction,'],
  ],
  [
    'a misspelt key inside a value',
    'parameters:\n  augmentation:\n    values:\n      - false\n      - {rotation_rnge: 3}\n',
    [5, 'parameters.augmentation.rotation_rnge: found an unknown key', 'did you mean rotation_range?'],
  ],
  [
    'a parameter that is a section',
    'parameters:\n  model: {values: [1]}\n',
    [2, 'parameters.model: found a section', 'allowed: its settings', 'model.alpha'],
  ],
  [
    'a section without the word parameters',
    'parameters:\n  model:\n    alpha: {values: [1]}\n',
    [2, 'parameters.model: found a section', 'model.alpha'],
  ],
  [
    'a parameter in two spellings',
    'parameters:\n  model.alpha: {values: [1]}\n  model:\n    parameters:\n      alpha: {values: [0.35]}\n',
    [5, 'parameters.model.alpha: found this parameter a second time', 'e.yaml:2'],
  ],
  [
    'a parameter and a part of it',
    'parameters:\n  augmentation: {values: [false, true]}\n  augmentation.rotation_range: {values: [5, 10]}\n',
    [3, 'parameters.augmentation.rotation_range: found a parameter that overlaps augmentation', 'e.yaml:2'],
  ],
  [
    'a range to draw from',
    'parameters:\n  training.learning_rate:\n    distribution: log_uniform_values\n    min: 0.0001\n    max: 0.01\n',
    [
      3,
      'parameters.training.learning_rate: found distribution log_uniform_values',
      'method grid needs listed values',
    ],
  ],
  [
    'a minimum and maximum alone',
    'parameters:\n  training.learning_rate: {min: 0.1, max: 0.9}\n',
    [2, 'found distribution uniform', 'method grid needs listed values'],
  ],
  [
    'a path among values that does not exist',
    'dataset: {path: $DIR/images}\nparameters:\n  dataset.path:\n    values:\n      - $DIR/images\n      - $DIR/nowhere\n',
    [6, 'parameters.dataset.path: found "$DIR/nowhere", which does not exist'],
  ],
  [
    'a grouped trial without groups',
    'dataset: {path: $DIR/images}\nparameters:\n  split.strategy:\n    values:\n      - keras\n      - grouped\n',
    [6, 'parameters.split.strategy: found "grouped", but nothing that names the groups'],
  ],
  // YAML
  [
    'a tab among spaces, which upsets the lines after it',
    'model:\n  image_size: 32\n\talpha: 0.35\n  weights: random\n  head_units: 8\n',
    [3, 'found a tab as indentation'],
  ],
  ['tabs', 'model:\n\talpha: 1\n', [2, 'found a tab as indentation', 'allowed: spaces']],
  ['an open bracket', 'model: {alpha: 1\nname: x\n', [2, 'found text that is not YAML', 'allowed: YAML 1.2']],
  ['keys that do not line up', 'model:\n  alpha: 1\n scenario: x\n', [3, 'found text that is not YAML']],
  ['an empty file', '', [1, 'found an empty file', 'allowed: sections of settings']],
  ['a file of comments', '# nothing\n\n', [1, 'found an empty file']],
  ['a list', '- model\n- training\n', [1, 'found ["model","training"]', 'allowed: sections of settings']],
  ['a word', 'unfreeze\n', [1, 'found "unfreeze"', 'allowed: sections of settings']],
  ['two documents', 'name: a\n---\nname: b\n', [3, 'found 2 documents', 'allowed: one']],
  [
    'a tag',
    'training:\n  epochs: !secret 3\n',
    [2, 'found the tag !secret', 'allowed: plain values without tags'],
  ],
  [
    'an alias without an anchor',
    'model: {alpha: *width}\n',
    [1, 'model.alpha: found *width', 'the name of an anchor'],
  ],
  ['a bomb of aliases', bomb, [4, 'found too many nested values', 'allowed: at most 10000 values']],
  ['an alias of itself', 'model: &m [*m]\n', [1, 'found too many nested values']],
  ['brackets without end', '['.repeat(30_000), [1, 'found values nested too deeply']],
  ['a merge of a number', 'model:\n  <<: 3\n', [2, 'model.<<: found something that is not a section']],
  [
    'a mistake in what an alias brings in',
    'model: &m {alpha: 1}\ntraining:\n  <<: *m\n',
    [1, 'training.alpha: found an unknown key', 'did you mean model.alpha?'],
  ],
  // More than one
  [
    'mistakes of several kinds',
    'modle: {}\ntraining:\n  epochs: -1\nmodel:\n  alpha: 0.33\ndataset:\n  path: $DIR/nowhere\nparameters:\n  model.scenaro: {values: [a]}\n',
    [1, 'modle'],
    [3, 'training.epochs'],
    [5, 'model.alpha'],
    [7, 'dataset.path'],
    [9, 'parameters.model.scenaro'],
  ],
];

describe('a bad experiment file is refused with every mistake at its line', () => {
  test.each(cases)('%s', async (_name, yaml, ...mistakes) => {
    const lines = (await messageOf(yaml)).split('\n');
    expect(lines.map((text) => /^\$DIR\/e\.yaml:(\d+): /.exec(text)?.[1])).toEqual(
      mistakes.map(([line]) => String(line)),
    );
    for (const [index, [, ...says]] of mistakes.entries()) {
      for (const words of says) expect(lines[index]).toContain(words);
    }
  });
});

describe('a file that is no experiment file', () => {
  test('does not exist: the nearest name is suggested', async () => {
    await writeFile(join(folder, 'experiments', 'unfreeze.yaml'), '{}');
    const wrong = join(folder, 'experiments', 'unfreze.yaml');
    await expect(loadExperiment(wrong)).rejects.toThrow(
      new UserError(
        `${wrong}: found no file of this name; allowed: an experiment file in YAML; did you mean ${join(folder, 'experiments', 'unfreeze.yaml')}?`,
        { kind: 'not-found' },
      ),
    );
  });

  test('is a folder', async () => {
    await expect(loadExperiment(join(folder, 'images'))).rejects.toThrow(
      new UserError(`${join(folder, 'images')}: found a folder; allowed: an experiment file in YAML`),
    );
  });

  test.each([
    ['Latin 1', Uint8Array.from([0x6e, 0x3a, 0x20, 0xe9, 0x0a])],
    ['UTF-16', new Uint8Array(Buffer.from('\ufeffname: x', 'utf16le'))],
    ['bytes of a JPEG', Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10])],
    ['zero bytes', new Uint8Array(16)],
  ])('is not UTF-8: %s', async (_name, bytes) => {
    expect(await messageOf(bytes)).toBe(
      '$DIR/e.yaml: found bytes that are not text in UTF-8; allowed: an experiment file in YAML',
    );
  });

  test('is far too large', async () => {
    expect(await messageOf('#'.repeat(70_000))).toContain('found 70000 bytes');
  });
});

describe('an override that is wrong is named as it was typed', () => {
  const swept = 'parameters:\n  augmentation: {values: [false, true]}\ntraining: {epochs: 3}\n';
  const overrides: [set: string, ...says: string[]][] = [
    ['model.alpha=0.33', 'model.alpha: found 0.33; allowed: 0.35, 1'],
    ['model.alhpa=1', 'model.alhpa: found an unknown key', 'did you mean alpha?'],
    ['training={epochs: 0}', 'training.epochs: found 0'],
    ['training.epochs=', 'training.epochs: found nothing (null)'],
    ['training.epochs=[1', 'training.epochs: found text that is not YAML'],
    ['training.epochs.x=1', 'training.epochs: found 3 at $DIR/e.yaml:3; allowed: a section'],
    ['training', 'found no path before a value; allowed: path=value'],
    ['=3', 'found no path before a value'],
    ['model..alpha=1', 'found no path before a value'],
    ['__proto__.polluted=1', '__proto__: found an unknown key'],
    ['method=byes', 'method: found "byes"; allowed: grid'],
    ['parameters.model.scenaro.values=[a]', 'parameters.model.scenaro: found an unknown setting'],
    ['parameters.model.head_units.values=[0.5]', 'parameters.model.head_units: found 0.5'],
    ['augmentation.rotation_range=3', 'found a part of augmentation, which the sweep varies as a whole'],
  ];
  test.each(overrides)('%s', async (set, ...says) => {
    const message = await messageOf(swept, [set]);
    expect(message.split('\n')).toHaveLength(1);
    expect(message.startsWith(`set ${set}: `)).toBe(true);
    for (const words of says) expect(message).toContain(words);
  });

  test('after the mistakes of the file', async () => {
    const message = await messageOf('training: {epochs: 0}\n', ['model.head_units=-1']);
    expect(message.split('\n').map((line) => line.split(': ')[0])).toEqual([
      '$DIR/e.yaml:1',
      'set model.head_units=-1',
    ]);
  });
});
