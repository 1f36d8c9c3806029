import { predictedClasses, type Predictions } from '../predictions.ts';
import { brierScore } from './brier-score.ts';
import { calibrationError } from './calibration-error.ts';
import { binCount, confidenceBins } from './confidence-bins.ts';
import { negativeLogLikelihood } from './negative-log-likelihood.ts';

/** Images whose confidence (probability of the predicted class) is above `lower` and at most `upper`. */
export interface ReliabilityBin {
  readonly lower: number;
  readonly upper: number;
  readonly images: number;
  /** Mean confidence; null in an empty bin. */
  readonly confidence: number | null;
  /** Fraction right; null in an empty bin. */
  readonly accuracy: number | null;
}

export interface Calibration {
  /** Expected calibration error, 0 to 1. */
  readonly ece: number;
  readonly brier: number;
  /** Mean negative log-likelihood, nats. */
  readonly nll: number;
  readonly reliability: readonly ReliabilityBin[];
}

/**
 * How far probabilities can be believed. The reliability bins are 15 of equal width; a confidence on an edge belongs to
 * the bin below, and the expected calibration error is the mean over images of the distance between their bin's mean
 * confidence and its accuracy. Brier score and negative log-likelihood are scikit-learn's (`brierScore`,
 * `negativeLogLikelihood`). Throws RangeError as `predictedClasses` does, and for a confidence outside [0, 1] by
 * more than rounding (1e-6).
 * Source: Guo, Pleiss, Sun and Weinberger (2017), On calibration of modern neural networks, equation 3, and their code.
 */
export function calibration(predictions: Predictions): Calibration {
  const { labels, probabilities } = predictions;
  const scored = { labels, probabilities, predicted: predictedClasses(predictions) };
  return {
    ece: calibrationError(scored),
    brier: brierScore(labels, probabilities),
    nll: negativeLogLikelihood(labels, probabilities),
    reliability: confidenceBins(scored).map(({ images, confidence, right }, index) => ({
      lower: index / binCount,
      upper: (index + 1) / binCount,
      images,
      confidence: images === 0 ? null : confidence / images,
      accuracy: images === 0 ? null : right / images,
    })),
  };
}
