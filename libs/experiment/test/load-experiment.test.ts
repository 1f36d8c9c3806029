import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { gridSize, loadExperiment, readExperiment, settingsSchema } from '../src/index.ts';

const root = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'thaw-experiment-'));
writeFileSync(join(folder, 'labels.csv'), '');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const read = (text: string, set: string[] = []) => readExperiment(text, 'e.yaml', { set });

/** Every key of the documented experiment file; its search is a grid here. */
const everyKey = `
name: unfreeze
description: all the keys
dataset:
  path: ${folder}
  layout: train-test-folders                # TRAIN/<class>/*, TEST/<class>/*; also class-folders, csv
  limit_per_class: 200                      # optional, the same images every time
split:
  strategy: keras          # keras (first 20 % of each class by name) | random (stratified) | grouped
  validation: 0.2
  seed: 42
  groups: detect           # for grouped: detect | {csv: FILE, column: NAME} | {pattern: REGEX}
model:
  backbone: mobilenet_v2
  alpha: 1.0
  image_size: 224
  weights: imagenet
  scenario: feature_extraction
  unfreeze_from: block_14
  head_units: 128
augmentation: false
training:
  epochs: 100
  batch_size: 32
  optimizer: adam
  learning_rate: 0.001
  early_stopping: {monitor: val_loss, patience: 4, restore_best_weights: true}
  seed: 42
method: grid
metric: {name: val_accuracy, goal: maximize}
parameters:
  model.scenario: {values: [feature_extraction, partial_unfreeze]}
  augmentation: {values: [false, true]}
  model.head_units: {values: [64, 128, 256]}
  training.learning_rate: {value: 0.001}
run_cap: 12
`;

