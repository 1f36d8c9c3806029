import type { Engine, Weights } from '@thaw/compute';
import type { Dataset } from '@thaw/data';
import type { MetricName, PredictionRow, Settings } from '@thaw/experiment';
import { buildModel, cutNetwork, loadTensorflowJsWeights } from '@thaw/model';
import { join } from 'node:path';
import { predictionRows, rowsOfImages } from './evaluate-trained.ts';
import { MeanRows } from './mean-rows.ts';
import type { TrialObserver } from './observer.ts';
import { inputSource } from './open-trial.ts';
import { foldFolder, frozenFolder } from './saved-networks.ts';
import { score } from './score.ts';
import { symmetriesIn, viewsOf } from './sources/view.ts';

export interface EvaluateOnTestOptions {
  readonly engine: Engine;
  readonly cacheDir: string;
  readonly observer: TrialObserver;
  /** Aborts between two batches. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * What a trial that is over says of the test images of its data set, by the networks in its model's folder: of several folds the
 * mean of their probabilities. `folds`: how many networks it has trained; null for a trial without folds.
 */
export async function evaluateOnTest(
  settings: Settings,
  dataset: Dataset,
  { folder, folds }: { readonly folder: string; readonly folds: number | null },
  { engine, cacheDir, observer, signal }: EvaluateOnTestOptions,
): Promise<{ readonly rows: PredictionRow[]; readonly figures: Readonly<Record<MetricName, number>> }> {
  const { exported, trainable } = buildModel(settings.model, dataset.classes.length);
  const { prefix, suffix } = cutNetwork(exported, trainable);
  const load = (name: string, network: typeof exported) =>
    loadTensorflowJsWeights(join(folder, name, 'model.json'), network);
  const frozen: Weights =
    folds === null ? await load('', exported) : prefix ? await load(frozenFolder, prefix) : new Map();
  const networks =
    folds === null
      ? [frozen]
      : await Promise.all(Array.from({ length: folds }, (_, fold) => load(foldFolder(fold), suffix)));
  const source = inputSource(settings, dataset, prefix, suffix, frozen, { engine, cacheDir });
  try {
    const { test, classes } = dataset;
    const onProgress = (done: number, total: number) => observer.phase('features', done, total);
    const symmetries = symmetriesIn(settings);
    await source.prepare(viewsOf(test, symmetries), null, { signal, onProgress });
    const means = new MeanRows();
    for (const weights of networks) {
      const rows = await rowsOfImages(test, suffix, weights, source, { engine, observer, symmetries });
      for (const [i, { name }] of test.entries()) means.add(name, rows[i]!);
    }
    const rows = test.map(({ name }) => means.mean(name));
    return { rows: predictionRows(test, rows, classes), figures: score(test, rows) };
  } finally {
    await source.dispose();
  }
}
