import type { RunRecord, SweepRecord } from '@thaw/tracking';

/**
 * Runs as their sweeps know them: a process that dies (out of memory) leaves its run unfinished, which reads as interrupted,
 * and only the sweep knows the reason.
 */
export async function withSilentDeaths<T extends Pick<RunRecord, 'id' | 'sweep' | 'state' | 'error'>>(
  store: { sweeps: () => Promise<{ readonly sweeps: readonly SweepRecord[] }> },
  runs: readonly T[],
): Promise<T[]> {
  if (!runs.some((run) => run.state === 'interrupted' && run.sweep !== null)) return [...runs];
  const trials = (await store.sweeps()).sweeps.flatMap((sweep) => sweep.trials);
  const deaths = new Map(
    trials.filter((trial) => trial.state === 'failed').map((trial) => [trial.run, trial.error]),
  );
  return runs.map((run) =>
    run.state === 'interrupted' && deaths.has(run.id)
      ? { ...run, state: 'failed', error: deaths.get(run.id) ?? null }
      : run,
  );
}
