import type { Random } from '@thaw/base';
import { clusterInterval } from '../intervals/cluster-interval.ts';
import type { Estimate } from '../intervals/difference.ts';
import { fewestGroups } from '../intervals/fewest-groups.ts';
import { clustersOf, groupTotals, predictedClasses, type Predictions } from '../predictions.ts';
import { checkSameImages } from '../significance/check-same-images.ts';
import { normal975, type Interval } from '../intervals/wilson.ts';
import { choiceVariance, rivalsOf } from './choice-variance.ts';
import { groupScores, type GroupMetric } from './group-scores.ts';
import { bestOf, chooseOutOfBag, judged } from './out-of-bag.ts';

export interface Forecast {
  /** On new images with the classes' shares of these. Null where there are too few groups to say. */
  readonly accuracy: Estimate | null;
  /** By class. Null for a class without images, or of too few groups. */
  readonly recalls: readonly { readonly recall: Estimate | null; readonly groups: number }[];
  /** The best trial's accuracy as it looks. */
  readonly uncorrected: number;
  readonly groups: number;
  readonly best: number;
}

export interface ForecastOptions {
  readonly classes: number;
  /** What the best trial is chosen by. */
  readonly by: GroupMetric;
  readonly random: Random;
}

/** Of one class: two show a spread at all. */
const fewestOfClass = 3;

/**
 * What the best of several trials is expected to reach on new images, from what each says of images that it has not seen
 * (out-of-fold predictions). Groups are drawn with replacement; the trial that is best on those drawn judges the groups that were
 * not. Each image's value is the share of such draws in which it is right; means over images are the forecast. Intervals are those of
 * the chosen trial's accuracy, which take groups for what was drawn (`clusterInterval`), with the classes' shares as they are here, moved
 * to the forecast, and as much wider or narrower as the choice among the trials that may be the best makes them (`choiceVariance`).
 *
 * Throws RangeError for no trials and for trials of other images.
 *
 * Source: bootstrap bias corrected cross-validation, Tsamardinos, Greasidou and Borboudakis (2018), Bootstrapping the
 * out-of-sample predictions for efficient and accurate cross-validation, Machine Learning 107, drawing groups instead of images, and
 * averaged over images as the leave-one-out bootstrap of Efron and Tibshirani (1997), JASA 92.
 */
export function forecast(trials: readonly Predictions[], { classes, by, random }: ForecastOptions): Forecast {
  if (trials.length === 0) throw new RangeError('a forecast needs at least one trial');
  checkSameImages(trials);
  const { labels } = trials[0]!;
  const clusters = clustersOf(trials[0]!);
  const right = trials.map((trial) =>
    predictedClasses(trial).map((predicted, i) => Number(predicted === labels[i])),
  );
  const scores = groupScores(trials, clusters, by);
  const best = bestOf(scores, new Float64Array(clusters.count).fill(1));
  const chosen = trials.length === 1 ? null : chooseOutOfBag(scores, clusters.count, random);
  const values = right[best]!.map((own, i) =>
    chosen ? judged(chosen, best, clusters.ofImage[i]!, (trial) => right[trial]![i]!) : own,
  );
  const rivals = rivalsOf(right, best, clusters);
  const reached = rivals.map((trial) => right[trial]!);
  const estimate = (isCounted: (image: number) => boolean, fewest: number) => {
    const groups = groupTotals(clusters, (i) => (isCounted(i) ? values[i]! : null));
    const images = groups.reduce((sum, { size }) => sum + size, 0);
    const value = groups.reduce((sum, group) => sum + group.sum, 0) / images;
    if (groups.length < fewest) return { estimate: null, groups: groups.length };
    const own = groupTotals(clusters, (i) => (isCounted(i) ? right[best]![i]! : null));
    const middle = own.reduce((sum, group) => sum + group.sum, 0) / images;
    const change = choiceVariance(reached, rivals.indexOf(best), { clusters, isCounted, value });
    const ci95 = clusterInterval(own);
    const around = ci95 && moved(ci95, { middle, value, change, trials: rivals.length });
    return { estimate: { value, ci95: around }, groups: groups.length };
  };
  return {
    accuracy: estimate(() => true, fewestGroups).estimate,
    recalls: Array.from({ length: classes }, (_, c) => {
      const { estimate: recall, groups } = estimate((i) => labels[i] === c, fewestOfClass);
      return { recall, groups };
    }),
    uncorrected: right[best]!.reduce((sum, value) => sum + value, 0) / labels.length,
    groups: clusters.count,
    best,
  };
}

/**
 * A 95 % interval around `middle`, moved to `value`, its variance changed by `change`; inside [0, 1], whose ends it keeps. What is
 * shared by so many trials is at least the part that it would be if nothing was.
 */
function moved(
  [low, high]: Interval,
  how: { readonly middle: number; readonly value: number; readonly change: number; readonly trials: number },
): Interval {
  const { middle, value, change, trials } = how;
  const deviation = (high - low) / (2 * normal975);
  const factor =
    change === 0 || deviation === 0 ? 1 : Math.sqrt(Math.max(1 / trials, 1 + change / deviation ** 2));
  const [below, above] = [middle - low, high - middle];
  return factor === 1 && value === middle
    ? [low, high]
    : [
        low === 0 ? 0 : Math.max(0, value - factor * below),
        high === 1 ? 1 : Math.min(1, value + factor * above),
      ];
}
