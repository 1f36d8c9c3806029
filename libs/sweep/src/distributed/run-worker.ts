import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { collectProvenance } from '@thaw/tracking';
import { DelayedError, Worker, type Job } from 'bullmq';
import { ProcessPool } from '../executors/process-pool.ts';
import { checkRedis } from './check-redis.ts';
import { localRuns, removeRunsOfDead } from './local-runs.ts';
import { takeTrial, type WorkerOptions } from './take-trial.ts';
import {
  changeQueue,
  queueName,
  redisConnection,
  redisRefusal,
  withoutPassword,
  type SealedTrial,
} from './trial-queue.ts';

const idleTickMs = 500;

/** How long a Redis that does not answer is waited for at the end. */
const closingMs = 5000;

/** Why a worker has ended: it was told to, no trial has come, this machine cannot run the sweep's trials, or its Redis lets it in no longer. */
export type WorkerEnd = 'stopped' | 'idle' | 'unable' | 'refused';

/**
 * Takes trials from a queue until it is told to stop or no trial has come for too long. Trials run in child processes, so that
 * this one always answers in time and keeps what it has taken. The process is to end then: the connection to a Redis that is gone
 * would keep it. Throws UserError where the Redis refuses it from the first.
 */
export async function runWorker(options: WorkerOptions): Promise<WorkerEnd> {
  const { queue, workers, runsDir, note, leaseMs, maxIdleMs } = options;
  const remark = await checkRedis(queue);
  if (remark !== null) note(remark);
  await removeRunsOfDead(runsDir);
  const pool = new ProcessPool({ workers, ...options.pool });
  const name = `worker ${hostname()}:${process.pid}`;
  const provenance = await collectProvenance({ directory: process.cwd() });
  // Also where it ends by itself.
  const stopping = new AbortController();
  const work = { ...options, pool, name, provenance, stopping: stopping.signal };
  let end: (why: WorkerEnd) => void = () => undefined;
  const ended = new Promise<WorkerEnd>((resolve) => (end = resolve));
  const onUnable = (problem: string) => {
    note(`this worker cannot run the sweep's trials and stops: ${problem}`);
    end('unable');
  };
  const taken = new Set<Promise<unknown>>();
  let busy = performance.now();
  const take = async (job: Job<SealedTrial>, lock?: string) => {
    const trial = takeTrial(job.data, job.attemptsStarted, work, onUnable);
    taken.add(trial);
    const laterMs = await trial.finally(() => taken.delete(trial));
    if (laterMs === null) {
      busy = performance.now();
      return;
    }
    await job.moveToDelayed(Date.now() + laterMs, lock);
    throw new DelayedError();
  };
  const worker = new Worker<SealedTrial>(queueName, take, {
    connection: redisConnection(queue),
    concurrency: workers,
    lockDuration: leaseMs,
    stalledInterval: leaseMs / 2,
    // Whether a trial has had enough attempts is for the sweep to say.
    maxStalledCount: 1000,
  });
  let silent = false;
  worker.on('error', (error) => {
    const refusal = redisRefusal(error);
    if (refusal !== null) {
      if (!silent) note(refusal, changeQueue);
      silent = true;
      end('refused');
    }
    // Others are of trials whose lock was lost meanwhile, which the tracker settles.
    if (!('code' in error)) return;
    if (!silent) note(`the queue does not answer (${error.message || String(error.code)}); trying again`);
    silent = true;
  });
  worker.on('ready', () => {
    if (silent) note('the queue answers again');
    silent = false;
  });
  whenAborted(options.stopping, () => {
    end('stopped');
  });
  whenAborted(options.signal, () => {
    pool.kill();
  });
  const idle = setInterval(() => {
    if (maxIdleMs === null || taken.size > 0 || performance.now() - busy < maxIdleMs) return;
    note(`no trial came for ${maxIdleMs / 1000} s`);
    end('idle');
  }, idleTickMs);
  note(`${name} waits for trials of ${withoutPassword(queue)}, ${workers} at a time`);
  const why = await ended;
  clearInterval(idle);
  pool.stop();
  stopping.abort();
  const closed = worker.close().catch(() => undefined);
  while (taken.size > 0) await Promise.allSettled(taken);
  // What Redis has not been told it gives to other workers by itself.
  await Promise.race([closed, sleep(closingMs)]);
  await pool.close();
  await rm(localRuns(runsDir), { recursive: true, force: true });
  return why;
}

function whenAborted(signal: AbortSignal, act: () => void): void {
  if (signal.aborted) act();
  else signal.addEventListener('abort', act, { once: true });
}
