import type { Random } from '@thaw/base';
import type { Estimate } from '../intervals/difference.ts';
import type { Interval } from '../intervals/wilson.ts';
import { accuracyInterval } from '../accuracy-interval.ts';
import { clustersOf, groupTotals, predictedClasses, type Predictions } from '../predictions.ts';
import { checkSameImages } from '../significance/check-same-images.ts';
import { errorAt, fitPowerLaw, type PowerLaw } from './power-law.ts';

/** What networks say that learned from so many groups, of images that they had not seen. */
export interface CurvePoint {
  /** Groups that a network learned from. */
  readonly groups: number;
  readonly predictions: Predictions;
}

export interface LearningCurve {
  /** Of each point, its accuracy with its interval. */
  readonly accuracies: readonly Estimate[];
  /** Through all points but the first where these are not surely better than guessing, as far as three are left. */
  readonly law: PowerLaw;
  /** Accuracy by the law with `size` groups and with twice as many, and what these would bring. */
  readonly now: Estimate;
  readonly doubled: Estimate;
  readonly gain: Estimate;
}

export interface LearningCurveOptions {
  /** The fold of each image. */
  readonly foldOf: readonly number[];
  /** The groups that a network would learn from without folds. */
  readonly size: number;
  readonly random: Random;
}

const resamples = 1000;

/**
 * Accuracy against the number of groups that a network learns from, by a power law of the error, and what twice as many would bring.
 * All points are of the same images. Intervals are those of draws: groups of images are drawn again, the same at all points, and to
 * each point's error is added what it may owe to the groups that its networks happened to learn from, as far as the folds, which
 * learn from different ones, differ at that point otherwise than at the others (Student's, two-way without interaction).
 *
 * Throws RangeError for fewer than three points or two folds, and for points of other images.
 */
export function learningCurve(
  all: readonly CurvePoint[],
  { foldOf, size, random }: LearningCurveOptions,
): LearningCurve {
  if (all.length < 3) throw new RangeError('a learning curve needs three points');
  checkSameImages(all.map(({ predictions }) => predictions));
  const { labels } = all[0]!.predictions;
  const accuracies = all.map(({ predictions }) => accuracyInterval(predictions));
  const points = all.slice(guessing(accuracies, largestShare(labels)));
  const sizes = points.map(({ groups }) => groups);
  const clusters = clustersOf(points[0]!.predictions);
  const wrong = points.map(({ predictions }) =>
    predictedClasses(predictions).map((predicted, i) => Number(predicted !== labels[i])),
  );
  const totals = wrong.map((values) => groupTotals(clusters, (i) => values[i]!));
  const { deviation, freedom } = chanceOfTraining(wrong, foldOf);
  const estimate = (weights: Float64Array, chance: () => number) => {
    const errors = totals.map((groups) => {
      let [sum, images] = [0, 0];
      for (const [g, group] of groups.entries()) {
        sum += weights[g]! * group.sum;
        images += weights[g]! * group.size;
      }
      return bounded(sum / images + chance(), images);
    });
    const law = fitPowerLaw(sizes, errors);
    const [now, doubled] = [1 - errorAt(law, size), 1 - errorAt(law, 2 * size)];
    return { law, now, doubled, gain: doubled - now };
  };
  const found = estimate(new Float64Array(clusters.count).fill(1), () => 0);
  const drawn = Array.from({ length: resamples }, () => {
    const weights = new Float64Array(clusters.count);
    for (let i = 0; i < clusters.count; i++) weights[random.int(clusters.count)]!++;
    const scale = deviation * Math.sqrt(freedom / (2 * random.gamma(freedom / 2)));
    return estimate(weights, () => scale * random.normal());
  });
  const figure = (name: 'now' | 'doubled' | 'gain'): Estimate => ({
    value: found[name],
    ci95: middle95(drawn.map((each) => each[name])),
  });
  return {
    accuracies,
    law: found.law,
    now: figure('now'),
    doubled: figure('doubled'),
    gain: figure('gain'),
  };
}

/** How many of the first points are not surely better than guessing; three are left. */
function guessing(accuracies: readonly Estimate[], chance: number): number {
  const better = accuracies.findIndex(({ ci95 }) => ci95 !== null && ci95[0] > chance);
  return Math.min(better < 0 ? Infinity : better, accuracies.length - 3);
}

function largestShare(labels: ArrayLike<number>): number {
  const counts = new Map<number, number>();
  for (const label of Array.from(labels)) counts.set(label, (counts.get(label) ?? 0) + 1);
  return Math.max(...counts.values()) / labels.length;
}

/** An error of 0 or 1 has no logarithm to go by: half an image more, or less. */
function bounded(error: number, images: number): number {
  return Math.min(1 - 0.5 / images, Math.max(0.5 / images, error));
}

/** How far a point's error may be off by what its networks learned from: of the mean over folds, with its degrees of freedom. */
function chanceOfTraining(wrong: readonly (readonly number[])[], foldOf: readonly number[]) {
  const folds = [...new Set(foldOf)];
  if (folds.length < 2) throw new RangeError('a learning curve needs two folds');
  const errors = wrong.map((values) =>
    folds.map((fold) => mean(values.filter((_, i) => foldOf[i] === fold))),
  );
  const all = mean(errors.map(mean));
  const ofFold = folds.map((_, f) => mean(errors.map((row) => row[f]!)));
  let squares = 0;
  for (const row of errors) {
    const own = mean(row);
    for (const [f, error] of row.entries()) squares += (error - own - ofFold[f]! + all) ** 2;
  }
  const freedom = (errors.length - 1) * (folds.length - 1);
  return { deviation: Math.sqrt(squares / freedom / folds.length), freedom };
}

function middle95(values: readonly number[]): Interval {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  return [at(0.025), at(0.975)];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
