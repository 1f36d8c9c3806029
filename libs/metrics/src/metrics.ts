import type { MetricName } from '@thaw/experiment';
import { accuracy } from './accuracy.ts';
import { argmax } from './argmax.ts';
import { balancedAccuracy } from './balanced-accuracy.ts';
import { calibrationError } from './calibration/calibration-error.ts';
import { checkClassIndices, checkNotEmpty, checkSameLength } from './check-labels.ts';
import { crossEntropy } from './cross-entropy.ts';
import { macroAuc } from './macro-auc.ts';
import { macroF1 } from './macro-f1.ts';
import type { Scored } from './scored.ts';

/** How each metric that a trial reports is computed. Which way it is better stands with its name, in libs/experiment. */
export const metrics: Readonly<Record<MetricName, (scored: Scored) => number>> = {
  loss: ({ labels, probabilities }) => crossEntropy(labels, probabilities),
  accuracy: ({ labels, predicted }) => accuracy(labels, predicted),
  balanced_accuracy: balancedAccuracy,
  macro_f1: macroF1,
  auc: macroAuc,
  calibration_error: calibrationError,
};

/** All metrics of one set of images, `labels` class indices and `probabilities` a row an image. Throws RangeError as the metrics do. */
export function evaluate(
  labels: ArrayLike<number>,
  probabilities: readonly ArrayLike<number>[],
): Record<MetricName, number> {
  checkSameLength(labels, probabilities, 'rows of probabilities');
  checkNotEmpty(labels);
  checkClassIndices('labels', labels, probabilities[0]!.length);
  const scored = { labels, probabilities, predicted: probabilities.map(argmax) };
  const entries = Object.entries(metrics).map(([name, compute]) => [name, compute(scored)]);
  return Object.fromEntries(entries) as Record<MetricName, number>;
}
