import { argmax } from './argmax.ts';
import type { GroupTotals } from './intervals/grouped-mean.ts';
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

/** The groups of images by number, and what is known of how they were drawn. */
export interface Clusters {
  /** Of each image, the number of its group: 0 for the first group met, 1 for the next. */
  readonly ofImage: Int32Array;
  readonly count: number;
  /** Of each group, its class, where every group is of one class; otherwise 0. */
  readonly stratum: Int32Array;
}

/** The groups of predictions, in order of appearance. Throws RangeError for labels and groups of different lengths. */
export function clustersOf({ labels, groups }: Pick<Predictions, 'labels' | 'groups'>): Clusters {
  if (groups) checkSameLength(labels, groups, 'groups');
  const numbers = new Map<string | number, number>();
  const stratum: number[] = [];
  let pure = true;
  const ofImage = Int32Array.from({ length: labels.length }, (_, image) => {
    const group = groups ? groups[image]! : image;
    let number = numbers.get(group);
    if (number === undefined) {
      numbers.set(group, (number = numbers.size));
      stratum.push(labels[image]!);
    }
    pure &&= stratum[number] === labels[image];
    return number;
  });
  return { ofImage, count: numbers.size, stratum: Int32Array.from(stratum, (label) => (pure ? label : 0)) };
}

/** What each group adds up to over its images of which `value` is not null; groups without such images are left out. */
export function groupTotals(clusters: Clusters, value: (image: number) => number | null): GroupTotals[] {
  const totals = Array.from(clusters.stratum, (stratum) => ({ sum: 0, size: 0, squares: 0, stratum }));
  for (const [image, group] of clusters.ofImage.entries()) {
    const one = value(image);
    if (one === null) continue;
    const total = totals[group]!;
    total.sum += one;
    total.size++;
    total.squares += one * one;
  }
  return totals.filter((total) => total.size > 0);
}
