import type { Random } from '@thaw/base';

export interface EnergyDistance {
  /**
   * Between 0 for the same distribution and 1 for two that do not mix at all; a little below 0 by chance. Null with fewer
   * than two groups on a side.
   */
  readonly distance: number | null;
  /** What 95 of 100 random divisions of the same groups into sides of the same sizes stay below; null as above. */
  readonly chance95: number | null;
  /** The share of random divisions that give as large a distance: the p of a permutation test. Null as above. */
  readonly p: number | null;
}

/**
 * The energy distance between two sets of groups as a share of its largest possible value, (2 E|X-Y| - E|X-X'| - E|Y-Y'|) / 2 E|X-Y|
 * (Székely and Rizzo 2013), without bias: X and X' are never of one group. `distances` holds the mean distance between the
 * samples of each pair of groups, [groups, groups]; every group counts the same. `sides` says which side each group is on
 * (0 or 1); the permutation test moves whole groups.
 */
export function energyDistance(
  distances: Float64Array,
  sides: readonly number[],
  { random, permutations = 499 }: { readonly random: Random; readonly permutations?: number },
): EnergyDistance {
  const ones = sides.filter((side) => side === 1).length;
  if (ones < 2 || sides.length - ones < 2) return { distance: null, chance95: null, p: null };
  const distance = inhomogeneity(distances, sides);
  const byChance = Array.from({ length: permutations }, () =>
    inhomogeneity(distances, random.shuffle(sides)),
  ).sort((a, b) => a - b);
  const asLarge = byChance.filter((other) => other >= distance).length;
  return {
    distance,
    chance95: byChance[Math.ceil(0.95 * permutations) - 1]!,
    p: (1 + asLarge) / (1 + permutations),
  };
}

function inhomogeneity(distances: Float64Array, sides: readonly number[]): number {
  const groups = sides.length;
  // Sums of distances by how many of the two groups are on side 1: within side 0, between, within side 1.
  const sums = [0, 0, 0];
  const pairs = [0, 0, 0];
  for (let i = 0; i < groups; i++) {
    for (let j = 0; j < i; j++) {
      const kind = sides[i]! + sides[j]!;
      sums[kind]! += distances[i * groups + j]!;
      pairs[kind]!++;
    }
  }
  const [withinZero, between, withinOne] = sums.map((sum, kind) => sum / pairs[kind]!) as [
    number,
    number,
    number,
  ];
  return between === 0 ? 0 : (2 * between - withinZero - withinOne) / (2 * between);
}
