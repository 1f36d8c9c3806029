import type { Estimate } from './difference.ts';
import { groupedMean, type GroupTotals } from './grouped-mean.ts';
import { studentQuantile } from './student-t.ts';
import { unanimousInterval } from './unanimous-interval.ts';

/**
 * The mean of differences between two things measured on the same images, each difference inside [-1, 1], with its 95 %
 * interval, which takes groups for what was drawn (`groupedMean`): Student's t, cut to [-1, 1].
 *
 * Where no image differs, the interval reaches as far as that of a fraction of which none was seen (`unanimousInterval`).
 * Null with fewer than two groups. Throws RangeError for none.
 */
export function pairedDifference(groups: readonly GroupTotals[]): Estimate {
  if (groups.length === 0) throw new RangeError('a difference needs at least one group');
  if (groups.length === 1) return { value: groups[0]!.sum / groups[0]!.size, ci95: null };
  if (groups.every((group) => group.squares === 0)) {
    const reach = unanimousInterval(0, groups)[1];
    return { value: 0, ci95: [-reach, reach] };
  }
  const { mean, deviation, freedom } = groupedMean(groups);
  const half = studentQuantile(0.975, freedom) * deviation;
  return { value: mean, ci95: [Math.max(-1, mean - half), Math.min(1, mean + half)] };
}
