/** A worker of the distributed test, whose trials are trivial: `queue-worker.ts QUEUE RUNS_DIR LEASE_MS [PROGRAM]`. */
import { runWorker } from '../../src/distributed/run-worker.ts';
import { requireToken } from '../../src/distributed/trial-queue.ts';

const [queue, runsDir, leaseMs, program] = process.argv.slice(2) as [string, string, string, string?];
const [stopping, leaving] = [new AbortController(), new AbortController()];
process.on('SIGINT', () => {
  if (stopping.signal.aborted) leaving.abort(new Error('stopped'));
  stopping.abort();
});
const end = await runWorker({
  queue,
  token: requireToken(),
  workers: 2,
  runsDir,
  data: null,
  leaseMs: Number(leaseMs),
  maxIdleMs: null,
  stopping: stopping.signal,
  signal: leaving.signal,
  note: (line) => process.stderr.write(`${line}\n`),
  pool: { module: program === undefined ? new URL('./chaos-trial.ts', import.meta.url) : new URL(program) },
});
process.exit({ stopped: 130, idle: 0, unable: 1, refused: 1 }[end]);
