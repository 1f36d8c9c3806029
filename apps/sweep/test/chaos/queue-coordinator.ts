/**
 * The sweep's own process in the distributed test: `queue-coordinator.ts RUNS_DIR TRIALS QUEUE HOST PORT LEASE_MS [SWEEP]`.
 */
import { createSampler } from '@thaw/search';
import { openStore } from '@thaw/tracking';
import { QueueExecutor } from '../../src/distributed/queue-executor.ts';
import { requireToken } from '../../src/distributed/trial-queue.ts';
import { runTrials } from '../../src/sweep/run-trials.ts';
import { waitForWorkers } from '../../src/sweep/wait-for-workers.ts';
import { trivialExperiment } from './trivial-records.ts';

const workers = 8;
const [runsDir, trials, queue, host, port, leaseMs, earlier] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
  string,
  string?,
];
const experiment = trivialExperiment(Number(trials));
const store = openStore(runsDir);
const known = earlier === undefined ? [] : (await waitForWorkers(store, earlier)).trials;
const writer = await (earlier === undefined
  ? store.createSweep({
      ...experiment,
      experimentText: '',
      experimentFile: 'chaos.yaml',
      engine: 'onnx',
      workers,
    })
  : store.resumeSweep(earlier));
process.stdout.write(`${writer.id}\n`);
const note = (line: string) => process.stderr.write(`sweep: ${line}\n`);
const executor = await QueueExecutor.start({
  store,
  sweep: writer.id,
  settled: known.filter(({ state }) => state === 'finished').map(({ number }) => number),
  note,
  queue,
  token: requireToken(),
  host,
  port: Number(port),
  workers,
  leaseMs: Number(leaseMs),
  fingerprint: () => Promise.resolve('any'),
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
  retry: 0,
  engine: 'onnx',
  device: 'cpu',
  runsDir,
  progress: {
    event: () => undefined,
    ended: ({ number }, { state }) => process.stdout.write(`${number} ${state}\n`),
    note,
    close: () => undefined,
  },
  signal: new AbortController().signal,
});
await executor.close();
await writer.finish('finished');
