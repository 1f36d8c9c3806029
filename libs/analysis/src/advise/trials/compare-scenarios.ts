import { Random } from '@thaw/base';
import type { PredictionRow, Scenario } from '@thaw/experiment';
import {
  accuracyInterval,
  asPredictions,
  holmCorrection,
  pairedComparisons,
  winShares,
  type Interval,
  type PairedComparison,
} from '@thaw/metrics';
import { verdictOf, type Verdict } from '../../compare/verdict.ts';
import type { ScenarioTrial } from './scenario-trial.ts';
import type { TrialImages } from './trial-images.ts';

/** A scenario against the one that wins, on the images that both have validated. */
export interface Behind extends Pick<PairedComparison, 'difference' | 'ci95' | 'p'> {
  /** After Holm's correction for all scenarios, and what follows from it. */
  readonly p_corrected: number;
  readonly verdict: Verdict;
}

export interface ComparedScenario {
  readonly trial: ScenarioTrial;
  /** Null where nothing was validated. */
  readonly accuracy: { readonly value: number; readonly ci95: Interval | null } | null;
  /** Null of the one that wins, and where nothing can be compared. */
  readonly behind: Behind | null;
}

export interface ComparedScenarios {
  readonly winner: ScenarioTrial;
  /** In how many of the draws of photographs it is the best of those that were validated on as many folds. */
  readonly share: number;
  readonly scenarios: readonly ComparedScenario[];
}

/** Which scenario wins: the most accurate of those that were validated on the most folds. Null where none was. */
export function compareScenarios(
  trials: readonly ScenarioTrial[],
  images: TrialImages,
): ComparedScenarios | null {
  const tried = trials.filter(({ rows, failed }) => rows.length > 0 && failed === null);
  const most = Math.max(0, ...tried.map(({ epochs }) => epochs.length));
  const finalists = tried
    .filter(({ epochs }) => epochs.length === most)
    .sort((a, b) => b.accuracy - a.accuracy);
  const winner = finalists[0];
  if (!winner) return null;
  const behind = againstWinner(winner, tried, images);
  const common = finalists.map(({ rows }) => inCommon(rows, finalists));
  const draws = winShares(
    common.map((rows) => predictionsOf(rows, images)),
    new Random('scenarios'),
  );
  return {
    winner,
    share: draws[0]!,
    scenarios: trials.map((trial) => ({
      trial,
      accuracy: trial.rows.length > 0 ? accuracyInterval(predictionsOf(trial.rows, images)) : null,
      behind: behind.get(trial.scenario) ?? null,
    })),
  };
}

/** Whether a scenario is more than chance behind the one that wins; of one with fewer folds it may be the other way round on those. */
export function isSurelyWorse({ verdict, difference }: Behind): boolean {
  return verdict === 'real' && difference > 0;
}

/** Those of `others` that `best` is surely better than. */
export function surelyWorse(images: TrialImages) {
  return (best: ScenarioTrial, others: readonly ScenarioTrial[]): ReadonlySet<Scenario> => {
    const compared = againstWinner(best, [best, ...others], images);
    const worse = [...compared].filter(([, behind]) => isSurelyWorse(behind));
    return new Set(worse.map(([scenario]) => scenario));
  };
}

function againstWinner(
  winner: ScenarioTrial,
  trials: readonly ScenarioTrial[],
  images: TrialImages,
): Map<Scenario, Behind> {
  const compared = trials.flatMap((trial) => {
    const ours = inCommon(winner.rows, [winner, trial]);
    if (trial === winner || ours.length === 0) return [];
    const pair = [ours, inCommon(trial.rows, [winner, trial])].map((rows, i) => {
      return { id: String(i), predictions: predictionsOf(rows, images) };
    });
    return [{ scenario: trial.scenario, comparison: pairedComparisons(pair)[0]! }];
  });
  const corrected = holmCorrection(compared.map(({ comparison }) => comparison.p));
  return new Map(
    compared.map(({ scenario, comparison: { difference, ci95, p } }, i) => {
      const p_corrected = corrected[i]!;
      return [scenario, { difference, ci95, p, p_corrected, verdict: verdictOf(p_corrected, true) }];
    }),
  );
}

/** Rows of the images that all have validated, in the order of their names. */
function inCommon(rows: readonly PredictionRow[], trials: readonly ScenarioTrial[]): PredictionRow[] {
  const times = new Map<string, number>();
  for (const { file } of trials.flatMap((trial) => trial.rows)) times.set(file, (times.get(file) ?? 0) + 1);
  return rows
    .filter(({ file }) => times.get(file) === trials.length)
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** With the photograph as group. */
export function predictionsOf(rows: readonly PredictionRow[], { classes, images }: TrialImages) {
  const groups = new Map(images.map(({ name, group }) => [name, group]));
  return asPredictions(rows, classes, (file) => groups.get(file)!);
}
