import type { PredictionRow } from '@thaw/experiment';
import { asPredictions, selectionOptimism } from '@thaw/metrics';
import type { GapDocument, RunStore } from '@thaw/tracking';
import { choiceDraws } from '../forecast/choice-draws.ts';
import { chosenBy, correctedMetrics } from '../forecast/chosen-by.ts';
import type { ChosenRun } from './choose-run.ts';
import { validationOfTrials } from './sweep-trials.ts';

export interface MeasuredSelection {
  /** Null where nothing was selected, or it cannot be known. */
  readonly figures: GapDocument['selection'];
  /** Why it cannot be known; null where it is, or where nothing was selected. */
  readonly missing: string | null;
}

/**
 * How optimistic a run's validation accuracy is because the run was the best of its sweep on these very images. A run of
 * its own, one of a sweep of one trial, and one that its sweep did not choose were not selected. It is what the sweep's forecast, where
 * there is one, takes off.
 */
export async function measureSelection(
  store: Pick<RunStore, 'predictions'>,
  { run, sweep, isBest }: ChosenRun,
  validation: readonly PredictionRow[],
  groupOf: ((file: string) => string) | null,
): Promise<MeasuredSelection> {
  if (run.sweep !== null && sweep === null) {
    return { figures: null, missing: `sweep ${run.sweep} is gone or cannot be read` };
  }
  if (sweep === null || !isBest) return { figures: null, missing: null };
  const by = chosenBy(sweep.metric.name);
  if (by === null) {
    const missing = `the sweep chose by ${sweep.metric.name}, and the method is for ${correctedMetrics}`;
    return { figures: null, missing };
  }
  const { rows: trials, missing } = await validationOfTrials(store, sweep, validation);
  if (missing !== null || trials.length < 2) return { figures: null, missing };
  const { optimism, ci95 } = selectionOptimism(
    trials.map((rows) => asPredictions(rows, run.classes, groupOf)),
    { by, random: choiceDraws(run.settings) },
  );
  return { figures: { trials: trials.length, optimism, ci95 }, missing: null };
}
