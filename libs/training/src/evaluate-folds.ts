import type { Network, Weights } from '@thaw/compute';
import type { Dataset } from '@thaw/data';
import { meanOfFolds, prefixed } from '@thaw/experiment';
import { predictionRows, testFigures, type EvaluateOptions, type Evaluation } from './evaluate-trained.ts';
import { MeanRows } from './mean-rows.ts';
import { predictImages, predictValidation } from './predict-images.ts';
import { score } from './score.ts';
import type { InputSource } from './sources/input-source.ts';
import { foldSummaries, type TrainedFolds } from './train-folds.ts';
import { withTrained } from './trained-weights.ts';

export interface Folded {
  readonly dataset: Dataset;
  /** The data set of each training. */
  readonly folds: readonly Dataset[];
  /** The weights that all of them began with. */
  readonly initial: Weights;
}

/**
 * What the networks of a trial's folds say: of every training image that of the network which has not seen it (of several repeats
 * the mean of their probabilities), of test images the mean of all networks' probabilities.
 */
export async function evaluateFolds(
  { finished, validated: rows }: TrainedFolds,
  { dataset, folds, initial }: Folded,
  network: Network,
  source: InputSource,
  options: EvaluateOptions,
): Promise<Evaluation> {
  const { classes } = dataset;
  const test = options.test ? dataset.test : [];
  const outOfFold = new MeanRows();
  const tested = new MeanRows();
  for (const [i, { weights }] of finished.entries()) {
    const { validation } = folds[i]!;
    const all = withTrained(initial, weights);
    const onFold = rows[i] ?? (await predictValidation(validation, network, all, source, options));
    for (const [j, { name }] of validation.entries()) outOfFold.add(name, onFold[j]!);
    const onTest = await predictImages(test, network, all, source, options);
    for (const [j, { name }] of test.entries()) tested.add(name, onTest[j]!);
  }
  // A trial that was pruned has not validated all.
  const validated = dataset.validation.filter(({ name }) => outOfFold.has(name));
  const onValidation = validated.map(({ name }) => outOfFold.mean(name));
  const onTest = test.map(({ name }) => tested.mean(name));
  const val = score(validated, onValidation);
  const summaries = foldSummaries(finished, folds);
  const means = meanOfFolds(summaries);
  const best = summaries.map(({ best_epoch }) => best_epoch).sort((a, b) => a - b);
  return {
    predictions: {
      validation: predictionRows(validated, onValidation, classes),
      test: predictionRows(test, onTest, classes),
    },
    summary: {
      epochs: summaries.reduce((sum, { epochs }) => sum + epochs, 0),
      best_epoch: best[Math.floor(best.length / 2)]!,
      ...means,
      ...prefixed('val_', val),
      ...testFigures(val.accuracy, options.test ? score(test, onTest) : null),
      folds: summaries,
    },
  };
}
