import type { RunRow } from '@thaw/tracking';
import { expect, it } from 'vitest';
import { arrangeRows } from '../../shape/arrange-rows.ts';
import { groupText } from '../../shape/group-figures.ts';
import { readView } from '../../shape/view.ts';

const rows: RunRow[] = ['a', 'b'].map((id) => ({ id, 'model.scenario': id }));

it('the head of a group says what its runs came to together, and how far apart they are', () => {
  const figures = [
    ['a', 0.9, 0.5],
    ['a', 0.8, 0.6],
    ['b', 0.7, null],
    ['c', null, null],
  ] as const;
  const of = figures.map(([kind, val, test], i): RunRow => {
    const gap = val === null || test === null ? null : val - test;
    return { id: `${i}`, kind, val_accuracy: val, test_accuracy: test, gap };
  });
  const { lines } = arrangeRows(of, readView(new URLSearchParams({ group: 'kind' })));
  const heads = lines.flatMap((line) => (line.kind === 'group' ? [groupText(line.figures)] : []));
  // Standard deviations by n - 1: 0.1 / √2 of accuracies and 0.2 / √2 of the gaps 0.4 and 0.2.
  expect(heads).toEqual([
    'validation 85.0 % ± 7.1, best 90.0 %; test 55.0 % ± 7.1; gap +30.0 ± 14.1 points',
    'validation 70.0 %, best 70.0 %',
    '',
  ]);
});

it('an expression that cannot be read chooses nothing, and is told', () => {
  const view = (where: string) => readView(new URLSearchParams({ where }));
  expect(arrangeRows(rows, view('scenario = b'))).toMatchObject({ runs: [rows[1]], mistake: null });
  const { runs, mistake } = arrangeRows(rows, view('secnario = b'));
  expect([runs, mistake]).toEqual([[], expect.stringContaining('no run has a column secnario')]);
});
