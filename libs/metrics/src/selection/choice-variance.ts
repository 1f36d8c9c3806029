import { groupTotals, type Clusters } from '../predictions.ts';

/** Of the shrinkage, by which its mean is worked out. */
const gridPoints = 256;

/**
 * What is left unknown of a chosen trial itself when trials are told apart by few groups: the variance of what it reaches around the
 * mean of those that may be the best. Their accuracies differ by what the trials are worth (variance t) and by chance (variance s, from
 * how the groups' differences from the mean of the trials spread); of a trial that is seen through that chance, s (1 - p) stays
 * unknown, where p = s / (s + t) is the shrinkage. With few trials t is a guess: the mean of s (1 - p) over what p may be, by the
 * uniform prior of shrinkage (Daniels 1999, A prior for the variance in hierarchical models, Canadian Journal of Statistics 27). 0
 * where there is one trial.
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
  return chance === 0 ? 0 : chance * (1 - meanShrinkage(between / chance, trials - 1));
}

/** The posterior mean of p, where `ratio` (the sum of squares between trials over the variance by chance) times p is chi-squared. */
function meanShrinkage(ratio: number, freedom: number): number {
  const points = Array.from({ length: gridPoints }, (_, i) => (i + 0.5) / gridPoints);
  const logs = points.map((p) => (freedom * Math.log(p) - ratio * p) / 2);
  const most = Math.max(...logs);
  let [weight, sum] = [0, 0];
  for (const [i, p] of points.entries()) {
    const likelihood = Math.exp(logs[i]! - most);
    weight += likelihood;
    sum += likelihood * p;
  }
  return sum / weight;
}
