import type { Scored } from '../scored.ts';

export const binCount = 15;
/** By so much rounding may lift a probability above 1. */
const rounding = 1e-6;

/** The images of one bin: sums of their confidences, and of those that are right. */
export interface ConfidenceBin {
  images: number;
  confidence: number;
  right: number;
}

/**
 * Images by their confidence, the probability of the predicted class, in 15 bins of equal width; a confidence on an edge belongs to
 * the bin below. Throws RangeError for a confidence outside [0, 1] by more than rounding (1e-6).
 */
export function confidenceBins({ labels, probabilities, predicted }: Scored): ConfidenceBin[] {
  const bins = Array.from({ length: binCount }, () => ({ images: 0, confidence: 0, right: 0 }));
  for (const [i, row] of probabilities.entries()) {
    const confidence = row[predicted[i]!]!;
    const bin = bins[binOf(confidence)];
    if (!bin) throw new RangeError(`probabilities[${i}] holds ${confidence}, which is not inside [0, 1]`);
    bin.images++;
    bin.confidence += confidence;
    if (predicted[i] === labels[i]) bin.right++;
  }
  return bins;
}

/** -1 for what no bin holds, NaN too. The edges are compared, not divided by, so that a bin holds what its edges say. */
export function binOf(confidence: number): number {
  if (!(confidence >= 0 && confidence <= 1 + rounding)) return -1;
  for (let index = 0; index < binCount; index++) {
    if (confidence <= (index + 1) / binCount) return index;
  }
  return binCount - 1;
}
