import { groupedMean, strataOf, worthOf, type GroupTotals, type GroupedMean } from './grouped-mean.ts';
import { scoreInterval } from './score-interval.ts';
import { studentQuantile } from './student-t.ts';
import { wilsonInterval, type Interval } from './wilson.ts';

/**
 * 95 % interval of the fraction of images that are right, of groups whose images' values are 0 and 1 (or fractions);
 * inside [0, 1]. Groups are what was drawn, not images.
 *
 * Groups of one stratum: `scoreInterval`. Where every group is of one class, classes are strata, and the fraction over all
 * of them has Student's t on the log-odds, with small-sample corrections (`groupedMean`); the groups' rates are taken as
 * beta distributed for the degrees of freedom. Where all or nothing is right in several strata, no variance can be seen:
 * Wilson's interval for as many trials as the groups are worth, with Student's quantile. Where every group has one image:
 * Wilson's interval.
 *
 * Null where there are fewer than two groups (unless they have one image each), none too: one group does not show how
 * much groups differ. Chosen by simulation, bench/coverage.ts.
 */
export function clusterInterval(groups: readonly GroupTotals[]): Interval | null {
  const images = groups.reduce((sum, group) => sum + group.size, 0);
  const right = groups.reduce((sum, group) => sum + group.sum, 0);
  if (images === 0) return null;
  if (images === groups.length) return wilsonInterval(right / images, images);
  if (groups.length < 2) return null;
  if (strataOf(groups).length === 1) return scoreInterval(groups);
  if (right === 0 || right === images) return unanimous(right / images, groups);
  return logOddsInterval(groupedMean(groups, { kurtosis: betaKurtosis, unseen: plusTwoVariance }));
}

/** Student's t on the log-odds of a mean inside (0, 1). */
export function logOddsInterval({ mean, deviation, freedom }: GroupedMean): Interval {
  const half = (studentQuantile(0.975, freedom) * deviation) / (mean * (1 - mean));
  const middle = Math.log(mean / (1 - mean));
  return [1 / (1 + Math.exp(half - middle)), 1 / (1 + Math.exp(-middle - half))];
}

/** Of a fraction that is exactly 0 or 1 in all of two groups or more. */
export function unanimous(fraction: number, groups: readonly GroupTotals[]): Interval {
  const worth = worthOf(groups);
  return wilsonInterval(fraction, worth.groups, studentQuantile(0.975, worth.freedom))!;
}

/**
 * Excess kurtosis of a beta distribution by its mean and its intra-class correlation, 1 / (a + b + 1). The mean is first
 * moved towards a half by one right and one wrong trial of `worth`, or it would be without bounds near 0 and 1.
 */
function betaKurtosis(mean: number, correlation: number, worth: number): number {
  const p = (mean * worth + 1) / (worth + 2);
  const sum = 1 / Math.min(0.999, Math.max(1e-6, correlation)) - 1;
  const product = p * (1 - p) * sum * sum;
  const skewed = (1 - 2 * p) ** 2 * sum ** 2 * (sum + 1);
  return (6 * (skewed - product * (sum + 2))) / (product * (sum + 2) * (sum + 3));
}

/** A class that is all right or all wrong varies as if one trial more had been right and one wrong (Agresti, Coull 1998). */
function plusTwoVariance(mean: number, worth: number): number {
  const p = (mean * worth + 1) / (worth + 2);
  return (p * (1 - p)) / (worth + 2);
}
