import type { Scenario } from '@thaw/experiment';
import { ScenarioTrial } from './scenario-trial.ts';
import type { FoldOutcome } from './train-fold.ts';

export interface HalveOptions {
  readonly folds: number;
  /** Trains a scenario on a fold in so many seconds. */
  readonly train: (scenario: Scenario, fold: number, allowed: number) => Promise<FoldOutcome>;
  readonly secondsLeft: () => number;
  /** What is left at the end, when it is known which scenario is ahead. */
  readonly secondsAtLast: (ahead: ScenarioTrial) => number;
  /** Of those that are still in, best first, those that another is surely better than. */
  readonly surelyWorse: (best: ScenarioTrial, others: readonly ScenarioTrial[]) => ReadonlySet<Scenario>;
}

/**
 * Successive halving with folds for a budget: every scenario trains on the first of them, not quite a half; those that one is surely
 * better than are left; where the time does not suffice for the others on all folds, the better half of all goes on alone (Jamieson
 * and Talwalkar 2016, Non-stochastic best arm identification and hyperparameter optimization). Each training may take an even share
 * of the time that is left, and what it leaves is the others'. What is left at last is for the best of those that were left, or were
 * ended by the time.
 */
export async function halve(scenarios: readonly Scenario[], options: HalveOptions): Promise<ScenarioTrial[]> {
  const { folds, train, secondsLeft, secondsAtLast, surelyWorse } = options;
  const trials = scenarios.map((scenario) => new ScenarioTrial(scenario));
  const first = Math.floor(folds / 2);
  const half = Math.ceil(scenarios.length / 2);
  const run = async (going: readonly ScenarioTrial[], from: number, to: number, later: number) => {
    for (const [i, trial] of going.entries()) {
      const others = (going.length - i - 1) * (to - from) + later;
      for (let fold = from; fold < to && trial.failed === null; fold++) {
        trial.note(fold, await train(trial.scenario, fold, secondsLeft() / (to - fold + others)));
      }
    }
  };
  const stillIn = () => {
    const ranked = trials
      .filter(({ rows, failed }) => rows.length > 0 && failed === null)
      .sort((a, b) => b.accuracy - a.accuracy);
    const worse = ranked.length > 1 ? surelyWorse(ranked[0]!, ranked.slice(1)) : new Set();
    return ranked.filter(({ scenario }) => !worse.has(scenario));
  };
  await run(trials, 0, first, half * (folds - first));
  const going = stillIn();
  const needed = going.reduce(
    (sum, { seconds, epochs }) => sum + (seconds / epochs.length) * (folds - first),
    0,
  );
  if (needed > secondsLeft() || going.some(({ cut }) => cut > 0)) going.splice(half);
  const inTurn = trials.filter((trial) => going.includes(trial));
  await run(inTurn, first, folds, 0);

  const left = stillIn();
  const seconds = () => secondsAtLast(left[0]!);
  for (const trial of left) {
    const open = trial.unfinished(folds, (count) => seconds() / count);
    for (const [i, fold] of open.entries()) {
      if (trial.failed !== null) break;
      trial.note(fold, await train(trial.scenario, fold, seconds() / (open.length - i)));
    }
  }
  return trials;
}
