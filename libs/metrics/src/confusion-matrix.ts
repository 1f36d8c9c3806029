import { checkClassIndices, checkSameLength } from './check-labels.ts';

/**
 * Counts of samples, [true class][predicted class], `classCount` by `classCount`; scikit-learn's confusion_matrix with
 * `labels` fixed to all classes. Labels and predictions are class indices, one a sample; none give zeros. Throws
 * RangeError for lengths that differ and for indices outside the classes.
 */
export function confusionMatrix(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  classCount: number,
): number[][] {
  checkSameLength(labels, predictions, 'predictions');
  checkClassIndices('labels', labels, classCount);
  checkClassIndices('predictions', predictions, classCount);
  const matrix = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0));
  for (let i = 0; i < labels.length; i++) {
    matrix[labels[i]!]![predictions[i]!]!++;
  }
  return matrix;
}
