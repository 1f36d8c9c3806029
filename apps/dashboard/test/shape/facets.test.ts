import { filterRows, type RunRow } from '@thaw/tracking';
import { expect, it } from 'vitest';
import { narrow } from '../../shape/facets.ts';

const run = { id: 'a', state: 'finished', or: 1, 'val/F1: macro': 0.5, 'the `note`': 'a "b" \\ c\nd' };
const rows: RunRow[] = [run, { id: 'b', state: 'failed', or: 2 }];

it.each(Object.entries(run))('a filter that is narrowed to one value of %s can be read', (column, value) => {
  const ids = filterRows(rows, narrow('', column, value)).map(({ id }) => id);
  expect(ids).toEqual(['a']);
});

it('what either of two allowed is narrowed as a whole', () => {
  const where = narrow('(id = a)or(id = b)', 'state', 'failed');
  expect(filterRows(rows, where).map(({ id }) => id)).toEqual(['b']);
});
