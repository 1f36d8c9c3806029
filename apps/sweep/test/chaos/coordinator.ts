/**
 * The sweep's own process in the chaos test: `coordinator.ts RUNS_DIR TRIALS WORKERS [SWEEP]` runs a new sweep of trivial trials, or
 * what is left of one.
 */
import { createSampler } from '@thaw/search';
import { openStore } from '@thaw/tracking';
import { ProcessPool } from '../../src/executors/process-pool.ts';
import { runTrials } from '../../src/sweep/run-trials.ts';
import { waitForWorkers } from '../../src/sweep/wait-for-workers.ts';
import { trivialExperiment } from './trivial-records.ts';

const [runsDir, trials, workers, earlier] = process.argv.slice(2) as [string, string, string, string?];
const experiment = trivialExperiment(Number(trials));
const store = openStore(runsDir);
const known = earlier === undefined ? [] : (await waitForWorkers(store, earlier, 3000)).trials;
const writer = await (earlier === undefined
  ? store.createSweep({
      ...experiment,
      experimentText: '',
      experimentFile: experiment.file,
      engine: 'onnx',
      workers: Number(workers),
    })
  : store.resumeSweep(earlier));
process.stdout.write(`${writer.id}\n`);
const executor = new ProcessPool({
  workers: Number(workers),
  module: new URL('./chaos-trial.ts', import.meta.url),
  patience: { silenceMs: 2000, standstillMs: 30_000 },
});
await runTrials({
  experiment,
  sampler: createSampler(experiment.method, experiment.parameters, { seed: 1, goal: 'maximize' }),
  executor,
  writer,
  known,
  pruner: null,
  knownReports: new Map(),
  isOver: () => false,
  maxTrials: Number.POSITIVE_INFINITY,
  retry: 50,
  engine: 'onnx',
  device: 'cpu',
  runsDir,
  progress: {
    event: () => undefined,
    ended: ({ number }, { state }) => process.stdout.write(`${number} ${state}\n`),
    note: () => undefined,
    close: () => undefined,
  },
  signal: new AbortController().signal,
});
await executor.close();
await writer.finish('finished');
