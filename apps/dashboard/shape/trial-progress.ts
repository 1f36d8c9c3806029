import type { SweepSummary } from '../api/operations/sweeps.ts';

/** For instance `12 of 16 done, 4 running`; states that no trial is in are left out. */
export function trialProgress(trials: SweepSummary['trials']): string {
  const { finished = 0, ...others } = trials;
  const total = Object.values(trials).reduce((sum, count) => sum + count, 0);
  const rest = Object.entries(others)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state}`);
  return [`${finished} of ${total} finished`, ...rest].join(', ');
}
