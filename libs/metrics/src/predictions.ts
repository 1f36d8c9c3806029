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
  /** Of each group, its class, where classes are strata; otherwise 0. */
  readonly stratum: Int32Array;
}

/**
 * The groups of predictions, in order of appearance. Classes are strata, whose shares are as they are whatever groups are drawn, where
 * every group is of one class and the classes have as many images as one another, but for a group of mean size, or as many groups, but
 * for one, which chance seldom makes of so many: then somebody has seen to that. Otherwise the classes' shares are taken for chance, too.
 * As many images need no such test: where chance has made them so, the shares are those of all groups that there are, and no error
 * comes from them. As many groups do, since the images in them still differ.
 *
 * Throws RangeError for labels and groups of different lengths.
 * Source: Holt and Smith (1979), Post stratification, Journal of the Royal Statistical Society A 142 (what is known of a sample's
 * shares is to be conditioned on).
 */
export function clustersOf({ labels, groups }: Pick<Predictions, 'labels' | 'groups'>): Clusters {
  if (groups) checkSameLength(labels, groups, 'groups');
  const numbers = new Map<string | number, number>();
  const classOf: number[] = [];
  const sizes: number[] = [];
  let pure = true;
  const ofImage = Int32Array.from({ length: labels.length }, (_, image) => {
    const group = groups ? groups[image]! : image;
    let number = numbers.get(group);
    if (number === undefined) {
      numbers.set(group, (number = numbers.size));
      classOf.push(labels[image]!);
      sizes.push(0);
    }
    sizes[number]!++;
    pure &&= classOf[number] === labels[image];
    return number;
  });
  const strata = pure && isBalanced(classOf, sizes);
  return { ofImage, count: numbers.size, stratum: Int32Array.from(classOf, (label) => (strata ? label : 0)) };
}

/** The usual level of a test: of groups drawn whatever their class at most so many are taken for drawn by class. */
const seldom = 0.05;

/** Whether classes have as many images as one another, but for a mean group, or as many groups, but for one, and not by chance. */
function isBalanced(classOf: readonly number[], sizes: readonly number[]): boolean {
  const mean = sizes.reduce((a, b) => a + b, 0) / sizes.length;
  if (spreadOf(classOf, (group) => sizes[group]!) <= mean) return true;
  return spreadOf(classOf, () => 1) <= 1 && chanceOfEven(classOf.length, new Set(classOf).size) <= seldom;
}

/** The probability that classes of equal chances get as many groups as one another, but for one: multinomial. */
function chanceOfEven(groups: number, classes: number): number {
  const [each, larger] = [Math.floor(groups / classes), groups % classes];
  let log = logFactorial(groups) - groups * Math.log(classes) - classes * logFactorial(each);
  log -= larger * Math.log(each + 1);
  // Which classes have one more.
  log += logFactorial(classes) - logFactorial(larger) - logFactorial(classes - larger);
  return Math.exp(log);
}

function logFactorial(n: number): number {
  let log = 0;
  for (let i = 2; i <= n; i++) log += Math.log(i);
  return log;
}

/** By how much the class with most has more than the one with least, of what each group counts. */
function spreadOf(classOf: readonly number[], countOf: (group: number) => number): number {
  const ofClass = new Map<number, number>();
  for (const [group, label] of classOf.entries()) {
    ofClass.set(label, (ofClass.get(label) ?? 0) + countOf(group));
  }
  const counts = [...ofClass.values()];
  return Math.max(...counts) - Math.min(...counts);
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
