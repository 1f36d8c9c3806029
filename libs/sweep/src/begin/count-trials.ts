import { gridSize, withValues, type Search } from '@thaw/experiment';
import type { TrialRecord } from '@thaw/tracking';
import { isLeft, type Retry } from '../retry.ts';
import { targetReachedBy } from '../target-reached.ts';

/** How many trials an experiment is: its different points, capped by `run_cap`; Infinity where values are drawn without end. */
export function countTrials({ parameters, run_cap }: Pick<Search, 'parameters' | 'run_cap'>): number {
  return Math.min(gridSize(parameters), run_cap ?? Number.POSITIVE_INFINITY);
}

/**
 * How many trials are left to run, as far as the experiment alone can say; Infinity where values are drawn
 * without end; none once the metric's target is reached.
 */
export function countTrialsLeft(
  experiment: Pick<Search, 'parameters' | 'run_cap' | 'metric'>,
  known: readonly Pick<TrialRecord, 'number' | 'state' | 'summary' | 'attempts'>[],
  { maxTrials = Number.POSITIVE_INFINITY, retry }: { readonly maxTrials?: number; readonly retry: Retry },
): number {
  const { metric } = experiment;
  if (targetReachedBy(withValues(known, metric), metric) !== null) return 0;
  const done = known.filter((trial) => !isLeft(trial, retry)).length;
  return Math.max(0, Math.min(countTrials(experiment) - done, maxTrials));
}
