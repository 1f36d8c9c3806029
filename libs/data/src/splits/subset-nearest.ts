/**
 * The indexes of `sizes` (positive whole numbers) whose sum comes near to `target`, among the sums from `min` to `max`;
 * empty when no sum lies in that range. Sizes are looked at in order, first as many as hold twice the target, then one
 * more at a time until a sum is within `tolerance` of it; if none is, the sum is the nearest of all, the smaller of two.
 * So a random order gives a random choice, and a tolerance of 0 the best one.
 *
 * Subset sum by dynamic programming: time in the order of sizes times target.
 */
export function subsetNearest(
  sizes: readonly number[],
  target: number,
  { min, max, tolerance }: { min: number; max: number; tolerance: number },
): number[] {
  const goal = Math.min(Math.max(Math.round(target), min), max);
  if (goal <= 0) return [];
  // A sum beyond the goal is of use only when it was reached from one below.
  const limit = Math.min(goal + Math.max(...sizes, 0), max);
  /** By sum: the index that reached it first, or -1. */
  const reachedBy = new Int32Array(limit + 1).fill(-1);
  const nearest = (): number => {
    let best = 0;
    for (let sum = Math.max(min, 1); sum <= limit; sum++) {
      if (reachedBy[sum] === -1) continue;
      if (best === 0 || Math.abs(sum - target) < Math.abs(best - target)) best = sum;
    }
    return min <= 0 && Math.abs(target) <= Math.abs(best - target) ? 0 : best;
  };
  let seen = 0;
  for (const [index, size] of sizes.entries()) {
    for (let sum = Math.min(limit, goal + size); sum >= size; sum--) {
      if (reachedBy[sum] === -1 && (sum === size || reachedBy[sum - size] !== -1)) {
        reachedBy[sum] = index;
      }
    }
    seen += size;
    if (reachedBy[goal] !== -1) break;
    if (seen >= 2 * target && Math.abs(nearest() - target) <= tolerance) break;
  }
  const chosen: number[] = [];
  for (let sum = nearest(); sum > 0; sum -= sizes[reachedBy[sum]!]!) chosen.push(reachedBy[sum]!);
  return chosen;
}
