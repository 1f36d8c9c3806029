import type { Goal } from '@thaw/experiment';
import type { Trial } from './trial.ts';

/** Says which running trials are not worth going on with. Every pruner passes the pruner contract suite. */
export interface Pruner {
  /**
   * Whether a running trial should end after its latest report. `trials` are all trials so far, in any order, this one
   * included; failed ones do not count. The answer depends on nothing else.
   */
  shouldPrune(trial: Trial, trials: readonly Trial[]): boolean;
}

/** The metric after an epoch (from 1) of all trials that have come so far and did not fail, so that smaller is better; NaN counts as worst. */
export function scoresAt(epoch: number, trials: readonly Trial[], goal: Goal): number[] {
  return trials
    .filter(({ state, reports = [] }) => state !== 'failed' && reports.length >= epoch)
    .map(({ reports }) => scoreOf(reports![epoch - 1]!, goal));
}

/** A value so that smaller is better; NaN is worst. */
export function scoreOf(value: number, goal: Goal): number {
  if (Number.isNaN(value)) return Number.POSITIVE_INFINITY;
  return goal === 'maximize' ? -value : value;
}