describe('a good experiment file', () => {
  test('is read with all its keys, in order', async () => {
    const file = join(folder, 'all.yaml');
    writeFileSync(file, everyKey);
    const experiment = await loadExperiment(file);
    expect(experiment).toMatchObject({
      file,
      name: 'unfreeze',
      description: 'all the keys',
      method: 'grid',
      metric: { name: 'val_accuracy', goal: 'maximize', target: null },
      run_cap: 12,
      text: everyKey,
      set: [],
      settings: {
        dataset: { path: folder, layout: 'train-test-folders', limit_per_class: 200 },
        split: { strategy: 'keras', validation: 0.2, seed: 42 },
        augmentation: null,
        training: { early_stopping: { monitor: 'val_loss', patience: 4, restore_best_weights: true } },
      },
    });
    expect(Object.entries(experiment.parameters)).toEqual([
      ['model.scenario', { values: ['feature_extraction', 'partial_unfreeze'] }],
      ['augmentation', { values: [false, true] }],
      ['model.head_units', { values: [64, 128, 256] }],
      ['training.learning_rate', { values: [0.001] }],
    ]);
    expect(gridSize(experiment.parameters)).toBe(12);
  });

  test('may say nothing: one trial of the embedded default', () => {
    const experiment = read('{}');
    expect(experiment).toMatchObject({
      name: 'e',
      description: null,
      method: 'grid',
      metric: { name: 'val_accuracy', goal: 'maximize', target: null },
      parameters: {},
      run_cap: null,
      settings: settingsSchema.parse({}),
    });
    expect(experiment.settings.dataset).toMatchObject({ source: 'synthetic-smear' });
    expect(gridSize(experiment.parameters)).toBe(1);
  });

  test.each([
    ['val_loss', 'minimize'],
    ['loss', 'minimize'],
    ['accuracy', 'maximize'],
    ['val_accuracy', 'maximize'],
  ])('without a goal, %s is to %s', (name, goal) => {
    expect(read(`metric: {name: ${name}}`).metric).toEqual({ name, goal, target: null });
  });

  test('with a goal keeps it', () => {
    expect(read('metric: {name: val_loss, goal: maximize}').metric.goal).toBe('maximize');
  });

  test.each([
    ['maximize', 'val_loss', 'less'],
    ['minimize', 'val_accuracy', 'more'],
  ])('says that to %s %s takes the worst for the best', (goal, name, better) => {
    expect(read(`metric: {name: ${name}, goal: ${goal}}`).notes).toEqual([
      `metric.goal is ${goal}, so the worst trial will be called the best: of ${name} ${better} is better`,
    ]);
  });

  test('says which settings no trial reads, and nothing of those that some trial does', () => {
    const unread = 'training: {optimizer: adam, momentum: 0.9}\nmodel: {unfreeze_from: block_14}\n';
    expect(read(unread).notes).toEqual([
      'model.unfreeze_from is read by no trial: only where model.scenario is partial_unfreeze',
      'training.momentum is read by no trial: only where training.optimizer is sgd or rmsprop',
    ]);
    const varied =
      'parameters:\n  training.optimizer: {values: [adam, sgd]}\n  model.scenario: {values: [feature_extraction, partial_unfreeze]}\n';
    expect(read(unread + varied).notes).toEqual([]);
    expect(read('training: {optimizer: adam}').notes).toEqual([]);
  });

  test.each([
    ['warm_head: {epochs: 2}', 'training.warm_head', 'model.scenario is partial_unfreeze or full_fine_tune'],
    ['warm_head: false', null, null],
    ['progressive_size: {}', 'training.progressive_size', 'model.scenario is from_scratch or full_fine_tune'],
    ['optimizer: sgd, nesterov: true', 'training.nesterov', 'training.momentum is above 0'],
    ['optimizer: sgd, nesterov: true, momentum: 0.9', null, null],
    [
      'learning_rate_schedule: {type: cosine, initial_learning_rate: 0.0001}',
      'training.learning_rate_schedule.initial_learning_rate',
      'training.learning_rate_schedule.warmup_epochs is above 0',
    ],
  ])('says once that no trial reads what %s asks for, where it is so', (training, path, where) => {
    const { notes } = read(`training: {${training}}`);
    expect(notes).toEqual(path === null ? [] : [`${path} is read by no trial: only where ${where}`]);
  });

  test.each([
    ['model: {input: {scale: 1}}', 'model.input', 'model.backbone is the path of an ONNX file'],
    [
      'model: {scenario: full_fine_tune, batch_norm: frozen, batch_norm_momentum: 0.9}',
      'model.batch_norm_momentum',
      'model.batch_norm is trainable or left out',
    ],
    ['model: {scenario: full_fine_tune, batch_norm_momentum: 0.9}', null, null],
    ['training: {weight_decay_exclude: [bias], optimizer: adamw}', null, null],
    ['training: {weight_decay_exclude: [bias], weight_decay: 0.01}', null, null],
    [
      'training: {weight_decay_exclude: [bias]}',
      'training.weight_decay_exclude',
      'training.optimizer is adamw, unless training.weight_decay is given',
    ],
    [
      'training: {weight_decay_exclude: [bias], optimizer: adamw, weight_decay: 0}',
      'training.weight_decay_exclude',
      'training.weight_decay is above 0 or left out',
    ],
    [
      'dataset: {path: DIR, layout: csv, classes: nested}',
      'dataset.classes',
      'dataset.layout is train-test-folders or class-folders',
    ],
    [
      'split: {strategy: given, validation: 0.3}',
      'split.validation',
      'split.strategy is keras, random or grouped',
    ],
  ])('says of %s that no trial reads it, where it is so', (text, path, where) => {
    const { notes } = read(text.replace('DIR', folder));
    expect(notes).toEqual(path === null ? [] : [`${path} is read by no trial: only where ${where}`]);
  });

  test('from scratch batch normalisation has a momentum, whatever is frozen elsewhere', () => {
    const settings = 'model: {scenario: from_scratch, batch_norm: frozen, batch_norm_momentum: 0.9}\n';
    const sweep = (scenarios: string) =>
      `model: {batch_norm: frozen}\nparameters:\n  model.scenario: {values: [${scenarios}]}\n  model.batch_norm_momentum: {values: [0.9, 0.99]}\n`;
    expect(read(settings).notes.filter((note) => note.includes('momentum'))).toEqual([]);
    const momentum = read(sweep('from_scratch, full_fine_tune')).parameters['model.batch_norm_momentum'];
    expect(momentum).toMatchObject({ values: [0.9, 0.99] });
    expect(() => read(sweep('partial_unfreeze, full_fine_tune'))).toThrow(
      /found a parameter that no trial reads/,
    );
  });

  test('a setting that is read beside a kind of values is read beside those of a sweep, and beside all that are drawn', () => {
    const nesterov = (momentum: string) =>
      read(
        `method: random\ntraining: {optimizer: sgd}\nparameters:\n  training.nesterov: {values: [false, true]}\n  training.momentum: ${momentum}`,
      ).parameters['training.nesterov'];
    expect(nesterov('{values: [0, 0.9]}')).toEqual({
      values: [false, true],
      when: { 'training.momentum': [0.9] },
    });
    expect(nesterov('{min: 0.0, max: 0.9}')).toEqual({ values: [false, true] });
  });

  test('may write its settings again as it means them', () => {
    const { settings } = read('model: {alpha: 0.35}\naugmentation: {zoom_range: [0.8, 1.2]}\n');
    expect(read(stringify(settings)).settings).toEqual(settings);
  });

  test('may name an unknown layer that no trial uses', () => {
    const checks = (settings: { model: { scenario: string } }) =>
      settings.model.scenario === 'partial_unfreeze'
        ? [{ path: ['model', 'unfreeze_from'], message: 'found a layer; allowed: none' }]
        : [];
    const text =
      'model: {unfreeze_from: nowhere}\nparameters:\n  model.scenario: {values: [feature_extraction, from_scratch]}';
    expect(readExperiment(text, 'e.yaml', { checks }).settings.model.unfreeze_from).toBe('nowhere');
  });

  test('may hold base settings that only become whole with its parameters', () => {
    const text = `dataset: {path: ${folder}}\nsplit: {strategy: grouped}\nparameters:\n  split.groups: {values: [{pattern: "_(.)_"}, {pattern: "^."}]}`;
    expect(read(text).parameters['split.groups']).toMatchObject({ values: [{}, {}] });
  });

  test('may leave it to Thaw to find the groups', () => {
    const text = `dataset: {path: ${folder}}\nsplit: {strategy: keras}`;
    const { settings } = read(text, ['split.strategy=grouped', 'split.groups=detect']);
    expect(settings.split).toMatchObject({ strategy: 'grouped', groups: 'detect' });
    const groups = (kind: string) => read(text, [`split.groups={detect: ${kind}}`]).settings.split.groups;
    expect([groups('photograph'), groups('scene')]).toEqual(['detect', { detect: 'scene' }]);
  });

  test('may group synthetic images without naming groups: they bring their own', () => {
    expect(read('split: {strategy: grouped}').settings.split.strategy).toBe('grouped');
  });

  test('uses anchors, aliases and merge keys, its own keys before merged ones', () => {
    const text =
      'split: &twenty {seed: 3}\ntraining:\n  <<: *twenty\n  epochs: 5\nmodel:\n  <<: [{alpha: 1.0, head_units: 5}, {head_units: 7}]\n  alpha: 0.35\n';
    const { training, model } = read(text).settings;
    expect(training).toMatchObject({ seed: 3, epochs: 5 });
    expect(model).toMatchObject({ alpha: 0.35, head_units: 5 });
  });

  test('nests parameters as W&B does', () => {
    const text =
      'parameters:\n  model:\n    parameters:\n      alpha: {values: [0.35, 1.0]}\n  training:\n    parameters:\n      early_stopping:\n        parameters:\n          patience: {values: [1, 2]}\n';
    expect(read(text).parameters).toEqual({
      'model.alpha': { values: [0.35, 1] },
      'training.early_stopping.patience': { values: [1, 2] },
    });
  });

  test("takes W&B's words for listed values", () => {
    const text =
      'parameters:\n  model.alpha: {distribution: categorical, values: [0.35, 1.0]}\n  training.seed: {distribution: constant, value: 3}\n';
    expect(Object.keys(read(text).parameters)).toEqual(['model.alpha', 'training.seed']);
  });

  test('varies whole sections that are a switch or options', () => {
    const text =
      'parameters:\n  augmentation: {values: [false, true, {rotation_range: 5}]}\n  training.early_stopping: {values: [false, {patience: 2}]}\n';
    expect(gridSize(read(text).parameters)).toBe(6);
  });

  test('has a grid far larger than could be listed', () => {
    const values = JSON.stringify(Array.from({ length: 500 }, (_, index) => index + 1));
    const paths = [
      'training.epochs',
      'training.batch_size',
      'training.seed',
      'model.head_units',
      'dataset.seed',
    ];
    const text = `parameters:\n${paths.map((path) => `  ${path}: {values: ${values}}\n`).join('')}`;
    expect(gridSize(read(text).parameters)).toBe(500 ** 5);
  });

  test('reads with Windows line ends and a byte order mark', async () => {
    const file = join(folder, 'windows.yaml');
    writeFileSync(file, '\ufeffname: windows\r\nmodel:\r\n  alpha: 0.35\r\n');
    const { name, settings } = await loadExperiment(file);
    expect([name, settings.model.alpha]).toEqual(['windows', 0.35]);
  });
});

