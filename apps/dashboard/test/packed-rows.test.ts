import type { RunRow } from '@thaw/tracking';
import { expect, it } from 'vitest';
import { packRows, unpackRows } from '../api/packed-rows.ts';

it('sends what all rows have in common once, and gives the rows back', () => {
  const rows: RunRow[] = [
    { id: 'a', state: 'finished', sweep: null, val_accuracy: 0.5, tags: ['x'] },
    { id: 'b', state: 'finished', sweep: null, val_accuracy: null, tags: [] },
    { id: 'c', state: 'finished', sweep: null, program: 'Keras', tags: [] },
  ];
  const packed = packRows(rows);
  expect(packed.constants).toEqual({ state: 'finished', sweep: null });
  expect(unpackRows(packed)).toEqual(rows.map((row) => ({ program: null, val_accuracy: null, ...row })));
});

it('keeps the id of a single row, and takes no rows', () => {
  expect(unpackRows(packRows([{ id: 'a', state: 'running' }]))).toEqual([{ id: 'a', state: 'running' }]);
  expect(unpackRows(packRows([]))).toEqual([]);
});
