/**
 * The standard score of Mann and Whitney's U test that `ours` tends to be larger than `theirs`, with the correction for ties:
 * above 2.33 it would happen once in a hundred times if both were the same.
 */
export function rankScore(ours: readonly number[], theirs: readonly number[]): number {
  const [n, m] = [ours.length, theirs.length];
  const all = [...ours, ...theirs];
  const larger = ours.reduce(
    (count, a) => count + theirs.reduce((more, b) => more + (a > b ? 1 : a === b ? 0.5 : 0), 0),
    0,
  );
  const counts = new Map<number, number>();
  for (const value of all) counts.set(value, (counts.get(value) ?? 0) + 1);
  const ties = [...counts.values()].reduce((sum, t) => sum + t ** 3 - t, 0);
  const size = n + m;
  const variance = ((n * m) / 12) * (size + 1 - ties / (size * (size - 1)));
  return variance === 0 ? 0 : (larger - (n * m) / 2) / Math.sqrt(variance);
}
