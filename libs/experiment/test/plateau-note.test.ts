import { expect, test } from 'vitest';
import { plateauNote, readExperiment, settingsSchema } from '../src/index.ts';

const note = (schedule: object, early_stopping: unknown = { patience: 4 }) =>
  plateauNote(
    settingsSchema.parse({
      training: { early_stopping, learning_rate_schedule: { type: 'reduce_on_plateau', ...schedule } },
    }),
  );

test('a rate that is reduced only where early stopping means another improvement is told of, and not refused', () => {
  expect(readExperiment('training: {learning_rate_schedule: reduce_on_plateau}', 'e.yaml').notes).toEqual([]);
  expect(note({})).toBe(
    'training.learning_rate_schedule.patience: found 10, while early_stopping ends training after 4 epochs without improvement: the rate is reduced only where epochs are better by early_stopping.min_delta, 0, and not by that of the schedule, 0.0001',
  );
});

test.each([
  ['a shorter patience', { patience: 3 }, { patience: 4 }],
  ['no early stopping', {}, false],
  ['another monitor', { monitor: 'val_accuracy' }, { patience: 4 }],
  ['the same improvements, which are refused', { min_delta: 0.1 }, { patience: 4, min_delta: 0.1 }],
])('nothing is said of %s', (_, schedule, stopping) => {
  expect(note(schedule, stopping)).toBeNull();
});
