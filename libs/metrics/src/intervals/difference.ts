import type { Interval } from './wilson.ts';

/** A measured value and its 95 % interval; null where it cannot be known. */
export interface Estimate {
  readonly value: number;
  readonly ci95: Interval | null;
}

/**
 * `a` minus `b`, two independent estimates, with the interval made from theirs (`combination`). Of two Wilson intervals this is
 * Newcombe's interval of the difference of two proportions. It stays inside [-1, 1] where both stay inside [0, 1]. Null where
 * either interval is.
 * Source: Newcombe (1998), Interval estimation for the difference between independent proportions, Statistics in
 * Medicine 17, method 10.
 */
export function difference(a: Estimate, b: Estimate): Estimate {
  return combination([
    { weight: 1, estimate: a },
    { weight: -1, estimate: b },
  ]);
}

/** An estimate and what it counts in a sum. */
export interface Term {
  readonly weight: number;
  readonly estimate: Estimate;
}

/**
 * The weighted sum of independent estimates, with the interval made from theirs: the distance to each end is the root of the
 * squared distances that add to it. Terms of weight 0 do not count. Null where an interval of the others is; 0 for no terms.
 * Source: Zou and Donner (2008), Construction of confidence limits about effect measures, Statistics in Medicine 27 (MOVER).
 */
export function combination(terms: readonly Term[]): Estimate {
  const counted = terms.filter(({ weight }) => weight !== 0);
  const value = counted.reduce((sum, { weight, estimate }) => sum + weight * estimate.value, 0);
  let [below, above] = [0, 0];
  for (const { weight, estimate } of counted) {
    if (!estimate.ci95) return { value, ci95: null };
    const ends = estimate.ci95.map((end) => weight * (end - estimate.value));
    below = Math.hypot(below, Math.min(...ends));
    above = Math.hypot(above, Math.max(...ends));
  }
  return { value, ci95: [value - below, value + above] };
}
