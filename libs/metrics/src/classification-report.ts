import { sum } from '@thaw/base/browser';
import { checkNotEmpty } from './check-labels.ts';
import { confusionMatrix } from './confusion-matrix.ts';

export interface Scores {
  /** Right among those predicted as the class, 0 to 1. */
  readonly precision: number;
  /** Right among those of the class, 0 to 1. */
  readonly recall: number;
  /** Harmonic mean of precision and recall, taken from the counts: 2 tp / (2 tp + fp + fn). */
  readonly f1: number;
  /** Samples of the class; for an average, all samples. */
  readonly support: number;
}

export interface ClassScores extends Scores {
  readonly class: string;
}

export interface ClassificationReport {
  /** In the order of the classes given. */
  readonly perClass: readonly ClassScores[];
  readonly accuracy: number;
  /** Mean over classes. */
  readonly macro: Scores;
  /** Mean over classes, weighted by support. */
  readonly weighted: Scores;
}

/**
 * scikit-learn 1.9's classification_report(labels=all classes, output_dict=True).
 *
 * `labels` and `predictions` are indices into `classes`, one a sample. `zeroDivision` (0, 1 or NaN) stands where a
 * score is 0/0: precision of a class that was never predicted, recall of a class without samples, F1 of a class with
 * neither. NaN scores are left out of both averages; where the classes that are left have no samples, the weighted
 * average is their plain mean.
 *
 * Throws RangeError for no samples (as scikit-learn does), for lengths that differ, for indices outside the classes and
 * for any other `zeroDivision`.
 */
export function classificationReport(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  classes: readonly string[],
  options: { readonly zeroDivision?: number } = {},
): ClassificationReport {
  const { zeroDivision = 0 } = options;
  if (zeroDivision !== 0 && zeroDivision !== 1 && !Number.isNaN(zeroDivision)) {
    throw new RangeError(`zeroDivision is 0, 1 or NaN, not ${zeroDivision}`);
  }
  checkNotEmpty(labels);
  const matrix = confusionMatrix(labels, predictions, classes.length);
  const divide = (numerator: number, denominator: number) =>
    denominator === 0 ? zeroDivision : numerator / denominator;
  const perClass = classes.map((name, index) => {
    const right = matrix[index]![index]!;
    const support = sum(matrix[index]!);
    const predicted = sum(matrix.map((row) => row[index]!));
    return {
      class: name,
      precision: divide(right, predicted),
      recall: divide(right, support),
      f1: divide(2 * right, support + predicted),
      support,
    };
  });
  return {
    perClass,
    accuracy: sum(matrix.map((row, index) => row[index]!)) / labels.length,
    macro: average(perClass, () => 1),
    weighted: average(perClass, (scores) => scores.support),
  };
}

function average(perClass: readonly Scores[], weightOf: (scores: Scores) => number): Scores {
  const mean = (score: 'precision' | 'recall' | 'f1') => {
    const defined = perClass.filter((scores) => !Number.isNaN(scores[score]));
    const weights = defined.map(weightOf);
    const total = sum(weights);
    return total === 0
      ? sum(defined.map((scores) => scores[score])) / defined.length
      : sum(defined.map((scores, i) => scores[score] * weights[i]!)) / total;
  };
  return {
    precision: mean('precision'),
    recall: mean('recall'),
    f1: mean('f1'),
    support: sum(perClass.map((scores) => scores.support)),
  };
}
