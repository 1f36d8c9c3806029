import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { collectProvenance } from '@thaw/tracking';
import { Worker } from 'bullmq';
import { ProcessPool } from '../executors/process-pool.ts';
import { onStopSignals } from '../sweep/stop-signals.ts';
import { localRuns, takeTrial, type WorkerOptions } from './take-trial.ts';
import { queueName, redisConnection, withoutPassword, type SealedTrial } from './trial-queue.ts';

/**
 * Takes trials from a queue until it is told to stop. Trials run in child processes, so that this one always answers in time and
 * keeps what it has taken. Returns the exit code: 0, 1 when this machine cannot run the sweep's trials, 130 after Ctrl-C.
 */
export async function runWorker(options: WorkerOptions): Promise<number> {
  const { queue, workers, runsDir, note, leaseMs } = options;
  const connection = redisConnection(queue);
  const pool = new ProcessPool({ workers, ...options.pool });
  const name = `worker ${hostname()}:${process.pid}`;
  const provenance = await collectProvenance({ root: resolve(import.meta.dirname, '../../../..') });
  const leaving = new AbortController();
  const work = { ...options, pool, name, provenance, signal: leaving.signal };
  let end: (exitCode: number) => void = () => undefined;
  const ended = new Promise<number>((resolve) => (end = resolve));
  const worker = new Worker<SealedTrial>(
    queueName,
    (job, lock) =>
      takeTrial(job, lock!, work, (problem) => {
        note(`this worker cannot run the sweep's trials and ends: ${problem}`);
        end(1);
      }),
    {
      connection,
      concurrency: workers,
      lockDuration: leaseMs,
      stalledInterval: leaseMs / 2,
      // Whether a trial has had enough attempts is for the sweep to say.
      maxStalledCount: 1000,
    },
  );
  let silent = false;
  worker.on('error', (error) => {
    // Others are of trials whose lock was lost meanwhile, which the tracker settles.
    if (!('code' in error)) return;
    if (!silent) note(`the queue does not answer (${error.message || String(error.code)}); trying on`);
    silent = true;
  });
  worker.on('ready', () => {
    if (silent) note('the queue answers again');
    silent = false;
  });
  const forget = onStopSignals({
    clock: () => performance.now(),
    onStop: (exitCode) => {
      note('Stopping after the running epoch of each trial; press Ctrl-C again to stop at once.');
      end(exitCode);
    },
    onStopNow: () => {
      leaving.abort(new Error('stopped'));
      pool.kill();
    },
  });
  note(`${name} waits for trials of ${withoutPassword(queue)}, ${workers} at a time`);
  const exitCode = await ended;
  pool.stop();
  await worker.close().catch(() => undefined);
  await pool.close();
  await rm(localRuns(runsDir), { recursive: true, force: true });
  forget();
  return exitCode;
}
