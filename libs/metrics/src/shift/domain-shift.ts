import type { Random } from '@thaw/base';
import { checkSameLength } from '../check-labels.ts';
import { featureMatrix, gramMatrix, standardize } from '../features/feature-matrix.ts';
import { sampleAcrossGroups } from '../features/sample-across-groups.ts';
import { numberGroups } from './number-groups.ts';
import { classifierTwoSampleTest } from './classifier-two-sample-test.ts';
import { energyDistance, type EnergyDistance } from './energy-distance.ts';

/** The features of one split's images, a row an image. */
export interface FeatureSet {
  readonly features: readonly ArrayLike<number>[];
  /** Class indices. */
  readonly labels: ArrayLike<number>;
  /** Null: every image is a group of its own. */
  readonly groups: readonly string[] | null;
}

export interface ClassShift extends EnergyDistance {
  /** Index of the class. */
  readonly class: number;
  /** Groups compared on each side. */
  readonly validationGroups: number;
  readonly testGroups: number;
}

export interface DomainShift {
  /**
   * How well a classifier tells test images from validation images of the same class that it has not seen: 0.5 not at all, 1
   * always. Null with fewer than two groups on a side.
   */
  readonly auc: number | null;
  readonly ci95: readonly [number, number] | null;
  /** Every class with an image on either side, in rising order. */
  readonly perClass: readonly ClassShift[];
}

/** Images of a class on a side that distances are taken between; more would say little else and take long. */
const imagesPerSide = 300;

/**
 * How far the test images of each class lie from its validation images in a space of features. Overall by a classifier two-sample
 * test within classes (Lopez-Paz and Oquab 2017): logistic regression, cross-validated so that a group is never on both sides, its AUC with an
 * interval that resamples groups. By class as an energy distance (Székely and Rizzo 2013) between 0 and 1, with the distance that
 * random divisions of the same groups give as the yardstick. Features are standardised over both sets first.
 *
 * How often the classes occur makes no difference; `sharesEffect` is about that. Throws RangeError for an empty set, lengths that differ and
 * features that are not finite.
 */
export function domainShift(
  validation: FeatureSet,
  test: FeatureSet,
  { random }: { readonly random: Random },
): DomainShift {
  const sets = [validation, test];
  for (const { features, labels, groups } of sets) {
    checkSameLength(labels, features, 'rows of features');
    if (groups) checkSameLength(labels, groups, 'groups');
  }
  const { data, columns } = standardize(featureMatrix(sets.flatMap(({ features }) => [...features])));
  const rows = Array.from({ length: data.length / columns }, (_, i) =>
    data.subarray(i * columns, (i + 1) * columns),
  );
  const labels = sets.flatMap((set) => Array.from(set.labels));
  const sides = sets.flatMap(({ features }, side) => features.map(() => side));
  const names = sets.flatMap(({ features, groups }, side) =>
    features.map((_, i) => (groups ? `group ${groups[i]}` : `image ${i} of ${side}`)),
  );
  const classes = [...new Set(labels)].sort((a, b) => a - b);
  return {
    ...classifierTwoSampleTest({ rows, sides, classes: labels, groups: names }, random),
    perClass: classes.map((label) => {
      const members = labels.flatMap((each, i) => (each === label ? [i] : []));
      return { class: label, ...classShift(rows, members, sides, names, random) };
    }),
  };
}

function classShift(
  rows: readonly Float64Array[],
  members: readonly number[],
  sides: readonly number[],
  names: readonly string[],
  random: Random,
): Omit<ClassShift, 'class'> {
  const chosen = [0, 1].flatMap((side) => {
    const own = members.filter((i) => sides[i] === side);
    const taken = sampleAcrossGroups(
      own.map((i) => names[i]!),
      imagesPerSide,
      random,
    );
    return taken.map((i) => own[i]!);
  });
  // A photograph with copies on both sides is a group on each.
  const groups = numberGroups(chosen.map((i) => `${sides[i]} ${names[i]}`));
  const sideOf = new Array<number>(groups.count).fill(0);
  chosen.forEach((i, position) => (sideOf[groups.of[position]!] = sides[i]!));
  const distances = meanDistances(
    chosen.map((i) => rows[i]!),
    groups.of,
    groups.count,
  );
  const testGroups = sideOf.filter((side) => side === 1).length;
  return {
    ...energyDistance(distances, sideOf, { random }),
    validationGroups: groups.count - testGroups,
    testGroups,
  };
}

/** The mean Euclidean distance between the rows of every two groups, [count, count]. */
function meanDistances(rows: readonly Float64Array[], groupOf: Int32Array, count: number): Float64Array {
  const gram = gramMatrix(featureMatrix(rows));
  const sums = new Float64Array(count * count);
  const pairs = new Float64Array(count * count);
  const square = (i: number) => gram[i * rows.length + i]!;
  for (let i = 0; i < rows.length; i++) {
    for (let j = 0; j < rows.length; j++) {
      const cell = groupOf[i]! * count + groupOf[j]!;
      sums[cell]! += Math.sqrt(Math.max(0, square(i) + square(j) - 2 * gram[i * rows.length + j]!));
      pairs[cell]!++;
    }
  }
  return sums.map((sum, cell) => sum / pairs[cell]!);
}
