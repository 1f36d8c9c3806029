import type { Dataset, ImageFile } from '@thaw/data';
import { readExperiment } from '@thaw/experiment';
import { expect, test } from 'vitest';
import { checkAccumulation } from '../src/begin/check-accumulation.ts';

const images = (count: number) => Array.from({ length: count }, () => ({}) as ImageFile);
/** Of a hundred training images. */
const whole = { strategy: 'random', train: images(100), validation: images(25), folds: null };
/** Of a hundred and twenty images, of which the smallest training has sixty. */
const folded = {
  ...{ strategy: 'random', train: [], validation: images(120) },
  folds: [Array.from({ length: 120 }, (_, i) => (i < 60 ? 0 : 1 + (i % 3)))],
};

/** As after the images of the experiment were read, in batches of ten, for two epochs. */
function check(text: string, dataset: object = whole): void {
  const set = ['training.epochs=2', 'training.batch_size=10'];
  const experiment = readExperiment(text, 'e.yaml', { set });
  const { settings } = experiment;
  const read = { ...settings, split: { ...settings.split, strategy: 'random' as const } };
  checkAccumulation(experiment, [{ settings: read, dataset: dataset as Dataset }], '/');
}

test('gradients of as many batches as training has pass, and so do none that are gathered', () => {
  check('{}');
  check('training: {gradient_accumulation_steps: 20}');
  check('parameters: {training.gradient_accumulation_steps: {values: [1, 20]}}');
  check('split: {strategy: random, folds: 4}\ntraining: {gradient_accumulation_steps: 12}', folded);
});

test.each([
  [
    'training:\n  gradient_accumulation_steps: 21\n',
    whole,
    'e.yaml:2: training.gradient_accumulation_steps: found 21; allowed: up to 20, the batches of 2 epochs',
  ],
  [
    'parameters:\n  training.gradient_accumulation_steps:\n    values:\n      - 1\n      - 500\n',
    whole,
    'e.yaml:5: parameters.training.gradient_accumulation_steps: found 500; allowed: up to 20',
  ],
  [
    'model: {scenario: full_fine_tune}\ntraining:\n  warm_head: {epochs: 1}\n  gradient_accumulation_steps: 11\n',
    whole,
    'e.yaml:4: training.gradient_accumulation_steps: found 11; allowed: up to 10, the batches of 1 epoch',
  ],
  [
    'split: {strategy: random, folds: 4}\ntraining: {gradient_accumulation_steps: 13}\n',
    folded,
    'e.yaml:2: training.gradient_accumulation_steps: found 13; allowed: up to 12',
  ],
])(
  'gradients of more batches are refused at their line, before anything is trained',
  (text, data, message) => {
    expect(() => {
      check(text, data);
    }).toThrow(message);
  },
);
