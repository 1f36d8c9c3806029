/**
 * Two-sided p-value of the hypothesis that two runs are alike: that in every group of images either could have been the
 * other. `differences` has one whole number a group, how many more images the one got right than the other; the
 * p-value is the chance that flipping the sign of each at random gives a sum at least as far from 0 as the one seen.
 *
 * All flips are counted, by adding up the distribution of the sum group by group, so it is exact for any number of groups.
 * Where each group is one image it is McNemar's exact test. It is 1 where nothing differs, and never less than 2 in
 * 2^(groups that differ): five groups or fewer cannot reach 0.05. Throws RangeError for what is not a whole number.
 * Source: Fisher (1935), The design of experiments; for groups, Winkler et al. (2015), Multi-level block permutation,
 * NeuroImage 123.
 */
export function signFlipTest(differences: ArrayLike<number>): number {
  const sizes: number[] = [];
  let sum = 0;
  for (let g = 0; g < differences.length; g++) {
    const value = differences[g]!;
    if (!Number.isInteger(value)) throw new RangeError(`differences[${g}] is ${value}, not a whole number`);
    sum += value;
    if (value !== 0) sizes.push(Math.abs(value));
  }
  // The flipped sum is (all sizes) - 2 * (sizes turned negative): what is followed is the part turned negative.
  const all = sizes.reduce((total, size) => total + size, 0);
  let chances = new Float64Array(all + 1);
  chances[0] = 1;
  let reach = 0;
  for (const size of sizes) {
    const next = new Float64Array(all + 1);
    for (let turned = 0; turned <= reach; turned++) {
      const half = chances[turned]! / 2;
      next[turned]! += half;
      next[turned + size]! += half;
    }
    reach += size;
    chances = next;
  }
  let p = 0;
  for (let turned = 0; turned <= all; turned++) {
    if (Math.abs(all - 2 * turned) >= Math.abs(sum)) p += chances[turned]!;
  }
  return Math.min(1, p);
}
