import { metricValue, type Metric } from '@thaw/experiment';
import { asPredictions, compareRuns, holmCorrection, inOrderOf, type RunComparison } from '@thaw/metrics';
import type { Store, SweepRecord, TrialRecord } from '@thaw/tracking';
import type { ChosenRun } from '../gap/choose-run.ts';

/** Another finished trial of the sweep, against the chosen one on the same validation images. */
export interface Rival {
  readonly trial: TrialRecord;
  readonly comparison: RunComparison;
  /** Of its comparison, after Holm's correction for all rivals. */
  readonly pCorrected: number;
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
  store: Pick<Store, 'predictions'>,
  { run }: ChosenRun,
  sweep: SweepRecord,
  groupOf: ((file: string) => string) | null,
): Promise<Rivals> {
  const reference = await store.predictions(run.id, 'validation');
  const chosen = { id: run.id, predictions: asPredictions(reference, run.classes, groupOf) };
  const finished = sweep.trials.filter((trial) => trial.state === 'finished' && trial.run !== null);
  const compared: { trial: TrialRecord; comparison: RunComparison }[] = [];
  for (const trial of byMetric(finished, sweep)) {
    if (trial.run === run.id) continue;
    const rows = inOrderOf(reference, await store.predictions(trial.run!, 'validation'));
    if (!rows) continue;
    const other = { id: trial.run!, predictions: asPredictions(rows, run.classes, groupOf) };
    compared.push({ trial, comparison: compareRuns([chosen, other])[0]! });
  }
  const corrected = holmCorrection(compared.map(({ comparison }) => comparison.p));
  const all = compared.map((rival, i) => ({ ...rival, pCorrected: corrected[i]! }));
  const next = byMetric(finished, sweep).find((trial) => trial.run !== run.id);
  return {
    finished: finished.length,
    runnerUp: all.find(({ trial }) => trial.number === next?.number) ?? null,
    all,
  };
}

/** The best first, of equals the one with the lower number, as `bestTrial` chooses; those without a value last. */
function byMetric(trials: readonly TrialRecord[], { metric }: SweepRecord): TrialRecord[] {
  const sign = metric.goal === 'maximize' ? -1 : 1;
  const rank = (trial: TrialRecord) => {
    const value = metricValue(metric.name as Metric['name'], trial.summary);
    return value === null || Number.isNaN(value) ? Infinity : sign * value;
  };
  return [...trials].sort((a, b) => rank(a) - rank(b) || a.number - b.number);
}
