import type { GroupTotals } from '../intervals/grouped-mean.ts';
import type { Interval } from '../intervals/wilson.ts';
import { signFlipTest } from './sign-flip-test.ts';
import { significanceLevel } from './significance-level.ts';
import { rademacherTail } from './rademacher-tail.ts';

/** Of so many groups all halves are listed. */
const mostListed = 14;

/**
 * 95 % interval of the mean difference of two runs: the differences that `signFlipTest` would not call chance at 5 %, were they taken off
 * each image; so it holds 0 where, and only where, that test's p-value is 0.05 or more. Flipping signs around a difference asks how
 * often the mean over a random half of the groups (each in or out, like a coin) lies beyond it, so the ends are the 2.5 % points of
 * these means ("typical values"). Of up to 14 groups all halves are counted; of more, their chance is Lugannani and Rice's, in
 * proportion to the exact one at 0. From five groups or fewer nothing can be ruled out: -1 to 1. Where nearly all groups are alike and
 * a few differ one way, an end is 0, as any difference taken off those that are alike gives all of them one sign.
 *
 * `groups` hold for each group its images and by how many more of them the one run is right; `p` is what `signFlipTest` says of them, for
 * whom has it, as it takes long for many images. Null with fewer than two groups.
 *
 * Source: Hartigan (1969), Using subsample values as typical values, JASA 64; the ends as the inverse of the test, Garthwaite (1996),
 * Confidence intervals from randomization tests, Biometrics 52.
 */
export function typicalInterval(
  groups: Totals,
  p = signFlipTest(groups.map(({ sum }) => sum)),
): Interval | null {
  if (groups.length < 2) return null;
  // The test looks at both sides: of the groups turned round it says the same.
  return [
    lowEnd(groups, p),
    0 -
      lowEnd(
        groups.map(({ sum, size }) => ({ sum: 0 - sum, size })),
        p,
      ),
  ];
}

type Totals = readonly Pick<GroupTotals, 'sum' | 'size'>[];

function lowEnd(groups: Totals, p: number): number {
  return Math.max(-1, groups.length <= mostListed ? listedEnd(groups) : approximateEnd(groups, p));
}

/** The smallest mean of halves that with all smaller ones, the empty half and the same on the other side makes up 5 %. */
function listedEnd(groups: Totals): number {
  const halves = 2 ** groups.length;
  const [sums, sizes] = [new Int32Array(halves), new Int32Array(halves)];
  const means = new Float64Array(halves).fill(-Infinity);
  for (const [g, { sum, size }] of groups.entries()) {
    const bit = 1 << g;
    for (let half = 0; half < bit; half++) {
      sums[half + bit] = sums[half]! + sum;
      sizes[half + bit] = sizes[half]! + size;
      means[half + bit] = sums[half + bit]! / sizes[half + bit]!;
    }
  }
  return means.sort()[Math.ceil((significanceLevel / 2) * halves) - 1]!;
}

/** Where the chance that grows with the difference reaches 5 %. */
function approximateEnd(groups: Totals, p: number): number {
  const images = groups.reduce((all, { size }) => all + size, 0);
  const mean = groups.reduce((all, { sum }) => all + sum, 0) / images;
  const kinds = kindsOf(groups);
  const chanceAt = (difference: number) =>
    Math.min(
      1,
      2 * rademacherTail(kinds.map(({ sum, size, count }) => ({ size: sum - difference * size, count }))),
    );
  const about = chanceAt(0);
  // Of chances too small for a number nothing can be said in proportion.
  const atZero = mean > 0 && p > 0 && about > 0 ? p / about : 1;
  let [low, high] = [-1, mean];
  while (high - low > 1e-6) {
    const middle = mean > 0 && low < 0 && high > 0 ? 0 : (low + high) / 2;
    if (atZero * chanceAt(middle) < significanceLevel) low = middle;
    else high = middle;
  }
  return high;
}

/** Groups alike, counted: of single images there are three kinds. */
function kindsOf(groups: Totals): { sum: number; size: number; count: number }[] {
  const kinds = new Map<string, { sum: number; size: number; count: number }>();
  for (const { sum, size } of groups) {
    const key = `${sum} ${size}`;
    const kind = kinds.get(key) ?? { sum, size, count: 0 };
    kind.count++;
    kinds.set(key, kind);
  }
  return [...kinds.values()];
}
