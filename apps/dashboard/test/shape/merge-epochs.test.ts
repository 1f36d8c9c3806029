import { expect, test } from 'vitest';
import type { Epoch } from '../../api/operations/epochs.ts';
import { mergeEpochs } from '../../shape/merge-epochs.ts';
import { curveKinds, curves, firstKind } from '@thaw/analysis/browser';

const epochs = (...all: object[]) => all as Epoch[];

test('a step that comes again adds what was logged later and takes nothing away', () => {
  const before = epochs({ epoch: 0, loss: 1 }, { epoch: 2, loss: 0.5 });
  const added = epochs({ epoch: 1, loss: 0.7 }, { epoch: 2, loss: null, val_loss: 0.6 });
  expect(mergeEpochs(before, added)).toEqual([
    { epoch: 0, loss: 1 },
    { epoch: 1, loss: 0.7 },
    { epoch: 2, loss: 0.5, val_loss: 0.6 },
  ]);
});

test('curves of metrics of any name: parts of one metric together, steps without it joined', () => {
  const logged = epochs(
    { epoch: 0, 'train/f1': 0.1, lr: 0.1 },
    { epoch: 1, 'train/f1': 0.2, 'val/f1': 0.15 },
    { epoch: 2, 'train/f1': 0.3, test_f1: 0.2 },
    { epoch: 3, 'val/f1': 0.25 },
  );
  expect(curveKinds(logged)).toEqual(['loss', 'accuracy', 'f1', 'lr', 'test_f1']);
  expect(firstKind(logged)).toBe('f1');
  const drawn = curves(logged, { kind: 'f1', smoothing: 0, log: false });
  expect(drawn.map(({ part, epochs: steps, raw }) => [part, steps, raw])).toEqual([
    ['training', [0, 1, 2], [0.1, 0.2, 0.3]],
    ['validation', [1, 3], [0.15, 0.25]],
  ]);
});
