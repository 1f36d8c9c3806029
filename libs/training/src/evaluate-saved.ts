import { UserError } from '@thaw/base';
import type { Engine } from '@thaw/compute';
import type { Dataset, ImageFile } from '@thaw/data';
import type { MetricName, PredictionRow, Settings } from '@thaw/experiment';
import { predictionRows } from './evaluate-trained.ts';
import { MeanRows } from './mean-rows.ts';
import type { TrialObserver } from './observer.ts';
import { inputSource } from './open-trial.ts';
import { predictImages } from './predict-images.ts';
import { loadNetworks, type ModelFolder } from './saved-networks.ts';
import { score } from './score.ts';
import { symmetriesIn, viewsOf } from './sources/view.ts';
import { TrialFailure } from './trial-failure.ts';

export interface EvaluateSavedOptions {
  readonly engine: Engine;
  readonly cacheDir: string;
  readonly observer: TrialObserver;
  /** Aborts between two batches. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * What a trial that is over says of some images of its data set, by the networks in its model's folder: of several folds the mean of
 * their probabilities. Throws UserError where an answer is NaN or infinite.
 */
export async function evaluateSaved(
  settings: Settings,
  dataset: Dataset,
  images: readonly ImageFile[],
  kept: ModelFolder,
  { engine, cacheDir, observer, signal }: EvaluateSavedOptions,
): Promise<{ readonly rows: PredictionRow[]; readonly figures: Readonly<Record<MetricName, number>> }> {
  const { classes } = dataset;
  const { prefix, suffix, frozen, members } = await loadNetworks(settings, classes.length, kept);
  const source = inputSource(settings, dataset, prefix, suffix, frozen, { engine, cacheDir });
  try {
    const onProgress = (done: number, total: number) => observer.phase('features', done, total);
    const symmetries = symmetriesIn(settings);
    await source.prepare(viewsOf(images, symmetries), null, { signal, onProgress });
    const means = new MeanRows();
    const options = { engine, observer, symmetries, passing: members.length > 1 };
    for (const weights of members) {
      const rows = await predictImages(images, suffix, weights, source, options);
      for (const [i, { name }] of images.entries()) means.add(name, rows[i]!);
    }
    const rows = images.map(({ name }) => means.mean(name));
    return { rows: predictionRows(images, rows, classes), figures: score(images, rows) };
  } catch (error) {
    throw error instanceof TrialFailure
      ? new UserError(error.message, { kind: 'conflict', cause: error })
      : error;
  } finally {
    await source.dispose();
  }
}
