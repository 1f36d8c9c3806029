import type { Random } from '@thaw/base';

/**
 * The fold, 0 to `folds` - 1, of each group, so that every fold holds about as many samples of each stratum as any other: groups
 * go, the largest first and equal ones in random order, to the fold that has least of what they bring. `counts` holds for
 * each group its samples in each stratum.
 */
export function groupFolds(
  counts: readonly (readonly number[])[],
  folds: number,
  random: Random,
): Int32Array {
  const strata = counts[0]?.length ?? 0;
  const filled = Array.from({ length: folds }, () => new Float64Array(strata));
  const foldOf = new Int32Array(counts.length);
  const size = (group: number) => counts[group]!.reduce((sum, count) => sum + count, 0);
  const order = random.shuffle([...counts.keys()]).sort((a, b) => size(b) - size(a));
  for (const group of order) {
    const overlap = filled.map((fold) => counts[group]!.reduce((sum, count, s) => sum + count * fold[s]!, 0));
    const fold = overlap.indexOf(Math.min(...overlap));
    foldOf[group] = fold;
    counts[group]!.forEach((count, s) => (filled[fold]![s]! += count));
  }
  return foldOf;
}
