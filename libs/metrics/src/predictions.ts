import { argmax } from './argmax.ts';
import { checkClassIndices, checkNotEmpty, checkSameLength } from './check-labels.ts';

/** What a run said of a set of images, and which of the images belong together. */
export interface Predictions {
  /** The true class of each image, an index. */
  readonly labels: ArrayLike<number>;
  /** One row of probabilities an image, one a class. */
  readonly probabilities: readonly ArrayLike<number>[];
  /** The group (photograph, patient, slide) of each image. Null: every image is a group of its own. */
  readonly groups: readonly string[] | null;
}

/**
 * The predicted class of each image: argmax, so the first of equal probabilities. Throws RangeError for no images, for
 * lengths that differ and for labels outside a row.
 */
export function predictedClasses(predictions: Predictions): number[] {
  const { labels, probabilities, groups } = predictions;
  checkSameLength(labels, probabilities, 'rows of probabilities');
  if (groups) checkSameLength(labels, groups, 'groups');
  checkNotEmpty(labels);
  checkClassIndices('labels', labels, probabilities[0]!.length);
  return probabilities.map((row) => argmax(row));
}

/** The groups by number: of each image, 0 for the first group met, 1 for the next. */
export interface GroupNumbers {
  readonly ofImage: Int32Array;
  readonly count: number;
}

/** Groups as numbers from 0 in order of appearance; with null, every one of `images` is its own. */
export function numberGroups(groups: readonly string[] | null, images: number): GroupNumbers {
  if (!groups) return { ofImage: Int32Array.from({ length: images }, (_, i) => i), count: images };
  const numbers = new Map<string, number>();
  const ofImage = Int32Array.from(groups, (group) => {
    let number = numbers.get(group);
    if (number === undefined) numbers.set(group, (number = numbers.size));
    return number;
  });
  return { ofImage, count: numbers.size };
}

/** The sum of `values` (one an image) in each group. */
export function sumByGroup(groups: GroupNumbers, values: (image: number) => number): Float64Array {
  const sums = new Float64Array(groups.count);
  for (let i = 0; i < groups.ofImage.length; i++) sums[groups.ofImage[i]!]! += values(i);
  return sums;
}
