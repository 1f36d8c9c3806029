import type { Dataset } from '@thaw/data';
import { settingsSchema } from '@thaw/experiment';
import { expect, test } from 'vitest';
import { averageNote } from '../src/average-note.ts';

/** So many training images, in batches of 16. */
function trial(images: number, training: object, folds = false) {
  const files = Array.from({ length: images }, () => ({}));
  const parts = folds
    ? {
        train: [],
        validation: [...files, ...files],
        folds: [Array.from({ length: 2 * images }, (_, i) => i % 2)],
      }
    : { train: files, validation: [], folds: null };
  return {
    settings: settingsSchema.parse({
      model: { scenario: 'full_fine_tune' },
      training: { batch_size: 16, use_ema: true, epochs: 6, ...training },
    }),
    dataset: parts as unknown as Dataset,
  };
}

test.each([
  // 0.99 to the power of 71.
  [
    '6 epochs of 12 batches',
    trial(192, {}),
    'move 72 times, and averages of ema_momentum 0.99 are then still 49 %',
  ],
  ['what it says will do', trial(192, { ema_momentum: 0.86 }), null],
  ['enough batches', trial(192, { epochs: 30 }), null],
  ['no averages', trial(192, { use_ema: false }), null],
  ['gathered gradients', trial(192, { gradient_accumulation_steps: 6 }), 'move 12 times'],
  ['a head that trains first', trial(192, { warm_head: { epochs: 4 } }), 'move 24 times'],
  ['blocks that join', trial(192, { gradual_unfreezing: { epochs: 1 } }), 'move 12 times'],
  [
    'one batch',
    trial(10, { epochs: 1 }),
    'move once, and averages of ema_momentum 0.99 are then still 100 %',
  ],
  ['folds', trial(192, {}, true), 'move 72 times'],
])('averages that training is too short for are told of: %s', (_, each, says) => {
  const note = averageNote([each]);
  if (says === null) expect(note).toBeNull();
  else expect(note).toContain(says);
});

test('of several trials the shortest is told of, with a momentum that does', () => {
  const note = averageNote([trial(192, { epochs: 30 }), trial(192, {}), trial(192, { epochs: 12 })]);
  expect(note).toBe(
    'training.use_ema: the weights move 72 times, and averages of ema_momentum 0.99 are then still 49 % what the first time made of them; ema_momentum 0.86 averages the last tenth of training',
  );
});
