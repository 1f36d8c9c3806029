import type { RunRow } from '@thaw/tracking';
import { expect, it } from 'vitest';
import { bestMarks, tiesText } from '../../shape/best-marks.ts';

it('marks the best trial of a sweep and those that are as good', () => {
  const rows: RunRow[] = [0, 1, 2, 3].map((number) => {
    return { id: `r${number}`, sweep: number === 3 ? 'other' : 's', number, state: 'finished' };
  });
  const sweeps = [
    { id: 's', best: { run: 'r1', ties: [2] } },
    { id: 'other', best: null },
  ];
  expect([...bestMarks(sweeps, rows)]).toEqual([
    ['r1', 'best'],
    ['r2', 'as good as the best'],
  ]);
});

it.each([
  [[], null],
  [[4], 'Trial 4 is as good; of equals the first counts as the best.'],
  [
    [4, 5, 6, 7, 8, 9, 10],
    'Trials 4, 5, 6, 7, 8 and 2 more are as good; of equals the first counts as the best.',
  ],
])('says which trials tie: %j', (ties, text) => {
  expect(tiesText(ties)).toBe(text);
});
