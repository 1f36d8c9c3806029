import { leastDistance, type Link } from '../verify/comparison.ts';

/** Copies differ at most so many times as much as those in their groups usually do, or as `leastDistance`. */
const usualFactor = 2;

/** Images of one photograph. */
export interface Group {
  readonly members: number[];
  /** Distances of members from each other, of pairs that were not chosen for being near. */
  readonly distances: number[];
  /** Distances from members of other groups, over all links that were tried: a lucky few must not decide. */
  readonly across: Map<Group, number[]>;
  confidence: number;
}

/** How far copies of one of two photographs may differ, by what their groups show so far. */
export function usualDistance(a: Group, b: Group): number {
  const usual = [a, b]
    .filter(({ distances }) => distances.length > 0)
    .map(({ distances }) => median(distances));
  return Math.max(leastDistance, usualFactor * Math.max(...usual, leastDistance / 2));
}

/**
 * How far two groups are from each other, halfway from a link between near members to what members usually are: copies that were
 * turned and stretched otherwise differ more than usual, but near ones do not; of two photographs even those do, but for a
 * lucky few.
 */
export function between({ distance }: Link, across: readonly number[]): number {
  return across.length === 0 ? distance : (distance + median(across)) / 2;
}

/** The distances between members of two groups, one list for both. */
export function acrossOf(a: Group, b: Group): number[] {
  const known = a.across.get(b);
  if (known) return known;
  const distances: number[] = [];
  a.across.set(b, distances);
  b.across.set(a, distances);
  return distances;
}

/** The middle value; of an even number the lower of the two. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[(values.length - 1) >> 1]!;
}
