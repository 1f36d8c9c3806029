/**
 * What it costs to coordinate and to record: a sweep of 1,000 trials with a trivial objective, and 100,000 metric points from
 * one run. `node --import tsx apps/sweep/bench/coordination.ts` prints a line of JSON.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingsSchema, type EpochRecord, type Experiment, type Summary } from '@thaw/experiment';
import { createSampler } from '@thaw/search';
import { openStore, type Store } from '@thaw/tracking';
import type { Executor, TrialOutcome } from '../src/executors/executor.ts';
import { runTrials } from '../src/sweep/run-trials.ts';

const trials = 1000;
const points = 100_000;
const pointsAnEpoch = 6;
const summary: Summary = {
  epochs: 1,
  best_epoch: 1,
  train_accuracy: 1,
  train_loss: 0,
  val_accuracy: 1,
  val_loss: 0,
  test_accuracy: 1,
  test_loss: 0,
  gap: 0,
};
const provenance = {
  git: null,
  node: process.versions.node,
  platform: process.platform,
  arch: process.arch,
  cpu: 'any',
  cores: 1,
  memory_bytes: 1,
  packages: {},
};
const settings = settingsSchema.parse({});

function experiment(): Experiment {
  const values = Array.from({ length: trials }, (_, i) => i + 1);
  return {
    file: 'x.yaml',
    name: 'coordination',
    description: null,
    settings,
    method: 'grid',
    metric: { name: 'val_accuracy', goal: 'maximize' },
    parameters: { 'model.head_units': { values } },
    run_cap: null,
    text: '',
    set: [],
  };
}

/** Records a trial as a trial process does, with an objective that is known beforehand. */
function trivialExecutor(store: Store, sweep: string): Executor {
  return {
    workers: 1,
    async run({ number, parameters }, observe): Promise<TrialOutcome> {
      const run = await store.createRun({ sweep, number, parameters, settings, provenance });
      observe({ type: 'run', run: run.id }, 0);
      await run.finish(summary, []);
      return { state: 'finished', summary };
    },
    stop: () => undefined,
    kill: () => undefined,
    close: () => Promise.resolve(),
  };
}

async function sweepOfTrivialTrials(store: Store, runsDir: string): Promise<Record<string, number>> {
  const used = experiment();
  const writer = await store.createSweep({
    ...used,
    experimentText: '',
    experimentFile: 'x.yaml',
    engine: 'onnx',
    workers: 1,
  });
  const nothing = () => undefined;
  const begun = performance.now();
  await runTrials({
    experiment: used,
    sampler: createSampler('grid', used.parameters, { seed: 1, goal: 'maximize' }),
    executor: trivialExecutor(store, writer.id),
    writer,
    known: [],
    maxTrials: trials,
    engine: 'onnx',
    device: 'cpu',
    runsDir,
    progress: { event: nothing, ended: nothing, note: nothing, close: nothing },
    signal: new AbortController().signal,
  });
  await writer.finish('finished');
  const ended = performance.now();
  await store.sweep(writer.id);
  return { ms_a_trial: (ended - begun) / trials, ms_to_read_the_sweep: performance.now() - ended };
}

async function metricPoints(store: Store): Promise<Record<string, number>> {
  const run = await store.createRun({ sweep: null, number: 0, parameters: {}, settings, provenance });
  const record: EpochRecord = {
    epoch: 1,
    loss: 0.123456789,
    accuracy: 0.87654321,
    val_loss: 0.23456789,
    val_accuracy: 0.76543219,
    seconds: 1.2345,
    images_per_second: 4321.1234,
  };
  let longest = 0;
  const begun = performance.now();
  for (let epoch = 1; epoch <= points / pointsAnEpoch; epoch++) {
    const before = performance.now();
    run.logEpoch({ ...record, epoch });
    longest = Math.max(longest, performance.now() - before);
  }
  const seconds = (performance.now() - begun) / 1000;
  await run.finish(summary, []);
  return { seconds_for_100000_points: seconds, longest_ms_of_a_call: longest };
}

const runsDir = mkdtempSync(join(tmpdir(), 'thaw-coordination-'));
try {
  const store = openStore(runsDir);
  const sweep = await sweepOfTrivialTrials(store, runsDir);
  process.stdout.write(`${JSON.stringify({ ...sweep, ...(await metricPoints(store)) })}\n`);
} finally {
  rmSync(runsDir, { recursive: true, force: true });
}
