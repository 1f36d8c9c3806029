import { groupedMean } from '../intervals/grouped-mean.ts';
import { groupTotals, type Clusters } from '../predictions.ts';

/** Of the shrinkage, over which is averaged. */
const gridPoints = 256;
/** So many deviations behind the chosen trial chance puts one of thirty thousand. */
const outOfReach = 4;

type Right = readonly (readonly number[])[];

/** The trials that chance may have put behind the chosen one, this included; `right` are 0 or 1 for each trial and image. */
export function rivalsOf(right: Right, best: number, clusters: Clusters): number[] {
  return [...right.keys()].filter((trial) => {
    if (trial === best || clusters.count < 2) return true;
    const { mean, deviation } = groupedMean(
      groupTotals(clusters, (i) => right[best]![i]! - right[trial]![i]!),
    );
    return mean <= outOfReach * deviation;
  });
}

/**
 * By how much the squared error of `value`, as what the chosen trial `best` of `right` reaches, is more than the variance of that trial's
 * accuracy by itself.
 *
 * Accuracies of K trials differ by what the trials are worth (variance t) and by chance (variance s, from how the groups' differences
 * from the mean of the trials spread); the rest of a trial's variance is shared by all. Were worths normal, that of a trial seen x ahead
 * of the mean would be p x less than it seems, whatever it was chosen by, and p s (1 - 1 / K) of its variance would go, where
 * p = s / (s + t) is the shrinkage. What comes instead is the squared distance of `value` from there. Of both the mean over what p may
 * be, by the uniform prior of shrinkage: few trials leave p open. Images of which `isCounted` is false are left out.
 *
 * Source: Morris (1983), Parametric empirical Bayes inference, JASA 78, for the variance; Efron (2011), Tweedie's formula and selection
 * bias, JASA 106, for the choice; Daniels (1999), A prior for the variance in hierarchical models, Canadian Journal of Statistics 27.
 * Chosen by simulation: bench/forecast.ts.
 */
export function choiceVariance(
  right: Right,
  best: number,
  {
    clusters,
    isCounted,
    value,
  }: { clusters: Clusters; isCounted: (image: number) => boolean; value: number },
): number {
  const trials = right.length;
  const mean = meanOf(right);
  let [between, within, own, ahead] = [0, 0, 0, 0];
  for (const [k, trial] of right.entries()) {
    const groups = groupTotals(clusters, (i) => (isCounted(i) ? trial[i]! - mean[i]! : null));
    const images = groups.reduce((sum, { size }) => sum + size, 0);
    if (images === 0) return 0;
    const lead = groups.reduce((sum, group) => sum + group.sum, 0) / images;
    if (k === best) {
      const sums = groupTotals(clusters, (i) => (isCounted(i) ? trial[i]! : null));
      [ahead, own] = [lead, sums.reduce((sum, group) => sum + group.sum, 0) / images];
    }
    between += lead ** 2;
    within += groups.reduce((sum, group) => sum + (group.sum - lead * group.size) ** 2, 0) / images ** 2;
  }
  const chance = trials < 2 ? 0 : within / (trials - 1);
  if (chance === 0) return (own - value) ** 2;
  return meanOverShrinkage(
    between / chance,
    trials - 1,
    (p) => (own - p * ahead - value) ** 2 - p * chance * (1 - 1 / trials),
  );
}

/** Of each image, the share of trials that are right. */
function meanOf(right: Right): number[] {
  return right[0]!.map((_, i) => right.reduce((sum, trial) => sum + trial[i]!, 0) / right.length);
}

/** The posterior mean over p, where `ratio` (the sum of squares between trials over the variance by chance) times p is chi-squared. */
function meanOverShrinkage(ratio: number, freedom: number, of: (p: number) => number): number {
  const points = Array.from({ length: gridPoints }, (_, i) => (i + 0.5) / gridPoints);
  const logs = points.map((p) => (freedom * Math.log(p) - ratio * p) / 2);
  const most = Math.max(...logs);
  let [weight, sum] = [0, 0];
  for (const [i, p] of points.entries()) {
    const likelihood = Math.exp(logs[i]! - most);
    weight += likelihood;
    sum += likelihood * of(p);
  }
  return sum / weight;
}
