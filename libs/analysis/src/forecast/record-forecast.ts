import { shareOf } from '@thaw/base';
import { asPredictions, fewestGroups, forecast } from '@thaw/metrics';
import type { Settings } from '@thaw/experiment';
import type { ForecastRecord, RunStore } from '@thaw/tracking';
import { chooseRun } from '../gap/choose-run.ts';
import { validationOfTrials } from '../gap/sweep-trials.ts';
import { groupsOfRun } from '../groups/groups-of-run.ts';
import { choiceDraws } from './choice-draws.ts';
import { chosenBy, correctedMetrics } from './chosen-by.ts';

const method =
  'bootstrap bias corrected cross-validation (Tsamardinos, Greasidou and Borboudakis 2018), drawing groups';

type ForecastStore = Pick<RunStore, 'run' | 'sweep' | 'predictions' | 'groups' | 'keepForecast'>;

export interface RecordForecastOptions {
  readonly cacheDir: string;
  readonly now?: () => Date;
}

/**
 * Forecasts what the trial that a sweep has chosen reaches on new images, from out-of-fold predictions of training images alone, and
 * keeps that with the sweep; one that is kept, of this trial among as many, stays unless it says that there is none. Null for a sweep
 * whose chosen trial has no folds. A UserError for one without a finished trial.
 */
export async function recordForecast(
  store: ForecastStore,
  sweepId: string,
  { cacheDir, now = () => new Date() }: RecordForecastOptions,
): Promise<ForecastRecord | null> {
  const { run, sweep } = await chooseRun(store, { run: null, sweep: sweepId });
  if (!sweep || run.settings?.split.folds === undefined) return null;
  const finished = sweep.trials.filter((trial) => trial.state === 'finished' && trial.run !== null);
  const { forecast: kept } = sweep;
  const isOfThis = kept?.trial === run.number && kept.trials === finished.length;
  if (isOfThis && kept.missing === null) return kept;
  const rows = await store.predictions(run.id, 'validation');
  const { groupOf, unit, twins } = await groupsOfRun(
    store,
    run,
    { validation: rows, test: [] },
    { cacheDir },
  );
  const metric = sweep.metric.name;
  const by = chosenBy(metric);
  const all = await validationOfTrials(store, sweep, rows);
  const chosenAmong = by === null || all.missing !== null ? [rows] : all.rows;
  const result = forecast(
    chosenAmong.map((each) => asPredictions(each, run.classes, groupOf)),
    {
      classes: run.classes.length,
      by: by ?? 'accuracy',
      random: choiceDraws(run.settings),
    },
  );
  const missing = whyNone({
    leak: twins ? `${shareOf(twins, rows.length)} training images` : null,
    metric: by === null && all.finished > 1 ? metric : null,
    others: all.missing,
    few: result.accuracy === null ? `${result.groups} ${unit}s` : null,
    unit,
  });
  const known = missing === null ? result.accuracy : null;
  const record: ForecastRecord = {
    trial: run.number,
    trials: all.finished,
    accuracy: known?.value ?? null,
    ci95: known?.ci95 ?? null,
    per_class: result.recalls.map(({ recall, groups }, i) => ({
      class: run.classes[i]!,
      recall: missing === null ? (recall?.value ?? null) : null,
      ci95: missing === null ? (recall?.ci95 ?? null) : null,
      groups,
    })),
    groups: result.groups,
    unit,
    method,
    uncorrected: result.uncorrected,
    early_stopping: keepsBestEpoch(run.settings),
    missing,
    at: now().toISOString(),
  };
  await store.keepForecast(sweep.id, record);
  return record;
}

/** Whether networks are those of the epoch that validated best; each fold's validation images are the ones that it then predicts. */
function keepsBestEpoch({ training: { early_stopping: stopping } }: Settings): boolean {
  return stopping !== false && stopping.restore_best_weights && stopping.monitor.startsWith('val_');
}

interface Hindrances {
  /** The training images that a network judged which had learned from another image of their group. */
  readonly leak: string | null;
  /** What the sweep chose by, where that is nothing to correct for. */
  readonly metric: string | null;
  /** Why the choice cannot be repeated, where not all trials were validated on the same images. */
  readonly others: string | null;
  /** How many groups there are, where they are too few. */
  readonly few: string | null;
  readonly unit: string;
}

/** Why the training images cannot say what new ones would give, as a clause; null where they can. */
function whyNone({ leak, metric, others, few, unit }: Hindrances): string | null {
  if (leak) {
    return `${leak} were validated by a network that had learned from another image of their ${unit}, which says nothing of new ${unit}s (split.strategy: grouped keeps them together)`;
  }
  if (metric) {
    return `the sweep chose by ${metric}, and the correction for the choice is for ${correctedMetrics}`;
  }
  if (others) return others;
  return (
    few &&
    `the training images are of ${few}, and fewer than ${fewestGroups} do not show how much ${unit}s differ`
  );
}
