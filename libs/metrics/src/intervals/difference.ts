import type { Interval } from './wilson.ts';

/** A measured value and its 95 % interval; null where it cannot be known. */
export interface Estimate {
  readonly value: number;
  readonly ci95: Interval | null;
}

/**
 * `a` minus `b`, two independent estimates, with the interval made from theirs: the distance to each end is the root of
 * the squared distances that add to it. Of two Wilson intervals this is Newcombe's interval of the difference of two
 * proportions. It stays inside [-1, 1] where both stay inside [0, 1]. Null where either interval is.
 * Source: Newcombe (1998), Interval estimation for the difference between independent proportions, Statistics in
 * Medicine 17, method 10; in general, Zou and Donner (2008), Construction of confidence limits about effect measures,
 * Statistics in Medicine 27 (MOVER).
 */
export function difference(a: Estimate, b: Estimate): Estimate {
  const value = a.value - b.value;
  if (!a.ci95 || !b.ci95) return { value, ci95: null };
  return {
    value,
    ci95: [
      value - Math.hypot(a.value - a.ci95[0], b.ci95[1] - b.value),
      value + Math.hypot(a.ci95[1] - a.value, b.value - b.ci95[0]),
    ],
  };
}
