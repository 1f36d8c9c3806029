import type { Random } from '@thaw/base';
import { clustersOf, groupTotals, predictedClasses, type Predictions } from '../predictions.ts';
import { checkSameImages } from '../significance/check-same-images.ts';

const resamples = 1000;

/**
 * Of each trial, in which share of draws it has the best accuracy when groups of images are drawn with replacement; equal trials share
 * a draw. Together they are 1. Throws RangeError for trials of other images.
 */
export function winShares(trials: readonly Predictions[], random: Random): number[] {
  checkSameImages(trials);
  const { labels } = trials[0]!;
  const clusters = clustersOf(trials[0]!);
  const right = trials.map((trial) => {
    const predicted = predictedClasses(trial);
    return groupTotals(clusters, (i) => Number(predicted[i] === labels[i])).map(({ sum }) => sum);
  });
  const shares = trials.map(() => 0);
  for (let b = 0; b < resamples; b++) {
    const totals = trials.map(() => 0);
    for (let i = 0; i < clusters.count; i++) {
      const group = random.int(clusters.count);
      for (const [trial, sums] of right.entries()) totals[trial]! += sums[group]!;
    }
    const most = Math.max(...totals);
    const best = [...totals.keys()].filter((trial) => totals[trial] === most);
    for (const trial of best) shares[trial]! += 1 / (best.length * resamples);
  }
  return shares;
}
