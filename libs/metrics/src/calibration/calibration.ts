import { predictedClasses, type Predictions } from '../predictions.ts';
import { brierScore } from './brier-score.ts';
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

const binCount = 15;
/** By so much rounding may lift a probability above 1. */
const rounding = 1e-6;

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
  const predicted = predictedClasses(predictions);
  const bins = Array.from({ length: binCount }, () => ({ images: 0, confidence: 0, right: 0 }));
  for (const [i, row] of probabilities.entries()) {
    const confidence = row[predicted[i]!]!;
    const bin = bins[binOf(confidence)];
    if (!bin) throw new RangeError(`probabilities[${i}] holds ${confidence}, which is not inside [0, 1]`);
    bin.images++;
    bin.confidence += confidence;
    if (predicted[i] === labels[i]) bin.right++;
  }
  return {
    ece: bins.reduce((total, bin) => total + Math.abs(bin.right - bin.confidence), 0) / labels.length,
    brier: brierScore(labels, probabilities),
    nll: negativeLogLikelihood(labels, probabilities),
    reliability: bins.map(({ images, confidence, right }, index) => ({
      lower: index / binCount,
      upper: (index + 1) / binCount,
      images,
      confidence: images === 0 ? null : confidence / images,
      accuracy: images === 0 ? null : right / images,
    })),
  };
}

/** -1 for what no bin holds, NaN too. The edges are compared, not divided by, so that a bin holds what its edges say. */
function binOf(confidence: number): number {
  if (!(confidence >= 0 && confidence <= 1 + rounding)) return -1;
  for (let index = 0; index < binCount; index++) {
    if (confidence <= (index + 1) / binCount) return index;
  }
  return binCount - 1;
}
