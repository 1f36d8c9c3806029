import { isOnnxPath } from '@thaw/experiment';
import { backboneOf } from '@thaw/model';
import { comment, line } from './commented.ts';
import type { Draft } from './draft.ts';
import type { DraftTextOptions } from './draft-text-options.ts';
import { backboneLines } from './model-section.ts';

/** Side of the images that it draws where the backbone takes any, pixels: it is to be quick. */
export const syntheticSize = 96;

/**
 * An experiment that runs anywhere at once, for somebody without images: drawn blood smears, of which each photograph is there
 * several times, split as Keras does it and by photographs.
 */
export function syntheticText({
  commands,
  input,
  backbone,
  weights,
  imageSize,
}: Pick<DraftTextOptions, 'commands' | 'input'> & Pick<Draft, 'backbone' | 'weights' | 'imageSize'>): string {
  const ofKeras = weights === 'bundled' ? 'that come with the program' : 'of Keras, trained on ImageNet';
  const origin = isOnnxPath(backbone) ? 'that its file brings' : ofKeras;
  return `${comment(
    `A first experiment, which runs at once: images that the program draws, and a network with weights ${origin}.`,
    'For images of your own: a folder with a folder for each class, and `init DIR` writes an experiment for it.',
    '',
    `  ${line(commands.check, 'checks the file and says how long it takes', 64)}`,
    `  ${line(commands.run, 'runs it', 64)}`,
  )}
name: first

${comment(
  'The images: blood smears, four kinds of cells, ten photographs of each to train with and eight to test with. Each photograph is there five times, turned and shifted, as in many public data sets.',
)}
dataset:
  source: synthetic-smear
  train_sources_per_class: 10
  test_sources_per_class: 8
  images_per_source: 5

${comment('Validation images choose the best trial: a fifth of the training images. How they are chosen is compared below.')}
split:
  validation: 0.2

${comment(`The network: ${backboneOf({ backbone }).title}, which has seen many photographs before, and a new head for the four kinds of cells.`)}
model:
${backboneLines(backbone, input).join('\n')}
${line(`  image_size: ${imageSize}`, 'images are resized to this many pixels a side')}
${isOnnxPath(backbone) ? '' : `${line(`  weights: ${weights}`, `pretrained weights ${origin}`)}\n`}${line('  scenario: feature_extraction', 'train the head alone')}

${comment('How each trial trains. Training ends early when validation images gain nothing for `patience` epochs.')}
training:
  epochs: 30
  batch_size: 16
  optimizer: adam
  learning_rate: 0.001
  early_stopping: {monitor: val_loss, patience: 4, restore_best_weights: true}
  seed: 42

${comment(
  'What is compared: a trial for each combination of these values. The split that Keras uses puts copies of one photograph on both sides, so that validation accuracy is far above test accuracy; the grouped split keeps a photograph on one side, and the gap is gone.',
)}
method: grid
metric: {name: val_accuracy, goal: maximize}
parameters:
  split.strategy: {values: [keras, grouped]}
  model.head_units: {values: [0, 64]}
`;
}
