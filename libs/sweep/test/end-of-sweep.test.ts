import { expect, test } from 'vitest';
import { endOfSweep } from '../src/end-of-sweep.ts';

test.each([
  ['all its trials have ended', false, true, 0, 'finished'],
  ['--max-trials or --max-time has ended a session of a grid', false, true, 8, 'interrupted'],
  ['they have ended one of a search without end', false, true, Infinity, 'finished'],
  ['a signal has ended it after its last trial', true, true, 0, 'interrupted'],
  ['no trial has finished', false, false, 0, 'failed'],
  ['no trial has finished and some are left', false, false, 3, 'failed'],
])('when %s', (_, stopped, anyFinished, missing, state) => {
  expect(endOfSweep({ stopped, anyFinished, missing })).toBe(state);
});
