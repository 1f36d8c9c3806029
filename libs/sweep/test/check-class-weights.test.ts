import { readExperiment } from '@thaw/experiment';
import { expect, test } from 'vitest';
import { checkClassWeights } from '../src/begin/check-class-weights.ts';

/** As after the images of the experiment were read. */
function check(text: string): void {
  const experiment = readExperiment(text, 'e.yaml');
  const dataset = { classes: ['MONOCYTE', 'NEUTROPHIL'] };
  checkClassWeights(experiment, [{ settings: experiment.settings, dataset }], '/');
}

test('weights of classes that are there pass, and so do sweeps over them', () => {
  check('{}');
  check('training: {class_weight: balanced}');
  check('training: {class_weight: {NEUTROPHIL: 0.5}}');
  check('parameters: {training.class_weight: {values: [balanced, {MONOCYTE: 3}]}}');
  check('parameters: {training.class_weight.MONOCYTE: {values: [1, 3]}}');
});

test.each([
  [
    'training:\n  class_weight:\n    MONOCYTE: 2\n    NEUTROFIL: 2\n',
    'e.yaml:4: training.class_weight.NEUTROFIL: found a class that the images do not have; allowed: MONOCYTE, NEUTROPHIL; did you mean NEUTROPHIL?',
  ],
  [
    'parameters:\n  training.class_weight:\n    values:\n      - balanced\n      - {BASOPHIL: 2}\n',
    'e.yaml:5: parameters.training.class_weight.BASOPHIL: found a class that the images do not have',
  ],
  [
    'parameters:\n  training.class_weight.monocyte: {values: [1, 2]}\n',
    'e.yaml:2: parameters.training.class_weight.monocyte: found a class that the images do not have',
  ],
])(
  'a weight of a class that is not there is refused at its line, before anything is trained',
  (text, message) => {
    expect(() => {
      check(text);
    }).toThrow(message);
  },
);
