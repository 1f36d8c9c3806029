import type { Random } from '@thaw/base';
import { accuracyInterval } from '../accuracy-interval.ts';
import { clusterInterval } from '../intervals/cluster-interval.ts';
import type { Estimate } from '../intervals/difference.ts';
import { pairedDifference } from '../intervals/paired-difference.ts';
import type { Interval } from '../intervals/wilson.ts';
import { clustersOf, groupTotals, predictedClasses, type Predictions } from '../predictions.ts';
import { checkSameImages } from '../significance/check-same-images.ts';
import { groupScores, type GroupMetric } from './group-scores.ts';
import { bestOf, chooseOutOfBag, judged } from './out-of-bag.ts';

export interface SelectionOptimism {
  /** How much of the best trial's accuracy on the validation images is owed to its being chosen on them. */
  readonly optimism: number;
  readonly ci95: Interval | null;
  /** The best trial's accuracy as it looks, and what is left when the optimism is taken out. */
  readonly apparent: Estimate;
  readonly corrected: Estimate;
  /** Which trial looks best, from 0; of equal ones the first. */
  readonly best: number;
  /** How many trials it was chosen from. */
  readonly trials: number;
}

/**
 * How optimistic it is to report the accuracy of the best of several trials, by the metric `by`, on the validation images that it was
 * chosen on. Groups of images are drawn with replacement; the trial that is best on those drawn is judged on the groups that
 * were not; `corrected` is the mean of that over the groups, and the optimism is what it lacks to the best trial's
 * accuracy. Trials that are all alike give the expected maximum of their noise, a trial far ahead of the rest gives about 0,
 * one trial gives 0.
 *
 * `trials` are predictions for the same images. Intervals take groups for what was drawn and are null where there is one
 * group (`clusterInterval`, `pairedDifference`). Throws RangeError for no trials and for trials of other images.
 *
 * Source: bootstrap bias corrected validation, Tsamardinos, Greasidou and Borboudakis (2018), Bootstrapping the
 * out-of-sample predictions for efficient and accurate cross-validation, Machine Learning 107; averaged over groups, not
 * over draws, as the leave-one-out bootstrap of Efron and Tibshirani (1997), JASA 92, so that it has an interval.
 */
export function selectionOptimism(
  trials: readonly Predictions[],
  { by, random }: { readonly by: GroupMetric; readonly random: Random },
): SelectionOptimism {
  if (trials.length === 0) throw new RangeError('selection needs at least one trial');
  checkSameImages(trials);
  const { labels } = trials[0]!;
  const clusters = clustersOf(trials[0]!);
  const totals = trials.map((trial) => {
    const predicted = predictedClasses(trial);
    return groupTotals(clusters, (i) => Number(predicted[i] === labels[i]));
  });
  const right = totals.map((groups) => Float64Array.from(groups, (group) => group.sum));
  const scores = groupScores(trials, clusters, by);
  const best = bestOf(scores, new Float64Array(clusters.count).fill(1));
  const apparent = accuracyInterval(trials[best]!);
  if (trials.length === 1) {
    return { optimism: 0, ci95: [0, 0], apparent, corrected: apparent, best, trials: 1 };
  }

  const chosen = chooseOutOfBag(scores, clusters.count, random);
  const values = right[best]!.map((_, g) => judged(chosen, best, g, (trial) => right[trial]![g]!));
  const groupsWith = (sumOf: (group: number) => number) =>
    totals[best]!.map(({ size, stratum }, g) => ({
      sum: sumOf(g),
      size,
      squares: sumOf(g) ** 2 / size,
      stratum,
    }));
  const lost = groupsWith((g) => right[best]![g]! - values[g]!);
  const { value, ci95 } = pairedDifference(lost);
  return {
    optimism: value,
    ci95: ci95 && lost.every((group) => group.sum === 0) ? [0, 0] : ci95,
    apparent,
    corrected: { value: apparent.value - value, ci95: clusterInterval(groupsWith((g) => values[g]!)) },
    best,
    trials: trials.length,
  };
}
