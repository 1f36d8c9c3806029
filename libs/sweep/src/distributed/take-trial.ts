import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Note } from '@thaw/base';
import type { EpochRecord } from '@thaw/experiment';
import { openStore, type Provenance } from '@thaw/tracking';
import type { TrialJob, TrialOutcome } from '../executors/executor.ts';
import type { ProcessPool, ProcessPoolOptions } from '../executors/process-pool.ts';
import { localRuns } from './local-runs.ts';
import { RemoteAttempt } from './remote-attempt.ts';
import { TrackerClient, TrackerRefusal, TrackerSilent } from './tracker-client.ts';
import { openTrial, type SealedTrial } from './trial-queue.ts';
import { unlessStopped } from './unless-stopped.ts';

export interface WorkerOptions {
  readonly queue: string;
  readonly token: string;
  readonly workers: number;
  readonly runsDir: string;
  /** Where the data set is on this machine; null for where the experiment says. */
  readonly data: string | null;
  readonly leaseMs: number;
  /** Aborted when the worker is to stop after the running epochs. */
  readonly stopping: AbortSignal;
  /** Aborted when it is to stop at once. */
  readonly signal: AbortSignal;
  /** How long to wait for a trial before it ends by itself; null for ever. */
  readonly maxIdleMs: number | null;
  readonly note: Note;
  readonly pool?: Pick<ProcessPoolOptions, 'module' | 'patience' | 'log'>;
}

/** How long a tracker that has no result to lose may take to answer: its sweep may be no more. */
const silenceMs = 10_000;
const longestWaitMs = 5 * 60_000;

/** How long a worker that is to stop waits for a tracker that does not answer, where the trial's lease ends by itself. */
const stoppingMs = 2000;

/** What all trials of a worker share. */
export interface Work extends Omit<WorkerOptions, 'pool' | 'maxIdleMs'> {
  readonly pool: ProcessPool;
  readonly name: string;
  readonly provenance: Provenance;
}

/**
 * Runs a trial that the queue has delivered, for the `delivery`th time, and brings what came out of it to the sweep's tracker.
 * Returns null when that is done, or after how many milliseconds the trial should be delivered again. Throws the signal's reason.
 */
export async function takeTrial(
  sealed: SealedTrial,
  delivery: number,
  work: Work,
  onUnable: (problem: string) => void,
): Promise<number | null> {
  const laterMs = work.leaseMs / 4;
  let trial: ReturnType<typeof openTrial>;
  try {
    trial = openTrial(sealed, work.token);
  } catch (error) {
    onUnable((error as Error).message);
    return laterMs;
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
  const runs = localRuns(work.runsDir);
  let run: string | null = null;
  const onRun = (id: string) => (run = id);
  try {
    const { groups } = await attempt.claim({ patienceMs: silenceMs, until: work.stopping });
    const outcome = await runHere(here({ ...job, groups }, work), asks, attempt, work, onRun);
    if (outcome.state === 'interrupted') {
      if (outcome.error !== undefined) onUnable(outcome.error);
      await attempt.release(outcome.error ?? null, stoppingMs);
      return null;
    }
    const store = openStore(runs);
    const record = run === null ? null : await store.run(run).catch(() => null);
    const folder = record === null ? null : join(runs, 'runs', record.id);
    const delivered = attempt.deliver(outcome, folder, record).then(() => true);
    if ((await unlessStopped(delivered, work.stopping, stoppingMs)) === null) {
      work.note(`trial ${number} of ${sweep} has ended and its result waits for the tracker`, {
        do: 'give up result',
      });
    }
    await delivered;
    work.note(
      `trial ${number} of ${sweep} ${outcome.state}${outcome.state === 'failed' ? `: ${outcome.error}` : ''}`,
    );
    return null;
  } catch (error) {
    // The sweep may have ended, and other sweeps' trials are waiting.
    if (error instanceof TrackerSilent) return Math.min(longestWaitMs, 1000 * 2 ** delivery);
    if (!(error instanceof TrackerRefusal)) throw error;
    // Another worker has the trial or has had it, or the sweep has not asked for it again yet.
    if (error.refusal === 'leased' || error.refusal === 'unknown') return laterMs;
    if (error.refusal === 'invalid') onUnable(error.message);
    return null;
  } finally {
    // Whatever came of it, the tracker has what it will have of this attempt.
    if (run !== null)
      await rm(join(runs, 'runs', run), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** The trial on this machine: its own folders and, where they lie elsewhere, its own data. */
function here(
  job: ReturnType<typeof openTrial>['job'] & Pick<TrialJob, 'groups'>,
  { runsDir, data, workers }: Work,
): TrialJob {
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
  { pool, leaseMs, stopping }: Work,
  onRun: (run: string) => void,
): Promise<TrialOutcome> {
  let lost: unknown;
  const report = async (judged: EpochRecord | null = null) => {
    try {
      const { stop, prune } = await attempt.report(judged);
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
        if (event.type === 'run') onRun(event.run);
        if (event.type !== 'epoch') return;
        attempt.epoch(event.record);
        void report();
      },
      asks
        ? async (record) => {
            if (record.fold === undefined) attempt.epoch(record);
            return (await unlessStopped(report(record), stopping, stoppingMs)) ?? false;
          }
        : undefined,
    );
    if (lost !== undefined) throw lost as Error;
    return outcome;
  } finally {
    clearInterval(timer);
  }
}
