import { median } from '@thaw/base';
import type { Goal } from '@thaw/experiment';
import type { Trial } from './trial.ts';

/** A trial that says something, so that a greater score is better. */
export interface Scored {
  readonly trial: Trial;
  readonly score: number;
}

/**
 * Scores of the trials that finished with a value, and of pruned ones; no others. Infinite values count as the outermost finite
 * ones, as in Optuna. A pruned trial has its last report, at most the median of the finished ones, since it would have gone on had
 * it been better; without a report it counts as the worst.
 */
export function scoreTrials(trials: readonly Trial[], goal: Goal): Scored[] {
  const sign = goal === 'maximize' ? 1 : -1;
  const finished = trials
    .filter(({ state, value }) => state === 'finished' && value !== null && !Number.isNaN(value))
    .map((trial) => ({ trial, score: sign * trial.value! }));
  const pruned = trials.filter(({ state }) => state === 'pruned');
  const reports = pruned.map(({ reports = [], value }) => sign * (reports.at(-1) ?? value ?? Number.NaN));
  const finite = [...finished.map(({ score }) => score), ...reports].filter(Number.isFinite);
  const [worst, best] = [Math.min(...finite), Math.max(...finite)];
  const within = (score: number) => (finite.length === 0 ? 0 : Math.min(best, Math.max(worst, score)));
  const middle = finished.length === 0 ? Infinity : median(finished.map(({ score }) => within(score)));
  return [
    ...finished.map(({ trial, score }) => ({ trial, score: within(score) })),
    ...pruned.map((trial, index) => {
      const report = reports[index]!;
      return { trial, score: within(Number.isNaN(report) ? worst : Math.min(middle, report)) };
    }),
  ].sort((a, b) => a.trial.number - b.trial.number);
}
