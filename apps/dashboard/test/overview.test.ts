import type { RunRow } from '@thaw/tracking';
import { expect, it } from 'vitest';
import type { SweepSummary } from '../api/operations/sweeps.ts';
import type { Model } from '../api/operations/models.ts';
import { attention, events, type OverviewInput } from '../store/overview.ts';

const whole = {
  id: '20261129-100000-whole-aaaa',
  name: 'whole',
  state: 'finished',
  created: '2026-11-29T10:00:00.000Z',
  trials: { finished: 4 },
  leakage: null,
} as unknown as SweepSummary;

const leaking = {
  ...whole,
  id: '20261129-110000-leaking-bbbb',
  name: 'leaking',
  state: 'interrupted',
  created: '2026-11-29T11:00:00.000Z',
  trials: { finished: 2, failed: 1, interrupted: 1 },
  leakage: {
    validation_images: 48,
    with_twin: 40,
    parameters: {},
    remedy: null,
    into_test: ['Test leaks.'],
    also: [],
  },
} as unknown as SweepSummary;

const input: OverviewInput = {
  sweeps: [leaking, whole],
  rows: [
    {
      id: '20261129-120000-notebook-000-cccc',
      sweep: null,
      number: 0,
      state: 'finished',
      created: '2026-11-29T12:00:00.000Z',
    },
    { id: 'trial', sweep: whole.id, number: 0, state: 'finished', created: '2026-11-29T13:00:00.000Z' },
  ] as RunRow[],
  models: [
    { name: 'cells', versions: [{ version: 1, created: '2026-11-29T10:30:00.000Z' }] },
  ] as unknown as Model[],
  damaged: [{ path: 'runs/x', reason: 'run.json is not JSON' }],
  dataChanges: new Map([['cells:1', 'Of the 9 images that its sweep began with, 1 image is gone.']]),
};

it('says what needs attention, the gravest first, and of what', () => {
  expect(attention(input).map(({ kind, of, text }) => [kind, of?.name ?? null, text])).toEqual([
    ['damaged', null, 'runs/x cannot be read: run.json is not JSON'],
    ['data', 'cells:1', 'Of the 9 images that its sweep began with, 1 image is gone.'],
    ['leak', 'leaking', 'The split leaks: 40 of 48 validation images have a twin in training.'],
    ['leak', 'leaking', 'Test leaks.'],
    ['failed', 'leaking', '1 of 4 trials failed.'],
    ['interrupted', 'leaking', 'It stopped before its end, and can be resumed.'],
  ]);
  expect(attention({ ...input, sweeps: [whole], damaged: [], dataChanges: new Map() })).toEqual([]);
});

it('says what happened last; trials belong to what their sweep tells', () => {
  expect(events(input).map(({ what, name, state }) => `${what} ${name} ${state}`)).toEqual([
    'run notebook finished',
    'sweep leaking interrupted',
    'model cells:1 promoted',
    'sweep whole finished',
  ]);
});
