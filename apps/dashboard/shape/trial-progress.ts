import type { SweepSummary } from '../api/operations/sweeps.ts';

/** For instance `12 of 16 finished, 4 running`; states that no trial is in are left out. */
export function trialProgress({ trials, planned }: Pick<SweepSummary, 'trials' | 'planned'>): string {
  const { finished = 0, ...others } = trials;
  const rest = Object.entries(others)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state}`);
  return [`${finished} of ${allTrials({ trials, planned })} finished`, ...rest].join(', ');
}

/** Which share of a sweep's trials is done, 0 to 1, whether they came to an end of their own or not. */
export function doneShare(sweep: Pick<SweepSummary, 'trials' | 'planned'>): number {
  const { running = 0 } = sweep.trials;
  const all = allTrials(sweep);
  return all === 0 ? 0 : (begun(sweep.trials) - running) / all;
}

function allTrials({ trials, planned }: Pick<SweepSummary, 'trials' | 'planned'>): number {
  return Math.max(begun(trials), planned ?? 0);
}

function begun(trials: SweepSummary['trials']): number {
  return Object.values(trials).reduce((sum, count) => sum + count, 0);
}
