import type { Network } from '@thaw/compute';
import type { Dataset, ImageFile } from '@thaw/data';
import { prefixed, type MetricName, type PredictionRow, type Summary } from '@thaw/experiment';
import { argmax } from '@thaw/metrics';
import type { InputSource } from './sources/input-source.ts';
import { predictImages, predictValidation, type PredictOptions } from './predict-images.ts';
import { noFigures, score } from './score.ts';
import type { Trained } from './train-epochs.ts';
import { TrialFailure } from './trial-failure.ts';

export interface Evaluation {
  readonly summary: Summary;
  /** `test` is empty where the test images were left alone. */
  readonly predictions: { readonly validation: PredictionRow[]; readonly test: PredictionRow[] };
}

export interface EvaluateOptions extends PredictOptions {
  /** Whether the test images are looked at. */
  readonly test: boolean;
}

/** What a trained network says of the validation and test images, and what a trial comes to by that. */
export async function evaluateTrained(
  { epochs, kept, weights, validated }: Trained,
  dataset: Dataset,
  network: Network,
  source: InputSource,
  options: EvaluateOptions,
): Promise<Evaluation> {
  const { classes, validation } = dataset;
  const test = options.test ? dataset.test : [];
  const onValidation = validated ?? (await predictValidation(validation, network, weights, source, options));
  const onTest = await predictImages(test, network, weights, source, options);
  const val = score(validation, onValidation);
  return {
    predictions: {
      validation: predictionRows(validation, onValidation, classes),
      test: predictionRows(test, onTest, classes),
    },
    summary: {
      epochs,
      best_epoch: kept.epoch,
      ...prefixed('train_', kept),
      ...prefixed('val_', val),
      ...testFigures(val.accuracy, options.test ? score(test, onTest) : null),
    },
  };
}

/** The test's part of a summary; no numbers where it was not looked at. */
export function testFigures(
  valAccuracy: number,
  tested: Readonly<Record<MetricName, number>> | null,
): Pick<Summary, `test_${MetricName}` | 'gap'> {
  const figures = tested ?? noFigures;
  return { ...prefixed('test_', figures), gap: valAccuracy - figures.accuracy };
}

/** Throws TrialFailure for an answer that is NaN or infinite, which would count as one for the first class. */
export function predictionRows(
  images: readonly ImageFile[],
  probabilities: readonly Float32Array[],
  classes: readonly string[],
): PredictionRow[] {
  const broken = probabilities.findIndex((row) => !row.every(Number.isFinite));
  if (broken >= 0) {
    throw new TrialFailure(
      `the answer to ${images[broken]!.name} is NaN or infinite: training has diverged, try a smaller learning rate`,
    );
  }
  return images.map((image, i) => ({
    file: image.name,
    label: classes[image.label]!,
    predicted: classes[argmax(probabilities[i]!)]!,
    probabilities: [...probabilities[i]!],
  }));
}
