import { UserError } from '@thaw/base';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyParameters, readExperiment, scenarios } from '../src/index.ts';

const read = (text: string) => readExperiment(text, 'e.yaml');

describe('applyParameters', () => {
  test('puts the values of a trial in their places and keeps the rest', () => {
    const experiment = read('model: {alpha: 0.35}\n');
    const settings = applyParameters(experiment, { 'model.head_units': 64, 'training.epochs': 5 });
    expect(settings.model).toEqual({ ...experiment.settings.model, head_units: 64 });
    expect(settings.training).toEqual({ ...experiment.settings.training, epochs: 5 });
    expect(settings.dataset).toEqual(experiment.settings.dataset);
    expect(experiment.settings.model.head_units).toBe(128);
  });

  test('without values gives the base settings', () => {
    const experiment = read('augmentation: {rotation_range: 5}\nsplit: {groups: {pattern: "_"}}');
    expect(applyParameters(experiment, {})).toEqual(experiment.settings);
  });

  test.each([
    ['false', { rotation_range: 9, horizontal_flip: false, width_shift_range: 0 }],
    ['true', { rotation_range: 9, horizontal_flip: true, width_shift_range: 0.1 }],
    ['{vertical_flip: true}', { rotation_range: 9, horizontal_flip: false, vertical_flip: true }],
  ])('opens augmentation: %s for one of its options', (base, expected) => {
    const experiment = read(`augmentation: ${base}`);
    expect(applyParameters(experiment, { 'augmentation.rotation_range': 9 }).augmentation).toMatchObject(
      expected,
    );
  });

  test.each([
    ['{}', { monitor: 'val_loss', patience: 7, restore_best_weights: true }],
    [
      '{training: {early_stopping: false}}',
      { monitor: 'val_loss', patience: 7, restore_best_weights: false },
    ],
    ['{training: {early_stopping: {monitor: loss}}}', { monitor: 'loss', patience: 7 }],
  ])('changes one option of the early stopping of %s', (base, expected) => {
    const settings = applyParameters(read(base), { 'training.early_stopping.patience': 7 });
    expect(settings.training.early_stopping).toMatchObject(expected);
  });

  test.each([
    ['{}', { type: 'constant', patience: 7 }],
    ['{training: {learning_rate_schedule: cosine}}', { type: 'cosine', patience: 7 }],
  ])('changes one option of the schedule of %s, also where that is a word', (base, expected) => {
    const path = 'training.learning_rate_schedule';
    const settings = applyParameters(read(base), { [`${path}.patience`]: 7 });
    expect(settings.training.learning_rate_schedule).toMatchObject(expected);
    const set = readExperiment(base, 'e.yaml', { set: [`${path}.patience=7`] }).settings;
    expect(set.training.learning_rate_schedule).toMatchObject(expected);
    expect(Object.keys(read('parameters: {patience: {values: [2, 3]}}').parameters)).toEqual([
      'training.early_stopping.patience',
    ]);
  });

  test('replaces sections that vary as a whole', () => {
    const experiment = read('augmentation: true');
    expect(applyParameters(experiment, { augmentation: false }).augmentation).toBeNull();
    expect(applyParameters(experiment, { augmentation: { shear_range: 2 } }).augmentation).toMatchObject({
      shear_range: 2,
      rotation_range: 0,
    });
    expect(applyParameters(experiment, { 'training.early_stopping': false }).training.early_stopping).toBe(
      false,
    );
  });

  test.each([
    [{ 'model.scenaro': 1 }, /^model\.scenaro: found an unknown key; .*did you mean scenario\?$/],
    [
      { 'model.head_units': -1 },
      /^model\.head_units: found -1; allowed: a whole number from 0 to 65536 or a list, each a whole number from 1/,
    ],
    [{ '__proto__.polluted': 1 }, /^__proto__: found an unknown key/],
    [{ 'dataset.path': 'x' }, /^dataset\.path: found a key that does not go with source/],
  ])('refuses %o', (values, message) => {
    const apply = () => applyParameters(read('{}'), values);
    expect(apply).toThrow(UserError);
    expect(apply).toThrow(message);
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  test('gives what the file with these values written into it gives', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...scenarios),
        fc.integer({ min: 1, max: 512 }),
        fc.oneof(fc.boolean(), fc.record({ rotation_range: fc.nat(180), horizontal_flip: fc.boolean() })),
        fc.constantFrom('adam', 'sgd', 'rmsprop'),
        (scenario, units, augmentation, optimizer) => {
          const written = JSON.stringify({
            model: { scenario, head_units: units },
            augmentation,
            training: { optimizer },
          });
          const applied = applyParameters(read('{}'), {
            'model.scenario': scenario,
            'model.head_units': units,
            augmentation,
            'training.optimizer': optimizer,
          });
          expect(applied).toEqual(read(written).settings);
        },
      ),
    );
  });
});
