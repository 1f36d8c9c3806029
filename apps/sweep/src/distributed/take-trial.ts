import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openStore, type Provenance } from '@thaw/tracking';
import { DelayedError, type Job } from 'bullmq';
import type { TrialJob, TrialOutcome } from '../executors/executor.ts';
import type { ProcessPool, ProcessPoolOptions } from '../executors/process-pool.ts';
import { RemoteAttempt } from './remote-attempt.ts';
import { TrackerClient, TrackerRefusal, TrackerSilent } from './tracker-client.ts';
import { openTrial, type SealedTrial } from './trial-queue.ts';

export interface WorkerOptions {
  readonly queue: string;
  readonly token: string;
  readonly workers: number;
  readonly runsDir: string;
  /** Where the data set is on this machine; null for where the experiment says. */
  readonly data: string | null;
  readonly leaseMs: number;
  readonly note: (line: string) => void;
  readonly pool?: Pick<ProcessPoolOptions, 'module' | 'patience' | 'log'>;
}

/** How long a tracker may take to answer for a trial that has just been delivered: its sweep may be no more. */
const claimMs = 10_000;
const longestWaitMs = 5 * 60_000;

/** What all trials of a worker share. */
export interface Work extends Omit<WorkerOptions, 'pool'> {
  readonly pool: ProcessPool;
  readonly name: string;
  readonly provenance: Provenance;
  readonly signal: AbortSignal;
}

/** Runs a trial that the queue has delivered and brings what came out of it to the sweep's tracker. */
export async function takeTrial(
  queued: Job<SealedTrial>,
  lock: string,
  work: Work,
  onUnable: (problem: string) => void,
): Promise<void> {
  const later = async (waitMs = work.leaseMs / 4) => {
    await queued.moveToDelayed(Date.now() + waitMs, lock);
    throw new DelayedError();
  };
  let trial: ReturnType<typeof openTrial>;
  try {
    trial = openTrial(queued.data, work.token);
  } catch (error) {
    onUnable((error as Error).message);
    return later();
  }
  const { job, asks, tracker } = trial;
  const client = new TrackerClient({ url: tracker, token: work.token, signal: work.signal, note: work.note });
  const { sweep, number } = job;
  const attempt = new RemoteAttempt({
    client,
    sweep,
    number,
    worker: work.name,
    provenance: work.provenance,
  });
  try {
    await attempt.claim(claimMs);
    const { outcome, run } = await runHere(here(job, work), asks, attempt, work);
    if (outcome.state === 'interrupted') {
      await attempt.release(outcome.error ?? null);
      if (outcome.error !== undefined) onUnable(outcome.error);
      return;
    }
    const store = openStore(localRuns(work.runsDir));
    const record = run === null ? null : await store.run(run).catch(() => null);
    const folder = record === null ? null : join(localRuns(work.runsDir), 'runs', record.id);
    await attempt.deliver(outcome, folder, record);
    if (folder !== null) await rm(folder, { recursive: true, force: true });
    work.note(
      `trial ${number} of ${sweep} ${outcome.state}${outcome.state === 'failed' ? `: ${outcome.error}` : ''}`,
    );
  } catch (error) {
    // The sweep may have ended, and other sweeps' trials are waiting.
    if (error instanceof TrackerSilent) {
      return later(Math.min(longestWaitMs, 1000 * 2 ** queued.attemptsStarted));
    }
    if (!(error instanceof TrackerRefusal)) throw error;
    // Another worker has the trial or has had it, or the sweep has not asked for it again yet.
    if (error.refusal === 'leased' || error.refusal === 'unknown') return later();
    if (error.refusal === 'invalid') onUnable(error.message);
  }
}

/** The trial on this machine: its own folders and, where they lie elsewhere, its own data. */
function here(job: ReturnType<typeof openTrial>['job'], { runsDir, data, workers }: Work): TrialJob {
  const { settings } = job;
  const dataset =
    data === null || !('path' in settings.dataset) ? settings.dataset : { ...settings.dataset, path: data };
  return {
    ...job,
    settings: { ...settings, dataset },
    sharedCores: workers > 1,
    runsDir: localRuns(runsDir),
    cacheDir: join(runsDir, 'cache'),
  };
}

async function runHere(
  job: TrialJob,
  asks: boolean,
  attempt: RemoteAttempt,
  { pool, leaseMs }: Work,
): Promise<{ outcome: TrialOutcome; run: string | null }> {
  let run: string | null = null;
  let lost: unknown;
  const report = async (judge = false) => {
    try {
      const { stop, prune } = await attempt.report(judge);
      if (stop) pool.stopTrial(job);
      return prune;
    } catch (error) {
      // Its trial is another worker's now: what is computed here is of no use.
      lost = error;
      pool.stopTrial(job);
      return false;
    }
  };
  const timer = setInterval(() => void report(), leaseMs / 4);
  try {
    const outcome = await pool.run(
      job,
      (event) => {
        if (event.type === 'run') run = event.run;
        if (event.type !== 'epoch') return;
        attempt.epoch(event.record);
        void report();
      },
      asks
        ? (record) => {
            attempt.epoch(record);
            return report(true);
          }
        : undefined,
    );
    if (lost !== undefined) throw lost as Error;
    return { outcome, run };
  } finally {
    clearInterval(timer);
  }
}

/** Runs as they are recorded here, until the tracker has them. */
export function localRuns(runsDir: string): string {
  return join(runsDir, 'worker', String(process.pid));
}
