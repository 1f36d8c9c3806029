import { sum } from '@thaw/base';
import type { PredictionRow, Scenario } from '@thaw/experiment';
import type { FoldOutcome } from './train-fold.ts';

/** What a scenario has come to so far. */
export interface ScenarioTrial {
  readonly scenario: Scenario;
  /** Of all folds that it was trained on. */
  readonly rows: PredictionRow[];
  /** Epochs and seconds of each such fold. */
  readonly epochs: number[];
  readonly seconds: number[];
  /** Folds whose training would have gone on if there had been time. */
  cut: number;
  /** Why its training failed; null where it did not. */
  failed: string | null;
}

export interface HalveOptions {
  readonly folds: number;
  /** Trains a scenario on a fold in so many seconds. */
  readonly train: (scenario: Scenario, fold: number, allowed: number) => Promise<FoldOutcome>;
  readonly secondsLeft: () => number;
  /** Of those that are still in, best first, those that another is surely better than. */
  readonly surelyWorse: (best: ScenarioTrial, others: readonly ScenarioTrial[]) => ReadonlySet<Scenario>;
}

/**
 * Successive halving with folds for a budget: every scenario trains on the first of them, not quite a half; those that one is surely better than are
 * left; where the time does not suffice for the others on all folds, the better half of all goes on alone (Jamieson and Talwalkar
 * 2016, Non-stochastic best arm identification and hyperparameter optimization). Each training may take an even share of the time
 * that is left, and what it leaves is the others'.
 */
export async function halve(scenarios: readonly Scenario[], options: HalveOptions): Promise<ScenarioTrial[]> {
  const { folds, train, secondsLeft, surelyWorse } = options;
  const trials = scenarios.map((scenario): ScenarioTrial => {
    return { scenario, rows: [], epochs: [], seconds: [], cut: 0, failed: null };
  });
  const first = Math.floor(folds / 2);
  const half = Math.ceil(scenarios.length / 2);
  const run = async (going: readonly ScenarioTrial[], from: number, to: number, later: number) => {
    for (const [i, trial] of going.entries()) {
      const others = (going.length - i - 1) * (to - from) + later;
      for (let fold = from; fold < to && trial.failed === null; fold++) {
        const outcome = await train(trial.scenario, fold, secondsLeft() / (to - fold + others));
        if (outcome) note(trial, outcome);
      }
    }
  };
  await run(trials, 0, first, half * (folds - first));
  const ranked = trials
    .filter(({ rows, failed }) => rows.length > 0 && failed === null)
    .sort((a, b) => accuracyOf(b.rows) - accuracyOf(a.rows));
  if (ranked.length === 0) return trials;
  const worse = surelyWorse(ranked[0]!, ranked.slice(1));
  const going = ranked.filter(({ scenario }) => !worse.has(scenario));
  const needed = sum(going.map(({ seconds }) => (sum(seconds) / seconds.length) * (folds - first)));
  if (needed > secondsLeft()) going.splice(half);
  const inTurn = trials.filter((trial) => going.includes(trial));
  await run(inTurn, first, folds, 0);
  return trials;
}

function note(trial: ScenarioTrial, outcome: NonNullable<FoldOutcome>): void {
  if ('failed' in outcome) {
    trial.failed = outcome.failed;
    return;
  }
  trial.rows.push(...outcome.rows);
  trial.epochs.push(outcome.epochs);
  trial.seconds.push(outcome.seconds);
  if (outcome.cut) trial.cut++;
}

export function accuracyOf(rows: readonly PredictionRow[]): number {
  return rows.filter(({ label, predicted }) => label === predicted).length / rows.length;
}
