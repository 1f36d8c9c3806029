import type { SweepRecord } from '@thaw/tracking';
import { expect, it } from 'vitest';
import { sweepJobDocument } from '../server/sweeps/sweep-job-document.ts';

it.each([
  ['finished before all trials, as it reached the target', 'finished', 5, ['finished'], false],
  ['a limit has ended', 'interrupted', 5, ['finished'], true],
  ['one of its trials was ended alone', 'interrupted', 2, ['finished', 'interrupted'], true],
  ['has done all it could and failed', 'failed', 1, ['failed'], false],
  ['has no end', 'finished', null, ['finished'], true],
  ['runs elsewhere', 'running', 5, ['running'], false],
] as const)('a sweep that %s', (_, state, planned, states, resumable) => {
  const trials = states.map((each, number) => ({ number, state: each, run: null }));
  const record = { state, planned, trials, workers: 1 } as unknown as SweepRecord;
  expect(sweepJobDocument('s', null, record, 0).resumable).toBe(resumable);
});
