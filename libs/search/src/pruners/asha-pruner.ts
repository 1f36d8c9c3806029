import { rungs, type EarlyTermination, type Goal } from '@thaw/experiment';
import { scoreOf, scoresAt, type Pruner } from '../pruner.ts';
import type { Trial } from '../trial.ts';

/**
 * Asynchronous successive halving (Li et al. 2020, "A System for Massively Parallel Hyperparameter Tuning"): at each rung,
 * min_iter times a power of eta, a trial goes on when it is among the best 1 / eta of all that have reached the rung. Trials
 * are not kept waiting, so one that arrives early is judged by those before it; of fewer than eta the best goes on.
 */
export class AshaPruner implements Pruner {
  readonly #rule: Extract<EarlyTermination, { type: 'asha' }>;
  readonly #goal: Goal;

  constructor(rule: Extract<EarlyTermination, { type: 'asha' }>, goal: Goal) {
    this.#rule = rule;
    this.#goal = goal;
  }

  shouldPrune({ reports = [] }: Trial, trials: readonly Trial[]): boolean {
    const epoch = reports.length;
    if (rungs(this.#rule, epoch).at(-1) !== epoch) return false;
    const own = scoreOf(reports.at(-1)!, this.#goal);
    const scores = scoresAt(epoch, trials, this.#goal);
    const better = scores.filter((score) => score < own).length;
    return better >= Math.max(1, Math.floor(scores.length / this.#rule.eta));
  }
}
