import type { Scored } from '../scored.ts';
import { binOf, confidenceBins } from './confidence-bins.ts';

/**
 * Expected calibration error, 0 to 1: the mean over images of the distance between their bin's mean confidence and its accuracy
 * (`confidenceBins`). NaN for probabilities that are NaN; otherwise throws RangeError as the bins do.
 * Source: Guo, Pleiss, Sun and Weinberger (2017), On calibration of modern neural networks, equation 3, and their code.
 */
export function calibrationError(scored: Scored): number {
  const { probabilities, predicted } = scored;
  if (probabilities.some((row, i) => Number.isNaN(row[predicted[i]!]))) return Number.NaN;
  const total = confidenceBins(scored).reduce((sum, bin) => sum + Math.abs(bin.right - bin.confidence), 0);
  return total / probabilities.length;
}

/** How far each image moves the calibration error `value`, times the number of images (its influence). */
export function calibrationErrorInfluences(scored: Scored, value: number): Float64Array {
  const { labels, probabilities, predicted } = scored;
  const signs = confidenceBins(scored).map(({ confidence, right }) => Math.sign(confidence - right));
  return Float64Array.from(probabilities, (row, i) => {
    const confidence = row[predicted[i]!]!;
    return signs[binOf(confidence)]! * (confidence - Number(predicted[i] === labels[i])) - value;
  });
}
