import type { RunRecord, RunStore } from '@thaw/tracking';

/**
 * Runs as their sweeps know them: a process that dies (out of memory) leaves its run unfinished, which reads as interrupted,
 * and only the sweep knows the reason.
 */
export async function withSilentDeaths(
  store: Pick<RunStore, 'sweeps'>,
  runs: readonly RunRecord[],
): Promise<RunRecord[]> {
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
