import type { RunRow } from '@thaw/tracking';
import { expect, it } from 'vitest';
import { arrangeRows } from '../../shape/arrange-rows.ts';
import { readView } from '../../shape/view.ts';

const rows: RunRow[] = ['a', 'b'].map((id) => ({ id, 'model.scenario': id }));

it('an expression that cannot be read chooses nothing, and is told', () => {
  const view = (where: string) => readView(new URLSearchParams({ where }));
  expect(arrangeRows(rows, view('scenario = b'))).toMatchObject({ runs: [rows[1]], mistake: null });
  const { runs, mistake } = arrangeRows(rows, view('secnario = b'));
  expect([runs, mistake]).toEqual([[], expect.stringContaining('no run has a column secnario')]);
});
