import { strataOf, type GroupTotals } from './grouped-mean.ts';
import { scoreInterval } from './score-interval.ts';
import { wilsonInterval, type Interval } from './wilson.ts';

/**
 * 95 % interval of the fraction of images that are right, of groups whose images' values are 0 and 1 (or fractions);
 * inside [0, 1]. Groups are what was drawn, not images: `scoreInterval`, with classes as strata where `clustersOf` takes them for
 * such; strata of one group only are joined. Where every group has one image: Wilson's interval.
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
  return scoreInterval(strataOf(groups));
}
