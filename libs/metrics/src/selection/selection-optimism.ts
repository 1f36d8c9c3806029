import type { Random } from '@thaw/base';
import { accuracyInterval } from '../accuracy-interval.ts';
import { clusterInterval } from '../intervals/cluster-interval.ts';
import type { Estimate } from '../intervals/difference.ts';
import { pairedDifference } from '../intervals/paired-difference.ts';
import type { Interval } from '../intervals/wilson.ts';
import { clustersOf, groupTotals, predictedClasses, type Predictions } from '../predictions.ts';
import { checkSameImages } from '../significance/check-same-images.ts';

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

const resamples = 1000;

/**
 * How optimistic it is to report the best of several trials by its accuracy on the validation images that it was chosen
 * on. Groups of images are drawn with replacement; the trial that is best on those drawn is judged on the groups that
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
  { random }: { readonly random: Random },
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
  const best = bestOf(right, new Float64Array(clusters.count).fill(1));
  const apparent = accuracyInterval(trials[best]!);
  if (trials.length === 1) {
    return { optimism: 0, ci95: [0, 0], apparent, corrected: apparent, best, trials: 1 };
  }

  const judged = judgedOutOfBag(right, right[best]!, random);
  const groupsWith = (sumOf: (group: number) => number) =>
    totals[best]!.map(({ size, stratum }, g) => ({
      sum: sumOf(g),
      size,
      squares: sumOf(g) ** 2 / size,
      stratum,
    }));
  const lost = groupsWith((g) => right[best]![g]! - judged[g]!);
  const { value, ci95 } = pairedDifference(lost);
  return {
    optimism: value,
    ci95: ci95 && lost.every((group) => group.sum === 0) ? [0, 0] : ci95,
    apparent,
    corrected: { value: apparent.value - value, ci95: clusterInterval(groupsWith((g) => judged[g]!)) },
    best,
    trials: trials.length,
  };
}

/** Of each group, the images right by the trials that were best on draws without that group, averaged over such draws. */
function judgedOutOfBag(right: readonly Float64Array[], best: Float64Array, random: Random): Float64Array {
  const groupCount = best.length;
  const judged = new Float64Array(groupCount);
  const times = new Float64Array(groupCount);
  const drawn = new Float64Array(groupCount);
  for (let b = 0; b < resamples; b++) {
    drawn.fill(0);
    for (let i = 0; i < groupCount; i++) drawn[random.int(groupCount)]!++;
    const winner = right[bestOf(right, drawn)]!;
    for (let g = 0; g < groupCount; g++) {
      if (drawn[g] !== 0) continue;
      judged[g]! += winner[g]!;
      times[g]!++;
    }
  }
  return judged.map((sum, g) => (times[g] === 0 ? best[g]! : sum / times[g]!));
}

/** The trial with the most images right when each group counts `weights` times; the first of equal ones. */
function bestOf(right: readonly Float64Array[], weights: Float64Array): number {
  let best = 0;
  let most = -1;
  for (const [trial, sums] of right.entries()) {
    let count = 0;
    for (let g = 0; g < sums.length; g++) count += weights[g]! * sums[g]!;
    if (count > most) [best, most] = [trial, count];
  }
  return best;
}
