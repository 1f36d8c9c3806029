import { readExperiment } from '@thaw/experiment';
import { expect, test } from 'vitest';
import { trialNotes } from '../src/begin/trial-notes.ts';

const notes = (text: string) => trialNotes(readExperiment(text, 'e.yaml'), [], '/');

test('what some trial of a sweep asks for in vain is said once', () => {
  const plateau =
    'training: {learning_rate_schedule: reduce_on_plateau}\nparameters:\n  training.learning_rate_schedule.patience: {values: [2, 3, 10]}\n  model.head_units: {values: [8, 16]}\n';
  expect(notes(plateau)).toEqual([expect.stringContaining('schedule.patience: found 10')]);
  const decay =
    'training: {optimizer: adamw, weight_decay_exclude: [bias, gama, dense_1]}\nparameters: {model.head_units: {values: [8, [8, 16]]}}\n';
  expect(notes(decay)).toEqual([expect.stringContaining('"gama" is found in the name of no weight')]);
  expect(notes('training: {optimizer: adamw, weight_decay_exclude: [bias]}')).toEqual([]);
  const gradual =
    'model: {scenario: full_fine_tune}\ntraining: {gradual_unfreezing: {}}\nparameters:\n  training.epochs: {values: [10, 30]}\n';
  expect(notes(gradual)).toEqual([expect.stringContaining('9 of 19 blocks never train in 10 epochs')]);
});
