import { settingsSchema } from '@thaw/experiment';
import { expect, test } from 'vitest';
import { unfreezingNote } from '../src/unfreezing-note.ts';

const trial = (training: object, model: object = { scenario: 'full_fine_tune' }) =>
  settingsSchema.parse({ model, training: { epochs: 10, ...training } });

test.each([
  [
    'one block an epoch',
    { gradual_unfreezing: {} },
    '9 of 19 blocks never train in 10 epochs; blocks: 2, or',
  ],
  ['the epochs that it says', { gradual_unfreezing: {}, epochs: 19 }, null],
  ['one epoch less', { gradual_unfreezing: {}, epochs: 18 }, 'training.epochs: 19, reaches all'],
  ['the blocks that it says', { gradual_unfreezing: { blocks: 2 } }, null],
  // Behind the head's three epochs blocks join four times, the last for one epoch alone.
  [
    'a head before',
    { warm_head: { epochs: 3 }, gradual_unfreezing: { epochs: 2, blocks: 3 } },
    '7 of 19 blocks never train in 10 epochs; blocks: 5, or training.epochs: 16, reaches all',
  ],
  ['all at once', { gradual_unfreezing: false }, null],
])('blocks that never train are told of: %s', (_, training, says) => {
  const note = unfreezingNote([trial(training)]);
  if (says === null) expect(note).toBeNull();
  else expect(note).toContain(says);
});

test('only blocks that the scenario trains count, and of several trials the shortest', () => {
  const gradual_unfreezing = {};
  const partial = { scenario: 'partial_unfreeze', unfreeze_from: 'block_14' };
  expect(unfreezingNote([trial({ gradual_unfreezing }, partial)])).toBeNull();
  expect(unfreezingNote([trial({ gradual_unfreezing }, { scenario: 'feature_extraction' })])).toBeNull();
  const trials = [12, 5, 19].map((epochs) => trial({ gradual_unfreezing, epochs }));
  expect(unfreezingNote(trials)).toContain('14 of 19 blocks never train in 5 epochs');
});
