import { checkNotEmpty, checkSameLength } from './check-labels.ts';

/**
 * The fraction of predictions that equal their label, 0 to 1. Both are class indices, one a sample. Throws RangeError
 * when their lengths differ or there are none.
 */
export function accuracy(labels: ArrayLike<number>, predictions: ArrayLike<number>): number {
  checkSameLength(labels, predictions, 'predictions');
  checkNotEmpty(labels);
  let right = 0;
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === predictions[i]) right++;
  }
  return right / labels.length;
}
