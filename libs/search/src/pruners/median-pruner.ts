import { median, sum } from '@thaw/base';
import type { EarlyTermination, Goal } from '@thaw/experiment';
import { scoreOf, type Pruner } from '../pruner.ts';
import type { Trial } from '../trial.ts';

/**
 * The median stopping rule (Golovin et al. 2017, "Google Vizier"): a trial ends after an epoch when the best value that it has
 * had is worse than the median of the finished trials' mean values up to that epoch.
 */
export class MedianPruner implements Pruner {
  readonly #rule: Extract<EarlyTermination, { type: 'median' }>;
  readonly #goal: Goal;

  constructor(rule: Extract<EarlyTermination, { type: 'median' }>, goal: Goal) {
    this.#rule = rule;
    this.#goal = goal;
  }

  shouldPrune({ reports = [] }: Trial, trials: readonly Trial[]): boolean {
    const epoch = reports.length;
    if (epoch < this.#rule.min_iter) return false;
    const means = trials
      .filter(({ state }) => state === 'finished')
      .map((trial) => (trial.reports ?? []).slice(0, epoch).filter((value) => !Number.isNaN(value)))
      .filter((values) => values.length > 0)
      .map((values) => scoreOf(sum(values) / values.length, this.#goal));
    if (means.length < this.#rule.min_trials) return false;
    return Math.min(...reports.map((value) => scoreOf(value, this.#goal))) > median(means);
  }
}
