import { rungs, type EarlyTermination, type Goal } from '@thaw/experiment';
import { scoreOf, scoresAt, type Pruner } from '../pruner.ts';
import type { Trial } from '../trial.ts';

/**
 * Early termination as W&B's `hyperband` does it: after each epoch a trial is measured at the last bracket that it has passed.
 * It ends when its value there (`strict`), or the best value that it has had, is worse than that of the trial at the place
 * 1 / eta among all that have passed the bracket.
 */
export class HyperbandPruner implements Pruner {
  readonly #rule: Extract<EarlyTermination, { type: 'hyperband' }>;
  readonly #goal: Goal;

  constructor(rule: Extract<EarlyTermination, { type: 'hyperband' }>, goal: Goal) {
    this.#rule = rule;
    this.#goal = goal;
  }

  shouldPrune({ reports = [] }: Trial, trials: readonly Trial[]): boolean {
    const bracket = rungs(this.#rule, reports.length).at(-1);
    if (bracket === undefined) return false;
    const scores = scoresAt(bracket, trials, this.#goal).sort((a, b) => a - b);
    const threshold = scores[Math.floor(scores.length / this.#rule.eta)]!;
    const own = reports.map((value) => scoreOf(value, this.#goal));
    return (this.#rule.strict ? own[bracket - 1]! : Math.min(...own)) > threshold;
  }
}
