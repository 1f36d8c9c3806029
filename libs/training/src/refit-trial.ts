import { UserError } from '@thaw/base';
import type { Engine, Network, Weights } from '@thaw/compute';
import { trainingImagesOf, type Dataset, type ImageFile } from '@thaw/data';
import type { MetricName, PredictionRow, Settings } from '@thaw/experiment';
import { foldHeadWeights } from '@thaw/model';
import { predictionRows } from './evaluate-trained.ts';
import { withMemoryAdvice } from './memory/require-memory.ts';
import { TrialMemory } from './memory/trial-memory.ts';
import type { TrialObserver } from './observer.ts';
import { openTrial } from './open-trial.ts';
import { predictImages } from './predict-images.ts';
import { score } from './score.ts';
import { symmetriesIn, viewsOf } from './sources/view.ts';
import { trainEpochs } from './train-epochs.ts';

export interface RefitOptions {
  readonly engine: Engine;
  readonly cacheDir: string;
  readonly observer: TrialObserver;
  /** The SHA-256 of what the trial's backbone started from; any will do where it is not known. */
  readonly weightsSha256: string | undefined;
  /** For how many epochs. */
  readonly epochs: number;
  /** What the network is asked about when it is trained. */
  readonly predict: readonly ImageFile[];
  /** Awaited when it is trained, before it is asked. */
  readonly beforePredict: () => Promise<void>;
  /** Aborts between two batches. */
  readonly signal?: AbortSignal | undefined;
}

export interface Refit {
  /** The whole network in inference. */
  readonly network: Network;
  readonly weights: Weights;
  /** What it says of the images of `predict`. */
  readonly rows: PredictionRow[];
  readonly figures: Readonly<Record<MetricName, number>>;
}

/**
 * Trains a trial with folds anew on all training images of its data set, none held out, for so many epochs; schedules of the learning
 * rate go as they would have gone in a fold. Throws UserError for a schedule that goes by validation images, of which there are none,
 * for weights that are not those of the trial, and as `runTrial` does.
 */
export async function refitTrial(
  settings: Settings,
  dataset: Dataset,
  { engine, cacheDir, observer, weightsSha256, epochs, predict, beforePredict, signal }: RefitOptions,
): Promise<Refit> {
  const schedule = settings.training.learning_rate_schedule;
  if (schedule?.type === 'reduce_on_plateau' && schedule.monitor.startsWith('val_')) {
    throw new UserError(
      `the trial cannot be refitted on all training images: its learning rate goes by ${schedule.monitor} (training.learning_rate_schedule), and no image is left to validate`,
      { kind: 'conflict' },
    );
  }
  const memory = new TrialMemory();
  try {
    const trial = await openTrial(memory, settings, {
      engine,
      cacheDir,
      observer,
      dataset,
      weightsSha256,
    });
    const { model, suffix, source, weights: initial } = trial;
    const onProgress = (done: number, total: number) => {
      observer.phase('features', done, total);
    };
    const symmetries = symmetriesIn(settings);
    await source.prepare(viewsOf(predict, symmetries), null, { signal, onProgress });
    const training = {
      settings: { ...settings, training: { ...settings.training, early_stopping: false as const } },
      dataset: { ...dataset, train: trainingImagesOf(dataset), validation: [], folds: null },
      engine,
      source,
      cacheDir,
      network: suffix,
      weights: initial,
      trainable: trial.trainable,
      headLayers: model.headLayers,
      depths: model.depths,
      penalties: model.penalties,
      observer,
      checkpoints: null,
      signal,
      prune: ({ epoch }: { epoch: number }) => Promise.resolve(epoch >= epochs),
    };
    const needs = { settings, classes: dataset.classes.length, engine };
    const { weights } = await withMemoryAdvice(needs, () => trainEpochs(training));
    const options = { engine, observer, symmetries, passing: false };
    await beforePredict();
    const rows = await predictImages(predict, suffix, weights, source, options);
    return {
      network: model.exported,
      weights: foldHeadWeights(model.network, weights),
      rows: predictionRows(predict, rows, dataset.classes),
      figures: score(predict, rows),
    };
  } finally {
    await memory.clear();
  }
}
