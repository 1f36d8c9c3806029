import type { Dataset } from '@thaw/data';
import {
  figuresBehind,
  meanOfFolds,
  metricNames,
  prefixed,
  type EpochRecord,
  type FoldSummary,
  type MetricName,
} from '@thaw/experiment';
import type { FinishedFold } from './checkpoint/checkpoint.ts';
import type { Checkpoints } from './checkpoint/checkpoints.ts';
import type { TrialObserver } from './observer.ts';
import { trainEpochs, type Trained, type TrainEpochsOptions } from './train-epochs.ts';
import { trainedWeights } from './trained-weights.ts';

export type TrainFoldsOptions = Omit<TrainEpochsOptions, 'dataset' | 'checkpoints'> & {
  readonly checkpoints: Checkpoints | null;
};

export interface TrainedFolds {
  readonly finished: readonly FinishedFold[];
  /** What each says of its validation images, a row of probabilities each; null where it was finished before a checkpoint. */
  readonly validated: readonly Trained['validated'][];
  /** Whether `prune` ended it before all folds were trained. */
  readonly pruned: boolean;
}

/**
 * Trains once for each of `folds`, all from the same beginning, and from the last checkpoint on where there is one. `prune` is asked
 * after each fold that another would follow, with what the folds so far come to; its `epoch` is their number. Of folds that a checkpoint
 * has it is told again, as the observer is of their epochs; they were judged before, so that its answers change nothing.
 */
export async function trainFolds(
  options: TrainFoldsOptions,
  folds: readonly Dataset[],
): Promise<TrainedFolds> {
  const { checkpoints, observer, prune, trainable } = options;
  const finished: FinishedFold[] = [...((await checkpoints?.read())?.finished ?? [])];
  const rows: Trained['validated'][] = finished.map(() => null);
  for (const [i, { epochs }] of finished.entries()) {
    const told = foldObserver(observer, finished.slice(0, i));
    for (const record of epochs) told.epoch(record);
    await prune?.(soFar(finished.slice(0, i + 1), folds));
  }
  for (const dataset of folds.slice(finished.length)) {
    const epochs: EpochRecord[] = [];
    const told = foldObserver(observer, finished);
    const { kept, weights, validated } = await trainEpochs({
      ...options,
      dataset,
      prune: undefined,
      checkpoints: checkpoints && checkpoints.behind([...finished]),
      observer: {
        ...told,
        epoch: (record) => {
          epochs.push(record);
          told.epoch(record);
        },
      },
    });
    finished.push({ epochs, kept, weights: trainedWeights(trainable, weights) });
    rows.push(validated);
    if (prune && finished.length < folds.length && (await prune(soFar(finished, folds)))) {
      return { finished, validated: rows, pruned: true };
    }
  }
  return { finished, validated: rows, pruned: false };
}

/** What each finished fold came to; `folds` are the data sets of all. */
export function foldSummaries(finished: readonly FinishedFold[], folds: readonly Dataset[]): FoldSummary[] {
  return finished.map(({ epochs, kept }, i) => ({
    epochs: epochs.length,
    best_epoch: kept.epoch,
    ...prefixed('train_', kept),
    ...figuresBehind('val_', kept),
    images: folds[i]!.validation.length,
  }));
}

function soFar(finished: readonly FinishedFold[], folds: readonly Dataset[]): EpochRecord {
  const means = meanOfFolds(foldSummaries(finished, folds));
  const ofTraining = metricNames.map((name) => [name, means[`train_${name}`]]);
  return {
    ...{ epoch: finished.length, fold: finished.length },
    ...(Object.fromEntries(ofTraining) as Pick<EpochRecord, MetricName>),
    ...figuresBehind('val_', means),
    seconds: finished.flatMap(({ epochs }) => epochs).reduce((sum, { seconds }) => sum + seconds, 0),
    images_per_second: finished.at(-1)!.kept.images_per_second,
  };
}

/** Hears the epochs of the fold behind these and passes them on with their number in the whole trial. */
function foldObserver(observer: TrialObserver, before: readonly FinishedFold[]): TrialObserver {
  const fold = before.length + 1;
  const epochsBefore = before.reduce((sum, { epochs }) => sum + epochs.length, 0);
  return {
    phase: (...how) => {
      observer.phase(...how);
    },
    batch: (...how) => {
      observer.batch(...how);
    },
    epoch: (record) => {
      observer.epoch({ ...record, epoch: epochsBefore + record.epoch, fold, fold_epoch: record.epoch });
    },
  };
}