describe('overrides', () => {
  const text =
    'model: {alpha: 1.0}\ntraining: {epochs: 3}\nparameters:\n  model.head_units: {values: [64, 128]}\n  model:\n    parameters:\n      scenario: {values: [feature_extraction, from_scratch]}\n';

  test('set a setting, a section, the name and the search', () => {
    const { settings, name, run_cap, metric, set } = read(text, [
      'model.alpha=0.35',
      'training={epochs: 5, optimizer: sgd}',
      'name=other',
      'run_cap=2',
      'metric.name=val_loss',
    ]);
    expect(settings.model.alpha).toBe(0.35);
    expect(settings.training).toMatchObject({ epochs: 5, optimizer: 'sgd' });
    expect({ name, run_cap, metric }).toEqual({
      name: 'other',
      run_cap: 2,
      metric: { name: 'val_loss', goal: 'minimize', target: null },
    });
    expect(set).toHaveLength(5);
  });

  test('win in their order', () => {
    expect(read(text, ['training.epochs=5', 'training.epochs=7']).settings.training.epochs).toBe(7);
  });

  test('keep everything after the first = as the value', () => {
    expect(read(text, ['split.groups={pattern: a=(b)}']).settings.split.groups).toEqual({ pattern: 'a=(b)' });
  });

  test.each([
    ['dotted', 'model.head_units=32', ['model.scenario'], { head_units: 32 }],
    ['nested', 'model.scenario=full_fine_tune', ['model.head_units'], { scenario: 'full_fine_tune' }],
  ])('fix a setting that the sweep varies (%s)', (_spelling, set, left, model) => {
    const experiment = read(text, [set]);
    expect(Object.keys(experiment.parameters)).toEqual(left);
    expect(experiment.settings.model).toMatchObject(model);
  });

  test('replace, add and remove parameters', () => {
    expect(
      read(text, [
        'parameters.model.head_units.values=[32]',
        'parameters.model.scenario.value=from_scratch',
        'parameters.training.seed={values: [1, 2]}',
      ]).parameters,
    ).toEqual({
      'model.head_units': { values: [32] },
      'model.scenario': { values: ['from_scratch'] },
      'training.seed': { values: [1, 2] },
    });
    expect(read(text, ['parameters={}']).parameters).toEqual({});
    expect(read('{}', ['parameters.model.alpha.values=[0.35]']).parameters).toEqual({
      'model.alpha': { values: [0.35] },
    });
  });

  test('open a section that is a switch', () => {
    const options = (switched: string) =>
      read(`augmentation: ${switched}`, ['augmentation.rotation_range=3']).settings.augmentation;
    expect(options('true')).toMatchObject({ rotation_range: 3, horizontal_flip: true });
    expect(options('false')).toMatchObject({ rotation_range: 3, horizontal_flip: false });
  });
});

describe('the experiments that come with Thaw', () => {
  test('unfreeze.yaml compares the four scenarios on the embedded default', async () => {
    const experiment = await loadExperiment(join(root, 'experiments/unfreeze.yaml'));
    expect(gridSize(experiment.parameters)).toBe(16);
    expect(experiment.settings.dataset).toMatchObject({ source: 'synthetic-smear' });
  });

  const images = '../shared/data/blood-cells/images';
  test.skipIf(!existsSync(join(root, images)))('blood-cells.yaml is one trial (needs ../shared)', () => {
    const text = readFileSync(join(root, 'experiments/blood-cells.yaml'), 'utf8');
    const experiment = readExperiment(text, 'blood-cells.yaml', {
      set: [`dataset.path=${join(root, images)}`],
    });
    expect(gridSize(experiment.parameters)).toBe(1);
    expect(experiment.settings.model).toMatchObject({ alpha: 0.35, head_units: 128 });
  });
});
