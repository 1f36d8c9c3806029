import { worthOf, type GroupTotals } from './grouped-mean.ts';
import { studentQuantile } from './student-t.ts';
import { wilsonInterval, type Interval } from './wilson.ts';

/**
 * 95 % interval of a fraction that is exactly 0 or 1 in all of two groups or more, where no variance can be seen: Wilson's
 * for as many trials as the groups are worth, with Student's quantile.
 */
export function unanimousInterval(fraction: number, groups: readonly GroupTotals[]): Interval {
  const worth = worthOf(groups);
  return wilsonInterval(fraction, worth.groups, studentQuantile(0.975, worth.freedom))!;
}
