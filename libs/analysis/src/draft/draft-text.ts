import { counted, printedName, thousands } from '@thaw/base';
import { fineTuning, type Scenario } from '@thaw/experiment';
import { comment, flow, line, scalar } from './commented.ts';
import type { Draft } from './draft.ts';
import type { DraftTextOptions } from './draft-text-options.ts';
import { modelSection } from './model-section.ts';
import { splitReasons } from './split-reasons.ts';
import type { Survey } from './survey-folder.ts';

const mostClasses = 40;

/** The experiment file of a draft, with a comment on each section for somebody who has never seen one. */
export function draftText(survey: Survey, draft: Draft, options: DraftTextOptions): string {
  const sections = [
    head(survey, options),
    datasetSection(survey, options),
    splitSection(survey, draft),
    modelSection(draft, options),
    augmentationSection(draft),
    trainingSection(draft),
    searchSection(draft, options),
  ];
  return `${sections.join('\n\n')}\n`;
}

function head({ classes, look }: Survey, { name, path, commands }: DraftTextOptions): string {
  const images = classes.reduce((sum, each) => sum + each.images + each.testImages, 0);
  const from = look ? ` of ${counted(look.leakage.groups, 'photograph')}` : '';
  return [
    comment(
      `An experiment for the images in ${path}: ${counted(images, 'image')}${from} in ${thousands(classes.length)} classes.`,
      'Everything here may be changed; what is left out has a usual value.',
      '',
      `  ${line(commands.check, 'checks the file and says how long it takes', 64)}`,
      `  ${line(commands.run, 'runs it', 64)}`,
    ),
    `name: ${scalar(name)}`,
  ].join('\n');
}

function datasetSection({ dataset, classes, unusable }: Survey, { path }: DraftTextOptions): string {
  const { layout, csv } = dataset;
  const rows = classes.slice(0, mostClasses).map(({ class: label, images, testImages, photographs }) => {
    const of = photographs === null ? '' : ` of ${counted(photographs, 'photograph')}`;
    const test = testImages === 0 ? '' : `, and ${counted(testImages, 'test image')}`;
    return `  ${printedName(label)}: ${counted(images, 'image')}${of}${test}`;
  });
  const more = classes.length > mostClasses ? [`  and ${thousands(classes.length - mostClasses)} more`] : [];
  const left =
    unusable.length === 0
      ? []
      : [line('  on_bad_image: skip', `leaves out ${counted(unusable.length, 'file')}`)];
  return [
    comment(`The images. ${layoutWords[layout]}`, ...rows, ...more),
    'dataset:',
    `  path: ${scalar(path)}`,
    `  layout: ${layout}`,
    ...(csv ? [`  csv: ${flow(csv)}`] : []),
    line('  interpolation: bilinear', 'how images are resized'),
    ...left,
    line('  # limit_per_class: 50', 'a quick try: only so many images of each class'),
  ].join('\n');
}

const layoutWords = {
  'train-test-folders': 'Their folders name the parts (train, test) and, inside, the classes.',
  'class-folders': 'Each class has a folder of its own; test images are cut off at random or by photographs.',
  csv: 'A table names each image and its class.',
} as const;

function splitSection(survey: Survey, { split }: Draft): string {
  return [
    comment(
      'Validation images choose the best trial, and test images say at the end how good it really is.',
      ...splitReasons(survey, split),
    ),
    'split:',
    ...Object.entries(split).map(([key, value]) => `  ${key}: ${String(value)}`),
    ...(split.strategy === 'given' ? [] : [line('  seed: 42', 'the same seed draws the same images')]),
  ].join('\n');
}

function augmentationSection({ augmented }: Draft): string {
  const why = augmented
    ? 'Training images are shown a little different each time. Add rotation_range: 180 and vertical_flip: true if your images have no upper side, and remove horizontal_flip if left and right matter.'
    : 'Training images stay as they are, so that what the frozen layers make of them is computed once. With augmentation: true they are turned, shifted and flipped, and each epoch takes much longer.';
  const settings = [
    'augmentation:',
    '  horizontal_flip: true',
    '  zoom_range: 0.1',
    '  width_shift_range: 0.1',
    '  height_shift_range: 0.1',
    '  brightness_range: [0.9, 1.1]',
  ];
  return [comment(why), ...(augmented ? settings : ['augmentation: false'])].join('\n');
}

function trainingSection({ epochs, uneven, scenarios }: Draft): string {
  return [
    comment(
      'How each trial trains. Training ends early when validation images gain nothing for `patience` epochs.',
    ),
    'training:',
    `  epochs: ${epochs}`,
    '  batch_size: 32',
    '  optimizer: adamw',
    line('  weight_decay: 0.01', 'keeps weights small'),
    '  weight_decay_exclude: [bias, gamma, beta]',
    ...(scenarios.some((scenario) => fineTuning.includes(scenario))
      ? [
          line(
            '  backbone_learning_rate_factor: 0.1',
            'pretrained layers learn ten times slower than the head',
          ),
        ]
      : []),
    ...(uneven ? [line('  class_weight: balanced', 'some classes have far fewer images than others')] : []),
    '  early_stopping: {monitor: val_loss, patience: 5, restore_best_weights: true}',
    '  seed: 42',
  ].join('\n');
}

const meaning: Record<Scenario, string> = {
  feature_extraction: 'train the new head alone',
  partial_unfreeze: 'train the last blocks, too',
  full_fine_tune: 'train every layer, from the pretrained weights on',
  from_scratch: 'train every layer, from random weights on',
};

function searchSection({ scenarios, uneven }: Draft, { advised, commands }: DraftTextOptions): string {
  const one = scenarios.length === 1;
  const why = one
    ? ['Nothing of an ONNX file trains: its features are computed once, and the head learns from them.']
    : advised
      ? [
          `For these images ${advised.scenario} is advised (${advised.evidence} evidence):`,
          ...advised.reasons,
        ]
      : ['Which scenario suits your images was not measured.'];
  const metric = uneven
    ? 'Balanced accuracy, the mean of what is right of each class, counts small classes as much as large ones.'
    : '';
  return [
    comment(
      'What is compared: a trial for each combination of these values.',
      ...(one ? [] : scenarios.map((scenario) => `  ${scenario}: ${meaning[scenario]}`)),
      ...why,
      ...(one ? [] : [`Short trials tell more: ${commands.advise}`]),
      ...(metric === '' ? [] : [metric]),
    ),
    'method: grid',
    `metric: {name: ${uneven ? 'val_balanced_accuracy' : 'val_accuracy'}, goal: maximize}`,
    'parameters:',
    one ? '  model.head_units: {values: [0, 128]}' : `  model.scenario: {values: [${scenarios.join(', ')}]}`,
    '  training.learning_rate: {values: [0.0003, 0.001]}',
    line('test: best', 'test images are looked at once, by the best trial'),
  ].join('\n');
}
