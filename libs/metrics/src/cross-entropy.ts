import { checkNotEmpty, checkSameLength } from './check-labels.ts';

/** The smallest positive float32. */
const smallest = 2 ** -149;

/**
 * Mean negative log-likelihood in nats: the mean over samples of -ln(probability of the true class).
 *
 * `labels` are class indices, `probabilities` one row of a softmax's outputs a sample. This is what Keras's fit and
 * evaluate report for a model that ends in a softmax: they take the loss from the logits, and the clip to
 * [1e-7, 1 - 1e-7] of Keras's CategoricalCrossentropy on bare probabilities does not apply. A probability that has
 * underflowed to 0 counts as the smallest positive float32 (103.3 nats), so that the loss stays finite; Keras goes on
 * to grow there. NaN stays NaN. Rows are taken as they are, not divided by their sum.
 *
 * Throws RangeError for lengths that differ, for none at all and for labels outside a row.
 */
export function crossEntropy(labels: ArrayLike<number>, probabilities: readonly ArrayLike<number>[]): number {
  checkSameLength(labels, probabilities, 'rows of probabilities');
  checkNotEmpty(labels);
  let sum = 0;
  for (const [i, row] of probabilities.entries()) {
    const probability = row[labels[i]!];
    if (probability === undefined) {
      throw new RangeError(`labels[${i}] is ${labels[i]}, not an index of one of ${row.length} classes`);
    }
    sum -= Math.log(Math.max(probability, smallest));
  }
  return sum / labels.length;
}
