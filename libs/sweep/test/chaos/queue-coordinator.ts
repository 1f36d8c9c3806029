/**
 * The sweep's own process in the distributed test: `queue-coordinator.ts RUNS_DIR TRIALS QUEUE HOST PORT LEASE_MS [SWEEP]`.
 */
import { QueueExecutor } from '../../src/distributed/queue-executor.ts';
import { requireToken } from '../../src/distributed/trial-queue.ts';
import { runTrivialSweep } from './run-trivial-sweep.ts';

const [runsDir, trials, queue, host, port, leaseMs, earlier] = process.argv.slice(2) as [
  ...[string, string, string, string, string, string],
  string?,
];
const workers = 8;
const note = (line: string) => process.stderr.write(`sweep: ${line}\n`);
await runTrivialSweep({
  runsDir,
  trials: Number(trials),
  workers,
  retry: 0,
  earlier: earlier ?? null,
  note,
  start: ({ store, sweep, known }) =>
    QueueExecutor.start({
      store,
      sweep,
      settled: known.filter(({ state }) => state === 'finished').map(({ number }) => number),
      note,
      queue,
      token: requireToken(),
      host,
      port: Number(port),
      workers,
      leaseMs: Number(leaseMs),
      fingerprint: () => Promise.resolve('any'),
    }),
});
