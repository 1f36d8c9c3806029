import { groupTotals, type Clusters } from '../predictions.ts';

/**
 * What is left unknown of a chosen trial itself when trials are told apart by few groups: the variance of what it reaches around the
 * mean of those that may be the best. Their accuracies differ by what the trials are worth (variance t) and by chance (variance s, from
 * how the groups' differences from the mean of the trials spread); of a trial that is seen through that chance, t s / (t + s) stays
 * unknown (empirical Bayes for normal effects, Efron and Morris 1975, JASA 70). 0 where there is one trial.
 *
 * `right` are 0 or 1 for each trial and image; images of which `isCounted` is false are left out.
 */
export function choiceVariance(
  right: readonly (readonly number[])[],
  clusters: Clusters,
  isCounted: (image: number) => boolean,
): number {
  const trials = right.length;
  if (trials < 2) return 0;
  const mean = right[0]!.map((_, i) => right.reduce((sum, trial) => sum + trial[i]!, 0) / trials);
  let [between, within] = [0, 0];
  for (const trial of right) {
    const groups = groupTotals(clusters, (i) => (isCounted(i) ? trial[i]! - mean[i]! : null));
    const images = groups.reduce((sum, { size }) => sum + size, 0);
    if (images === 0) return 0;
    const ahead = groups.reduce((sum, group) => sum + group.sum, 0) / images;
    between += ahead ** 2;
    within += groups.reduce((sum, group) => sum + (group.sum - ahead * group.size) ** 2, 0) / images ** 2;
  }
  const chance = within / (trials - 1);
  const worth = Math.max(0, between / (trials - 1) - chance);
  return worth === 0 ? 0 : (worth * chance) / (worth + chance);
}
