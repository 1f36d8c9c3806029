/**
 * The indexes of `sizes` (positive whole numbers) whose sum comes nearest to `target` among the sums from `min` to
 * `max`; of two equally near the smaller. Empty when no sum lies in that range. Earlier sizes are preferred, and once
 * the nearest whole number is reached later ones are not looked at, so a random order gives a random choice.
 *
 * Subset sum by dynamic programming: time in the order of sizes times target.
 */
export function subsetNearest(
  sizes: readonly number[],
  target: number,
  { min, max }: { min: number; max: number },
): number[] {
  const goal = Math.min(Math.max(Math.round(target), min), max);
  if (goal <= 0) return [];
  // A sum beyond the goal can be reached only from one below it, so it never exceeds the goal by more than a size.
  const limit = Math.min(goal + Math.max(...sizes, 0), max);
  /** By sum: the index that reached it first, or -1. */
  const reachedBy = new Int32Array(limit + 1).fill(-1);
  for (let index = 0; index < sizes.length && reachedBy[goal] === -1; index++) {
    const size = sizes[index]!;
    for (let sum = Math.min(limit, goal + size); sum >= size; sum--) {
      if (reachedBy[sum] === -1 && (sum === size || reachedBy[sum - size]! !== -1)) {
        reachedBy[sum] = index;
      }
    }
  }
  let best = 0;
  for (let sum = Math.max(min, 1); sum <= limit; sum++) {
    if (reachedBy[sum] === -1) continue;
    if (best === 0 || Math.abs(sum - target) < Math.abs(best - target)) best = sum;
  }
  if (min <= 0 && Math.abs(target) <= Math.abs(best - target)) return [];
  const chosen: number[] = [];
  for (let sum = best; sum > 0; sum -= sizes[reachedBy[sum]!]!) chosen.push(reachedBy[sum]!);
  return chosen;
}
