import type { EpochRecord, ProgramExperiment } from '@thaw/experiment';
import { expect, it } from 'vitest';
import { knownReports } from '../src/known-reports.ts';
import { trial } from './support/fixtures.ts';

const experiment: ProgramExperiment = {
  file: 'e.yaml',
  name: 'e',
  description: null,
  method: 'random',
  metric: { name: 'score', goal: 'maximize', target: null },
  parameters: {},
  run_cap: null,
  early_terminate: { type: 'asha', min_iter: 1, eta: 3 },
  program: { file: 'train.py', command: [], paths: {} },
  notes: [],
  text: '',
  set: [],
};

it('counts the reports of the metric, whatever else a program has reported in between', async () => {
  const lines = [
    { epoch: 0, loss: 2 },
    { epoch: 0, score: 0.5 },
    { epoch: 7, loss: 1 },
    { epoch: 9, score: 0.75 },
  ];
  const store = { metrics: () => Promise.resolve(lines as unknown as EpochRecord[]) };
  const reports = await knownReports(store, experiment, [trial(3), trial(4, { run: null })]);
  expect([...reports]).toEqual([[3, [0.5, 0.75]]]);
});
