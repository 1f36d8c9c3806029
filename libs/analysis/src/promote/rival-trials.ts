import { withValues } from '@thaw/experiment';
import {
  asPredictions,
  holmCorrection,
  inOrderOf,
  pairedComparisons,
  type PairedComparison,
} from '@thaw/metrics';
import { bestFirst } from '@thaw/search';
import type { RunStore, SweepRecord, TrialRecord } from '@thaw/tracking';
import { verdictOf, type Verdict } from '../compare/verdict.ts';
import type { ChosenRun } from '../gap/choose-run.ts';

/** Another finished trial of the sweep, against the chosen one on the same validation images. */
export interface Rival {
  readonly trial: TrialRecord;
  readonly comparison: PairedComparison;
  /** Of this comparison alone. */
  readonly verdict: Verdict;
  /** After Holm's correction for all rivals. */
  readonly verdictOfAll: Verdict;
}

export interface Rivals {
  /** Finished trials of the sweep, the chosen one included. */
  readonly finished: number;
  /** Next best by the sweep's metric; null where no other trial has finished or its validation images are others. */
  readonly runnerUp: Rival | null;
  /** All that were validated on the same images, best first. */
  readonly all: readonly Rival[];
}

/** Compares the chosen trial with every other finished one, on validation images alone. */
export async function rivalTrials(
  store: Pick<RunStore, 'predictions'>,
  { run }: ChosenRun,
  sweep: SweepRecord,
  groupOf: ((file: string) => string) | null,
): Promise<Rivals> {
  const reference = await store.predictions(run.id, 'validation');
  const chosen = { id: run.id, predictions: asPredictions(reference, run.classes, groupOf) };
  const { trials, metric } = sweep;
  const finished = trials.filter((trial) => trial.state === 'finished' && trial.run !== null);
  const others = withValues(finished, metric)
    .filter((trial) => trial.run !== run.id)
    .sort(bestFirst(metric.goal));
  const compared: { trial: TrialRecord; comparison: PairedComparison }[] = [];
  for (const trial of others) {
    const rows = inOrderOf(reference, await store.predictions(trial.run!, 'validation'));
    if (!rows) continue;
    const other = { id: trial.run!, predictions: asPredictions(rows, run.classes, groupOf) };
    compared.push({ trial, comparison: pairedComparisons([chosen, other])[0]! });
  }
  const corrected = holmCorrection(compared.map(({ comparison }) => comparison.p));
  const all = compared.map((rival, i) => ({
    ...rival,
    verdict: verdictOf(rival.comparison.p, groupOf !== null),
    verdictOfAll: verdictOf(corrected[i]!, groupOf !== null),
  }));
  return {
    finished: finished.length,
    runnerUp: all.find(({ trial }) => trial.number === others[0]?.number) ?? null,
    all,
  };
}
