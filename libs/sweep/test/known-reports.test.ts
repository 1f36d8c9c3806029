import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { settingsSchema, type EpochRecord, type ProgramExperiment } from '@thaw/experiment';
import { openStore } from '@thaw/tracking';
import { expect, inject, it } from 'vitest';
import { knownReports } from '../src/known-reports.ts';
import { provenance } from './chaos/trivial-records.ts';
import { summary, trial } from './support/fixtures.ts';

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

it.each(['score', 'val_accuracy'])(
  'counts the reports of %s, NaN among them as while it ran, whatever else a program has reported in between',
  async (metric) => {
    const store = openStore(mkdtempSync(join(inject('runFolder'), 'known-reports-')));
    const run = await store.createRun({ sweep: null, number: 3, parameters: {}, settings: null, provenance });
    const lines = [
      { epoch: 0, loss: 2 },
      { epoch: 0, [metric]: 0.5 },
      { epoch: 7, loss: 1 },
      { epoch: 8, [metric]: Number.NaN },
      { epoch: 9, [metric]: 0.75 },
    ];
    for (const line of lines) run.logEpoch(line as unknown as EpochRecord);
    await run.finish(summary(0.75, 0.5), null);
    const known = [trial(3, { run: run.id }), trial(4, { run: null })];
    const reports = await knownReports(
      store,
      { ...experiment, metric: { ...experiment.metric, name: metric } },
      known,
    );
    expect([...reports]).toEqual([[3, [0.5, Number.NaN, 0.75]]]);
  },
);

it.each(['deleted', 'removed by hand'])('knows no report of a run that was %s', async (how) => {
  const folder = mkdtempSync(join(inject('runFolder'), 'known-reports-'));
  const store = openStore(folder);
  const run = await store.createRun({ sweep: null, number: 3, parameters: {}, settings: null, provenance });
  await run.finish(summary(0.75, 0.5), null);
  if (how === 'deleted') await store.deleteRun(run.id);
  else rmSync(join(folder, 'runs', run.id), { recursive: true });
  const trained = { ...experiment, settings: settingsSchema.parse({}) };
  Reflect.deleteProperty(trained, 'program');
  for (const each of [experiment, trained]) {
    expect([...(await knownReports(store, each, [trial(3, { run: run.id })]))]).toEqual([[3, []]]);
  }
});
