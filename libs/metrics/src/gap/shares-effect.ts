import { accuracyInterval } from '../accuracy-interval.ts';
import { combination, type Estimate } from '../intervals/difference.ts';
import { clustersOf, predictedClasses, type Predictions } from '../predictions.ts';
import { classEstimates } from './class-estimates.ts';

/** How often each class occurs among validation and test images, and what that does to the gap. */
export interface SharesEffect {
  /** The share of each class in each set, 0 to 1, in the order of the classes. */
  readonly shares: readonly { readonly validation: number; readonly test: number }[];
  /**
   * The test accuracy if each class were as frequent as among the validation images: the sum of its recalls on test images, each
   * times the share of validation images. Null where a class of the validation images has no test image.
   */
  readonly testAtValidationShares: Estimate | null;
  /** That minus the test accuracy: what the shares alone add to the gap. Null as above. */
  readonly effect: Estimate | null;
  /** The classes, by index, that have validation images and no test images. */
  readonly untested: readonly number[];
}

/**
 * What of the gap comes from different class shares, with recalls as they are (Kitagawa 1955, Components of a difference
 * between two rates, JASA 50; label shift in the terms of Lipton, Wang and Smola 2018). The recalls are those on test images, which
 * neither copies in training nor choosing a trial on the validation images can flatter. What remains of the gap is how the recalls
 * differ: validation accuracy minus `testAtValidationShares`.
 *
 * Intervals are made from those of the recalls (`combination`); shares are taken as they are. Where a recall has none, as of a class
 * with one group, the accuracy at other shares is taken for as sure as the accuracy. `classes` is how many there are. Throws
 * RangeError for no images.
 */
export function sharesEffect(
  validationLabels: ArrayLike<number>,
  test: Predictions,
  classes: number,
): SharesEffect {
  const indices = Array.from({ length: classes }, (_, index) => index);
  const [ofValidation, ofTest] = [validationLabels, test.labels].map((labels) => {
    const counts = new Float64Array(classes);
    Array.from(labels).forEach((label) => counts[label]!++);
    return counts.map((count) => count / labels.length);
  }) as [Float64Array, Float64Array];
  const shares = indices.map((index) => ({ validation: ofValidation[index]!, test: ofTest[index]! }));
  const untested = indices.filter((index) => shares[index]!.validation > 0 && shares[index]!.test === 0);
  if (untested.length > 0) return { shares, testAtValidationShares: null, effect: null, untested };
  const predicted = predictedClasses(test);
  const clusters = clustersOf(test);
  const recalls = indices.map((index) => classEstimates(index, test.labels, predicted, clusters).recall);
  const weighed = (weight: (index: number) => number) =>
    combination(indices.map((index) => ({ weight: weight(index), estimate: recalls[index]! })));
  const effect = weighed((index) => shares[index]!.validation - shares[index]!.test);
  const at = weighed((index) => shares[index]!.validation);
  const { value, ci95 } = accuracyInterval(test);
  const moved = ci95 && ([ci95[0] - value + at.value, ci95[1] - value + at.value] as const);
  return { shares, testAtValidationShares: { ...at, ci95: at.ci95 ?? moved }, effect, untested };
}
