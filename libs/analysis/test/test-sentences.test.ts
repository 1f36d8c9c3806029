import type { OpeningRecord, SweepRecord } from '@thaw/tracking';
import { expect, it } from 'vitest';
import { looksElsewhere } from '../src/test-set/note-look.ts';
import { testSetSentences } from '../src/test-set/test-sentences.ts';

const look: OpeningRecord = {
  ...{ at: '2026-11-28T10:20:30.000Z', why: 'chosen', trial: 3, run: 'r', metric: 'val_accuracy' },
  ...{ value: 0.6, trials: 7, forecast: null, looks_elsewhere: null },
};
const sweep = (id: string, test_sets: string[], changes: Partial<SweepRecord>) =>
  ({
    id,
    test_sets,
    test: 'best',
    trials: [],
    openings: [],
    forecast: null,
    ...changes,
  }) as unknown as SweepRecord;

it('counts the looks at the same images for other sweeps, and those of no sweep that has not kept which they are', async () => {
  const tested = [0.5, 0.6, Number.NaN].map((test_accuracy) => ({ summary: { test_accuracy } }));
  const sweeps = [
    sweep('own', ['a'], { openings: [look] }),
    sweep('each', ['b', 'a'], { test: 'each', trials: tested as never }),
    sweep('best', ['a'], { openings: [look] }),
    sweep('elsewhere', ['b'], { openings: [look] }),
    sweep('of before', [], { openings: [look] }),
  ];
  const store = { sweeps: () => Promise.resolve({ sweeps, damaged: [] }) };
  expect(await looksElsewhere(store, sweeps[0]!)).toBe(3);
  expect(await looksElsewhere(store, sweeps[4]!)).toBe(0);
});

it('says of a sealed test set no more than what is known of this sweep', () => {
  expect(testSetSentences(sweep('s', [], { test: 'sealed' }))).toEqual([
    'The test set is sealed: no trial of this sweep was evaluated on it, and none predicted anything of it.',
  ]);
});

it('says when a test set was looked at, for what, what was forecast then, and how often before', () => {
  const forecast = { accuracy: 0.57, ci95: [0.51, 0.63], at: '2026-11-28T10:00:00.000Z' } as never;
  const openings = [
    { ...look, forecast, looks_elsewhere: 9 },
    { ...look, why: 'refit' as const, looks_elsewhere: 0 },
  ];
  const first =
    'on 2026-11-28 10:20 UTC for trial 3, which had been chosen by val_accuracy 0.6000 among 7 finished trials';
  const others = ', after 9 looks at the same images for other sweeps';
  const refit = first.replace('for trial', 'for a refit of trial');
  expect(testSetSentences(sweep('s', [], { openings, forecast }))).toEqual([
    `The test set was looked at 2 times: ${first}${others}; ${refit}.`,
  ]);
  expect(testSetSentences(sweep('s', [], { openings: openings.slice(0, 1) }))).toEqual([
    `The test set was looked at once: ${first}, with the forecast 57.0 % (95 % interval 51.0 to 63.0 %)${others}.`,
  ]);
});
