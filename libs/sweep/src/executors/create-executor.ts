import { join } from 'node:path';
import type { Note } from '@thaw/base';
import { loadDataset } from '@thaw/data';
import { pathsOf, withPaths, type Settings } from '@thaw/experiment';
import type { RunStore, TrialRecord } from '@thaw/tracking';
import type { Executor, ProgramJob } from './executor.ts';
import { ProcessPool } from './process-pool.ts';
import { usualPatience } from './watchdog.ts';
import type { SweepDataset } from '../begin/preflight.ts';
import { isLeft } from '../retry.ts';
import type { SweepOptions } from '../sweep-options.ts';

export interface CreateExecutorOptions extends Pick<
  SweepOptions,
  'queue' | 'trackerHost' | 'trackerPort' | 'runsDir' | 'retry'
> {
  readonly directory: string;
  readonly workers: number;
  readonly store: RunStore;
  readonly sweep: string;
  readonly known: readonly TrialRecord[];
  readonly datasets: readonly SweepDataset[];
  readonly note: Note;
  /** Given what trial processes write to their standard streams. */
  readonly log: (text: string) => void;
}

/**
 * What the user should know of the queue; null for nothing. Throws UserError for a queue that cannot be one or refuses, and for a
 * missing token, before anything is recorded.
 */
export async function checkQueue({ queue }: Pick<SweepOptions, 'queue'>): Promise<string | null> {
  if (queue === null) return null;
  const [{ requireToken }, { checkRedis }] = await Promise.all([
    import('../distributed/trial-queue.ts'),
    import('../distributed/check-redis.ts'),
  ]);
  requireToken();
  return checkRedis(queue);
}

/** Where the trials of a sweep run: in processes here, or on other machines by way of a queue. */
export async function createExecutor(options: CreateExecutorOptions): Promise<Executor> {
  const { queue, workers, log, store, sweep, known, retry, note } = options;
  if (queue === null) return new ProcessPool({ workers, log });
  // Imported late: most sweeps need no Redis client.
  const [{ QueueExecutor }, { leaseMs, requireToken, withoutPassword }] = await Promise.all([
    import('../distributed/queue-executor.ts'),
    import('../distributed/trial-queue.ts'),
  ]);
  const executor = await QueueExecutor.start({
    store,
    sweep,
    settled: known.filter((trial) => !isLeft(trial, retry)).map(({ number }) => number),
    note,
    queue,
    token: requireToken(),
    host: options.trackerHost,
    port: options.trackerPort,
    workers,
    leaseMs,
    fingerprint: fingerprints(options, join(options.runsDir, 'cache')),
  });
  note(`Trials wait for workers; the tracker is ${executor.tracker}.`, {
    do: 'start workers',
    queue: withoutPassword(queue),
  });
  return executor;
}

/** Where the trials of a program of the user's own run: here, each watched by a process that can tell when it hangs. */
export function createProgramExecutor({
  workers,
  log,
}: Pick<CreateExecutorOptions, 'workers' | 'log'>): Executor<ProgramJob> {
  return new ProcessPool<ProgramJob>({
    workers,
    log,
    module: new URL('./program/program-process.ts', import.meta.url),
    patience: { ...usualPatience, standstillMs: Number.POSITIVE_INFINITY },
    startsPrograms: true,
  });
}

/** What the data set of a trial is; each is read once. */
function fingerprints(
  { datasets, directory }: Pick<CreateExecutorOptions, 'datasets' | 'directory'>,
  cacheDir: string,
) {
  const keyOf = ({ dataset, split }: Settings) => JSON.stringify([dataset, split]);
  const known = new Map(
    datasets.map(({ settings, dataset }) => [keyOf(settings), Promise.resolve(dataset.fingerprint)]),
  );
  return async ({ settings }: { readonly settings: Settings }): Promise<string> => {
    const found =
      known.get(keyOf(settings)) ??
      loadDataset(withPaths(settings, pathsOf(settings, directory)), { cacheDir }).then(
        (each) => each.fingerprint,
      );
    known.set(keyOf(settings), found);
    return found;
  };
}
