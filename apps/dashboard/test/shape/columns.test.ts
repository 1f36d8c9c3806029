import type { RunRow } from '@thaw/tracking';
import { expect, it } from 'vitest';
import { usualColumns } from '../../shape/columns.ts';

it('tables show how runs ended, then the settings that differ between runs that have them', () => {
  const rows = [
    {
      id: 'a',
      state: 'finished',
      val_accuracy: 0.9,
      'model.head_units': 64,
      'dataset.seed': 7,
      momentum: null,
    },
    {
      id: 'b',
      state: 'failed',
      val_accuracy: 0.8,
      'model.head_units': 128,
      'dataset.seed': 7,
      momentum: 0.5,
    },
    {
      id: 'c',
      state: 'finished',
      val_accuracy: 0.7,
      'model.head_units': 128,
      'dataset.seed': 7,
      momentum: 0.9,
    },
    { id: 'imported', state: 'finished', val_accuracy: 0.96 },
  ] as unknown as RunRow[];
  expect(usualColumns(rows)).toEqual([
    ...['id', 'state', 'val_accuracy', 'test_accuracy', 'gap'],
    ...['model.head_units', 'momentum'],
    ...['epochs', 'seconds', 'tags', 'note'],
  ]);
  // What a sweep varies comes straight after the figures, whatever else differs between runs.
  expect(usualColumns(rows, ['momentum', 'model']).slice(4, 7)).toEqual([
    'gap',
    'momentum',
    'model.head_units',
  ]);
});
